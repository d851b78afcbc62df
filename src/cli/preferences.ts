import {lstatSync, type Stats, statSync} from 'node:fs';
import {join} from 'node:path';
import {isSystemError} from '../store/fault.ts';
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

/**
 * Whether there is anything to read. What stands in the way of a store is for the store to refuse, and so is what hides
 * whether there is one: an account that went unread would be missing from a total without a word.
 */
export function isThere(directory: string, files: readonly string[]): boolean {
  const folder = look(() => statSync(directory));
  if (folder === undefined) return false;
  if (folder === 'hidden' || !folder.isDirectory()) return true;
  return files.some(file => look(() => lstatSync(join(directory, file))) !== undefined);
}

/** A home folder may be /dev/null, and below a file there is surely nothing. */
function look(see: () => Stats): Stats | 'hidden' | undefined {
  try {
    return see();
  } catch (error) {
    return isSystemError(error, 'ENOENT', 'ENOTDIR') ? undefined : 'hidden';
  }
}
