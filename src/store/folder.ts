import {mkdir, stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {type Document, type Format, openDocument} from './document.ts';
import {isSystemError, storeFault} from './fault.ts';
import {type Clock, type Lock, withLock} from './lock.ts';
import {loadConf} from './replace-file.ts';

export interface StoreOptions {
  /** As `storeDirectory` says; made when something is saved. */
  readonly directory: string;
  /** As Node spells it; the modes of files are looked at everywhere but on `win32`. */
  readonly platform: string;
  readonly clock: Clock;
  /** Is told once of everything a person should mend, such as a file that others may read. */
  warn(message: string): void;
}

/** The folder that all documents of the store are in; they share one lock. */
export interface Folder {
  document<T>(format: Format<T>): Document<T>;
  /** Runs `work` with the lock held. Throws StoreError if it is not to be had; makes the folder if there is none. */
  change<T>(work: (lock: Lock) => Promise<T>): Promise<T>;
}

/** Touches the disk only when asked for something. */
export function openFolder({directory, platform, clock, warn}: StoreOptions): Folder {
  const options = {platform, warn: once(warn)};
  return {
    document: format => openDocument(directory, format, options),
    async change(work) {
      await Promise.all([makeDirectory(directory), loadConf()]); // both before the lock, to hold it briefly
      return withLock(join(directory, 'store.lock'), clock, warn, work);
    },
  };
}

/** Changes one document: reads it within the lock, so that no other change is lost. Gives what stands there now. */
export async function changeDocument<T>(
  folder: Folder,
  document: Document<T>,
  edit: (content: T) => T,
): Promise<T> {
  edit(await document.read()); // a damaged file, or an edit that is refused, ends here, before anything is made
  return folder.change(async lock => {
    const content = edit(await document.read());
    await document.write(content, lock);
    return content;
  });
}

/**
 * Parents that are missing are made private too; a folder that exists keeps its mode. Each of them is tried twice at the
 * most: Node's own recursion never ends where a parent is there and takes nothing, as in /proc. Throws StoreError.
 */
export async function makeDirectory(directory: string): Promise<void> {
  try {
    await makeEach(directory);
  } catch (error) {
    throw storeFault(error, directory, 'written');
  }
}

async function makeEach(directory: string): Promise<void> {
  try {
    await makeOne(directory);
  } catch (error) {
    if (!isSystemError(error, 'ENOENT') || dirname(directory) === directory) throw error;
    await makeEach(dirname(directory));
    await makeOne(directory);
  }
}

/** What is there already is none of our business, whatever the system calls it: EEXIST, EPERM on a drive of Windows. */
async function makeOne(directory: string): Promise<void> {
  try {
    await mkdir(directory, {mode: 0o700});
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) throw error;
    const there = await stat(directory).catch(() => undefined);
    if (!there?.isDirectory()) throw error;
  }
}

function once(warn: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return message => {
    if (said.has(message)) return;
    said.add(message);
    warn(message);
  };
}
