import {lstat, open, unlink} from 'node:fs/promises';
import {StoreError} from '../core/errors.ts';
import {isSystemError, storeFault} from './fault.ts';

/** Waiting, as the caller provides it. */
export interface Clock {
  sleep(milliseconds: number): Promise<void>;
}

/** The right to change the store, held by one process at a time. */
export interface Lock {
  /** Throws StoreError if another process has taken the lock for abandoned. To be asked just before each change. */
  confirm(): Promise<void>;
}

const PAUSE_MS = 25;
/** A holder needs some ten milliseconds. One that keeps the lock this long was killed, or will find the lock lost. */
const STALE_MS = 10_000;
const PATIENCE_MS = 60_000;

/**
 * Runs `work` while holding the lock file, which is created exclusively and removed afterwards.
 *
 * Age is the time that this process itself has waited for one and the same lock file: clocks of other machines, and
 * USAGE_NOW, have no say in it. Throws StoreError if the lock cannot be made or is not to be had.
 * @param warn is told when a lock was removed that another run left behind.
 */
export async function withLock<T>(
  path: string,
  clock: Clock,
  warn: (message: string) => void,
  work: (lock: Lock) => Promise<T>,
): Promise<T> {
  const own = await acquire(path, clock, warn);
  const confirm = async () => {
    if ((await identity(path)) === own) return;
    throw new StoreError(`another process took over ${path}; nothing was changed`, {hint: 'try again'});
  };
  try {
    return await work({confirm});
  } finally {
    // If this fails the lock goes stale, and the outcome of the work still counts.
    if ((await identity(path).catch(() => undefined)) === own) await unlink(path).catch(() => undefined);
  }
}

async function acquire(path: string, clock: Clock, warn: (message: string) => void): Promise<string> {
  let seen: string | undefined;
  let unchanged = 0;
  for (let waited = 0; waited < PATIENCE_MS; waited += PAUSE_MS) {
    const own = (await create(path)) ? await identity(path) : undefined;
    if (own !== undefined) return own;
    const current = await identity(path);
    unchanged = current === seen ? unchanged + PAUSE_MS : 0;
    seen = current;
    if (current !== undefined && unchanged >= STALE_MS && (await breakLock(path, current))) {
      warn(`removed ${path}, which a run that was stopped had left`);
      continue;
    }
    await clock.sleep(PAUSE_MS);
  }
  throw new StoreError(`${path} is held by another usage for too long; nothing was changed`, {
    hint: 'if no other usage is running, delete that file and try again',
  });
}

/** Whether the file did not exist and does now. */
async function create(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false;
    throw storeFault(error, path, 'written');
  }
}

/** Tells one lock file from the next of the same name; undefined if there is none. */
async function identity(path: string): Promise<string | undefined> {
  try {
    const {ino, mtimeNs} = await lstat(path, {bigint: true});
    return `${ino}-${mtimeNs}`;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw storeFault(error, path, 'read');
  }
}

/**
 * Removes a lock file that is stale, and no other. Of several processes that wait, one gets the claim named after
 * that very file; a second one would otherwise remove the lock that the first has made since.
 * @returns whether it was removed
 */
export async function breakLock(path: string, stale: string): Promise<boolean> {
  const claim = `${path}.${stale}`;
  if (!(await create(claim))) return false;
  try {
    if ((await identity(path)) !== stale) return false;
    await unlink(path);
    return true;
  } catch (error) {
    throw storeFault(error, path, 'written');
  } finally {
    await unlink(claim).catch(() => undefined); // a claim left behind does no harm: its lock is gone
  }
}
