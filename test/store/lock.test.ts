import {mkdir, readdir, stat, unlink, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {describe, expect, it} from 'vitest';
import {StoreError} from '../../src/core/errors.ts';
import {breakLock, withLock} from '../../src/store/lock.ts';
import {account, quickClock, tempDirectory, tempStore} from './temp-store.ts';

const lockPath = async () => join(await tempDirectory(), 'store.lock');
const silent = () => {};

describe('withLock', () => {
  it('lets one in at a time, and leaves nothing behind', async () => {
    const path = await lockPath();
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await setImmediate();
      inside--;
    };
    await Promise.all(Array.from({length: 20}, () => withLock(path, quickClock(), silent, work)));
    expect(most).toBe(1);
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  it('gives the result of the work, or its failure, and is free again', async () => {
    const path = await lockPath();
    expect(await withLock(path, quickClock(), silent, async () => 7)).toBe(7);
    const failing = withLock(path, quickClock(), silent, () => Promise.reject(new Error('work failed')));
    await expect(failing).rejects.toThrow('work failed');
    expect(await withLock(path, quickClock(), silent, async () => 8)).toBe(8);
  });

  it('waits ten seconds for a lock that was left behind, however old it looks, then says that it removed it', async () => {
    const {store, warnings, clock, lock, directory} = await tempStore();
    await mkdir(directory, {mode: 0o700, recursive: true});
    await writeFile(lock, '');
    await utimes(lock, 0, 0);
    await store.save(account('work'));
    expect(clock.slept).toBe(10_000);
    expect(warnings).toEqual([expect.stringContaining(`removed ${lock}`)]);
    expect(await readdir(directory)).toEqual(['credentials.json']);
  });

  it('lets one in at a time also when many find the same stale lock', async () => {
    const path = await lockPath();
    await writeFile(path, '');
    let inside = 0;
    let most = 0;
    const removals: string[] = [];
    const work = async () => {
      most = Math.max(most, ++inside);
      await setImmediate();
      inside--;
    };
    const runs = Array.from({length: 10}, () =>
      withLock(path, quickClock(), said => removals.push(said), work),
    );
    await Promise.all(runs);
    expect(most).toBe(1);
    expect(removals).toHaveLength(1);
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  it('does not take a lock for stale that changes hands, and gives up after a minute', async () => {
    const path = await lockPath();
    await writeFile(path, '');
    const clock = quickClock();
    let worked = false;
    const busy = {
      async sleep(milliseconds: number) {
        await clock.sleep(milliseconds);
        if (clock.slept % 5000 === 0) await utimes(path, 1, clock.slept); // as if it were another file
      },
    };
    const waiting = withLock(path, busy, silent, async () => {
      worked = true;
    });
    await expect(waiting).rejects.toThrow(StoreError);
    expect([clock.slept, worked]).toEqual([60_000, false]);
    expect((await stat(path)).isFile()).toBe(true);
  });

  it('tells a holder that it lost the lock, and leaves the lock to the other', async () => {
    const path = await lockPath();
    const slow = withLock(path, quickClock(), silent, async first => {
      await first.confirm();
      await withLock(path, quickClock(), silent, async second => {
        await second.confirm();
        await expect(first.confirm()).rejects.toThrow(StoreError);
      });
      await writeFile(path, ''); // a third one holds it now
      await utimes(path, 1, 1);
      await first.confirm();
    });
    await expect(slow).rejects.toThrow(/another process took over/);
    expect((await stat(path)).isFile()).toBe(true);
  });

  it('tells a holder whose lock somebody deleted', async () => {
    const path = await lockPath();
    const work = withLock(path, quickClock(), silent, async lock => {
      await unlink(path);
      await lock.confirm();
    });
    await expect(work).rejects.toThrow(StoreError);
  });

  it('removes only the lock that was found stale, not the one that came after it', async () => {
    const path = await lockPath();
    await writeFile(path, '');
    const {ino, mtimeNs} = await stat(path, {bigint: true});
    expect(await breakLock(path, `${ino}-${mtimeNs - 1n}`)).toBe(false);
    expect(await readdir(join(path, '..'))).toEqual(['store.lock']);
    expect(await breakLock(path, `${ino}-${mtimeNs}`)).toBe(true);
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  it('leaves a stale lock alone that another process is about to remove', async () => {
    const path = await lockPath();
    await writeFile(path, '');
    const {ino, mtimeNs} = await stat(path, {bigint: true});
    await writeFile(`${path}.${ino}-${mtimeNs}`, '');
    await expect(withLock(path, quickClock(), silent, async () => {})).rejects.toThrow(
      /held by another usage/,
    );
    expect(await readdir(join(path, '..'))).toHaveLength(2);
  });

  it('fails with a StoreError where no lock can be made, or a folder is in its place', async () => {
    const path = await lockPath();
    const below = withLock(join(path, 'missing', 'lock'), quickClock(), silent, async () => {});
    await expect(below).rejects.toThrow(StoreError);
    await mkdir(path);
    await expect(withLock(path, quickClock(), silent, async () => {})).rejects.toThrow(StoreError);
    expect(await readdir(join(path, '..'))).toEqual(['store.lock']);
  });
});
