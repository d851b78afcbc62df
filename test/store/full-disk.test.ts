import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {StoreError} from '../../src/core/errors.ts';
import {replaceFile} from '../../src/store/replace-file.ts';
import {bundleStore, startChild} from './bundle.ts';
import {account, tempStore} from './temp-store.ts';

/** A store whose secrets are longer than the child may write, while its settings are short. */
async function longStore() {
  const made = await tempStore();
  await made.store.save(account('work', {secret: 'x'.repeat(3000), settings: {organization: 'old'}}));
  const read = async () => [
    await readFile(made.store.path, 'utf8'),
    JSON.parse(await readFile(made.store.settingsPath, 'utf8')),
  ];
  return {...made, read};
}

describe.each([
  ['nothing', 0, 'there is no space left'],
  ['a part', 4, 'only a part of it was taken'],
])('when the disk takes %s', (_, blocks, message) => {
  it('the save fails, and both files hold what they held', async () => {
    const {directory, read} = await longStore();
    const before = await read();
    const job = {do: 'save', names: ['more'], settings: {organization: 'new'}} as const;
    const {stdout, exitCode} = await startChild(await bundleStore(), directory, job, {blocks});
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'StoreError',
      code: 'store',
      message: expect.stringContaining(message),
    });
    expect(exitCode).toBe(3);
    expect(await read()).toEqual(before);
    expect(await readdir(directory)).toEqual(['config.json', 'credentials.json']);
  });
});

describe('replaceFile', () => {
  it('changes nothing if the lock was lost meanwhile', async () => {
    const {store, directory} = await tempStore();
    await store.save(account('work'));
    const before = await readFile(store.path, 'utf8');
    const lost = {confirm: () => Promise.reject(new StoreError('lost'))};
    await expect(replaceFile(store.path, {version: 1}, lost)).rejects.toThrow('lost');
    expect(await readFile(store.path, 'utf8')).toBe(before);
    expect(await readdir(directory)).toEqual(['credentials.json']);
  });

  it('refuses what would be too long to be read again', async () => {
    const {store, directory} = await tempStore();
    await store.save(account('work'));
    const held = {confirm: () => Promise.resolve()};
    await expect(replaceFile(store.path, {long: 'é'.repeat(600_000)}, held)).rejects.toThrow(
      'would be longer than',
    );
    expect(await store.list()).toEqual([account('work')]);
    expect(await readdir(directory)).toEqual(['credentials.json']);
  });

  it('does not hide a bug as a fault of the disk', async () => {
    const {store, directory} = await tempStore();
    await store.save(account('work'));
    const buggy = {confirm: () => Promise.reject(new TypeError('a bug'))};
    await expect(replaceFile(join(directory, 'other.json'), {version: 1}, buggy)).rejects.toThrow(TypeError);
  });
});
