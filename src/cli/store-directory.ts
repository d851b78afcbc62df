import {homedir} from 'node:os';
import {storeDirectory} from '../store/location.ts';
import type {Context} from './context.ts';

/** Where the store is, or would be. */
export const storeDirectoryOf = ({env, platform}: Pick<Context, 'env' | 'platform'>): string =>
  storeDirectory(env, homedir(), platform);
