import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {PreferenceStore} from '../store/open-preferences.ts';
import type {Preferences} from '../store/settings.ts';
import type {Context} from './context.ts';
import {storeDirectoryOf} from './store-directory.ts';

type Warn = (message: string) => void;

/** What the store needs to know of the world. */
export const storeOptions = (context: Context, warn: Warn) => ({
  directory: storeDirectoryOf(context),
  platform: context.platform,
  clock: {sleep: (milliseconds: number) => context.clock.sleep(milliseconds, context.signal)},
  warn,
});

/** config.json, to change it. Who only reads asks `loadPreferences`. */
export async function openSettings(context: Context, warn: Warn): Promise<PreferenceStore> {
  const {openPreferences} = await import('../store/open-preferences.ts');
  return openPreferences(storeOptions(context, warn));
}

/**
 * Defaults, rates and settings of accounts as config.json has them; empty, and nothing loaded, if there is no such
 * file. Throws StoreError if it is unsound.
 */
export async function loadPreferences(context: Context, warn: Warn): Promise<Preferences> {
  if (!isThere(storeDirectoryOf(context), ['config.json']))
    return {accounts: new Map(), defaults: {}, rates: new Map()};
  return (await openSettings(context, warn)).read();
}

/** Whether there is anything to read; what stands in the way of a store is for the store to refuse. */
export function isThere(directory: string, files: readonly string[]): boolean {
  if (statSync(directory, {throwIfNoEntry: false})?.isDirectory() === false) return true;
  return files.some(file => existsSync(join(directory, file)));
}
