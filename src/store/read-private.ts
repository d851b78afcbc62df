import {constants, type Stats} from 'node:fs';
import {lstat, open, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {StoreError} from '../core/errors.ts';
import {isSystemError, storeFault} from './fault.ts';

/** Far more than any store has; more is another file in its place. */
export const MAX_BYTES = 1024 * 1024;

const OTHERS = 0o077;

/** What to do about a file that cannot be read as it should. */
export const REMEDY = 'mend it by hand, or move it away and log in again: usage auth login';

/**
 * Text of a file that should be its owner's alone, or undefined if there is none. Throws StoreError for what is no
 * regular file (a link is not followed), is too long, is no UTF-8, or cannot be read.
 * @param options.remedy what to do about it, where that is not to log in again
 * @param options.warn is told, with the remedy, if the file or its folder lets others in (not on Windows).
 */
export async function readPrivate(
  path: string,
  options: {
    readonly platform: string;
    readonly remedy?: string | undefined;
    warn(message: string): void;
  },
): Promise<string | undefined> {
  const {remedy} = options;
  try {
    checkKind(await lstat(path), path, remedy);
    const {bytes, stats} = await readBytes(path, remedy);
    if (options.platform !== 'win32') {
      if (stats.mode & OTHERS) options.warn(lax(path, '600'));
      if ((await stat(dirname(path))).mode & OTHERS) options.warn(lax(dirname(path), '700'));
    }
    return decodeUtf8(bytes, path, remedy);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw storeFault(error, path, 'read');
  }
}

async function readBytes(
  path: string,
  remedy: string | undefined,
): Promise<{bytes: Uint8Array; stats: Stats}> {
  // The flags hold for what may have been put there since lstat: no link is followed, no pipe waited for.
  // Where a platform lacks one it is undefined, which counts as 0 here.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    checkKind(stats, path, remedy);
    return {bytes: await handle.readFile(), stats};
  } finally {
    await handle.close();
  }
}

function checkKind(stats: Stats, path: string, remedy: string | undefined): void {
  const again = remedy === undefined ? ' and log in again (usage auth login)' : '';
  const hint = `move it away${again}, or let USAGE_CONFIG_DIR name another folder`;
  const refuse = (is: string) =>
    new StoreError(`${path} ${is}; it was left as it is`, {rule: 'it must be a regular file', hint});
  if (stats.isSymbolicLink()) throw refuse('is a symbolic link');
  if (stats.isDirectory()) throw refuse('is a folder');
  if (!stats.isFile()) throw refuse('is no regular file');
  if (stats.size > MAX_BYTES) throw refuse(`is longer than ${MAX_BYTES} bytes`);
}

function decodeUtf8(bytes: Uint8Array, path: string, remedy = REMEDY): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch {
    throw new StoreError(`${path} is no UTF-8 text; it was left as it is`, {
      hint: remedy,
    });
  }
}

const lax = (path: string, mode: string): string =>
  `${path} is open to other users of this machine; close it with: chmod ${mode} ${shellWord(path)}`;

/** A path as a POSIX shell takes it for one word. */
export const shellWord = (path: string): string =>
  /^[\w./@%+=:-]+$/.test(path) && !path.startsWith('-') ? path : `'${path.replaceAll("'", `'\\''`)}'`;
