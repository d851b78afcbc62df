import {stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {storeFault} from './fault.ts';

const WRITERS = 0o022;
const STICKY = 0o1000;

/**
 * The first of a file and its folder that others may write to, with the mode that closes it; undefined if there is
 * none, and on Windows. Throws StoreError if they cannot be looked at.
 */
export async function openToWriters(
  path: string,
  platform: string,
): Promise<{readonly path: string; readonly mode: string} | undefined> {
  if (platform === 'win32') return undefined;
  try {
    if ((await stat(path)).mode & WRITERS) return {path, mode: '600'};
    const {mode} = await stat(dirname(path));
    // In a sticky folder, such as /tmp, nobody replaces the files of others.
    return mode & WRITERS && !(mode & STICKY) ? {path: dirname(path), mode: '700'} : undefined;
  } catch (error) {
    throw storeFault(error, path, 'read');
  }
}
