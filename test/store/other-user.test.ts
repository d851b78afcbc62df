import {chmod, chown, mkdir, stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {bundleStore, startChild} from './bundle.ts';
import {account, tempStore} from './temp-store.ts';

const NOBODY = 65_534;

/** A store of somebody who is not root, with an account in it. */
async function ownStore() {
  const {store, directory} = await tempStore();
  await mkdir(directory, {recursive: true, mode: 0o700});
  await store.save(account('work'));
  await chmod(dirname(dirname(directory)), 0o755);
  for (const path of [dirname(directory), directory, store.path]) await chown(path, NOBODY, NOBODY);
  return {store, directory, bundle: await bundleStore()};
}

describe.runIf(process.getuid?.() === 0)('somebody who is not root', () => {
  it('changes a file of a group that they are not in', async () => {
    const {store, directory, bundle} = await ownStore();
    await chown(store.path, NOBODY, 1_234);
    const saved = await startChild(bundle, directory, {do: 'save', names: ['home']}, {user: NOBODY});
    expect([saved.stdout, saved.stderr, saved.exitCode]).toEqual(['"home"', '', 0]);
    expect(await stat(store.path)).toMatchObject({uid: NOBODY, gid: NOBODY});
    expect((await store.list()).map(({name}) => name)).toEqual(['home', 'work']);
  });

  it('is told that a folder without rights cannot be read', async () => {
    const {directory, bundle} = await ownStore();
    await chmod(directory, 0);
    const {stdout, exitCode} = await startChild(bundle, directory, {do: 'list'}, {user: NOBODY});
    expect(exitCode).toBe(3);
    expect(JSON.parse(String(stdout)).message).toBe(
      `${join(directory, 'credentials.json')} cannot be read: access is denied`,
    );
  });
});
