import type {Stats} from 'node:fs';
import {stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {isSystemError, storeFault} from './fault.ts';
import {shellWord} from './read-private.ts';

const OTHERS = 0o077;
const WRITERS = 0o022;
const STICKY = 0o1000;

/** Something that others of this machine may do, and the command that ends it. */
export interface Open {
  readonly path: string;
  /** Whether they may write there, which is worse than reading. */
  readonly writable: boolean;
  readonly fix: string;
}

/** What others may do to a file: undefined if nothing, if there is no such file, and on Windows. Throws StoreError. */
export async function opennessOf(path: string, platform: string): Promise<Open | undefined> {
  const stats = platform === 'win32' ? undefined : await look(path);
  if (!stats || (stats.mode & OTHERS) === 0) return undefined;
  const mode = stats.isDirectory() ? '700' : '600';
  // In a sticky folder, such as /tmp, nobody replaces the files of others.
  const writable = (stats.mode & WRITERS) !== 0 && !(stats.isDirectory() && stats.mode & STICKY);
  return {path, writable, fix: `chmod ${mode} ${shellWord(path)}`};
}

/** The first of a file and its folder that others may write to. Throws StoreError if they cannot be looked at. */
export async function openToWriters(path: string, platform: string): Promise<Open | undefined> {
  for (const place of [path, dirname(path)]) {
    const open = await opennessOf(place, platform);
    if (open?.writable) return open;
  }
  return undefined;
}

async function look(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw storeFault(error, path, 'read');
  }
}
