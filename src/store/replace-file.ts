import {chown, lstat, readFile, rename, unlink} from 'node:fs/promises';
import {basename, dirname} from 'node:path';
import {StoreError} from '../core/errors.ts';
import {isSystemError, storeFault} from './fault.ts';
import type {Lock} from './lock.ts';
import {MAX_BYTES} from './read-private.ts';

/** Loaded by the first write: it takes longer to load than a whole report that only reads. */
export const loadConf = async () => (await import('conf')).default;

/**
 * Puts an object in the place of a JSON file, whole or not at all, readable by its owner only. conf writes the text to
 * a file beside it; that one is read back before it takes the place, because a disk that is nearly full takes part of
 * a text without an error. Throws StoreError, and then the old file is as it was.
 */
export async function replaceFile(path: string, content: object, lock: Lock): Promise<void> {
  const text = `${JSON.stringify(content, undefined, 2)}\n`;
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new StoreError(`${path} would be longer than ${MAX_BYTES} bytes; it was left as it is`, {
      hint: 'remove accounts that are not needed: usage auth logout',
    });
  }
  const fresh = `${path}.new`;
  try {
    await removeFresh(fresh); // what a run that was killed has left; conf would try to read it
    await writeFresh(fresh, content, text);
    if ((await readFile(fresh, 'utf8')) !== text) throw partly(path);
    await keepOwner(path, fresh);
    await lock.confirm();
    await rename(fresh, path);
  } catch (error) {
    await removeFresh(fresh).catch(() => undefined); // the failure before is the one to report
    throw storeFault(error, path, 'written');
  }
}

async function writeFresh(fresh: string, content: object, text: string): Promise<void> {
  const Conf = await loadConf();
  const conf = new Conf<object>({
    cwd: dirname(fresh),
    projectName: 'usage-cli',
    configName: basename(fresh, '.new'),
    fileExtension: 'new',
    configFileMode: 0o600,
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    serialize: () => text,
  });
  conf.store = content;
}

async function removeFresh(fresh: string): Promise<void> {
  try {
    await ifThere(unlink(fresh));
  } catch (error) {
    throw storeFault(error, fresh, 'written');
  }
}

/** The administrator who logs in for a user must not take the user's own file away. */
async function keepOwner(path: string, fresh: string): Promise<void> {
  const [old, made] = await Promise.all([ifThere(lstat(path)), lstat(fresh)]);
  if (!old || (old.uid === made.uid && old.gid === made.gid)) return;
  try {
    await chown(fresh, old.uid, old.gid);
  } catch (error) {
    // A group that I am not in cannot be given, and need not: it has no rights in this file.
    if (old.uid !== made.uid || !isSystemError(error, 'EPERM')) throw error;
  }
}

async function ifThere<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

const partly = (path: string): StoreError =>
  new StoreError(
    `${path} cannot be written: only a part of it was taken; what was stored before is unchanged`,
    {
      hint: 'the disk may be full: free some space and try again',
    },
  );
