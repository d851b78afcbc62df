import {chmod, chown, mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {account, MARKER, tempStore} from './temp-store.ts';

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('a store that nobody has written yet', () => {
  it('is empty, and looking creates nothing', async () => {
    const {store, directory, warnings} = await tempStore();
    expect(await store.list()).toEqual([]);
    expect(await store.remove('work')).toBe(false);
    await expect(stat(dirname(directory))).rejects.toThrow('ENOENT');
    expect(warnings).toEqual([]);
  });
});

describe('saving', () => {
  it('keeps secrets and settings in files of their own, open to the owner only', async () => {
    const {store, directory, warnings} = await tempStore();
    await store.save(account('work', {settings: {organization: 'org-1'}}));
    expect(await readdir(directory)).toEqual(['config.json', 'credentials.json']);
    expect(JSON.parse(await readFile(store.path, 'utf8'))).toEqual({
      version: 1,
      accounts: {work: {provider: 'acme', secret: MARKER, addedAt: '2026-11-18T11:06:40.123Z'}},
    });
    const published = await readFile(store.settingsPath, 'utf8');
    expect(JSON.parse(published)).toEqual({
      version: 1,
      accounts: {work: {settings: {organization: 'org-1'}}},
    });
    expect(published).not.toContain(MARKER);
    expect([await mode(directory), await mode(store.path), await mode(store.settingsPath)]).toEqual([
      '700',
      '600',
      '600',
    ]);
    expect(warnings).toEqual([]);
  });

  it('makes missing parents private too', async () => {
    const {store, directory} = await tempStore();
    await store.save(account('work'));
    expect(await mode(dirname(directory))).toBe('700');
  });

  it('writes no settings file before there are settings', async () => {
    const {store, directory} = await tempStore();
    await store.save(account('work'));
    expect(await readdir(directory)).toEqual(['credentials.json']);
  });

  it('replaces the account of that name and no other, settings included', async () => {
    const {store} = await tempStore();
    await store.save(account('home', {settings: {organization: 'org-home'}}));
    await store.save(account('work', {settings: {organization: 'org-1', tenant: 't'}}));
    await store.save(account('work', {secret: 'another', settings: {}}));
    expect(await store.list()).toEqual([
      account('home', {settings: {organization: 'org-home'}}),
      account('work', {secret: 'another'}),
    ]);
    expect(await readFile(store.settingsPath, 'utf8')).not.toContain('org-1');
  });

  it('takes the place of what a killed run has left', async () => {
    const {store, directory} = await tempStore();
    await mkdir(directory, {recursive: true});
    await writeFile(join(directory, 'credentials.json.new'), '{"cut', {mode: 0o644});
    await store.save(account('work'));
    expect(await readdir(directory)).toEqual(['credentials.json']);
    expect(await mode(store.path)).toBe('600');
  });

  it.runIf(process.getuid?.() === 0)('leaves the file to its owner', async () => {
    const {store} = await tempStore();
    await store.save(account('work'));
    await chown(store.path, 1234, 1235);
    await store.save(account('home'));
    expect(await stat(store.path)).toMatchObject({uid: 1234, gid: 1235});
    expect(await mode(store.path)).toBe('600');
  });
});

describe('removing', () => {
  it('takes secret and settings away, and says whether there was one', async () => {
    const {store} = await tempStore();
    await store.save(account('work', {secret: 'the-secret-of-work', settings: {organization: 'org-1'}}));
    await store.save(account('home'));
    expect(await store.remove('work')).toBe(true);
    expect(await store.remove('work')).toBe(false);
    expect(await store.remove('constructor')).toBe(false);
    expect(await store.list()).toEqual([account('home')]);
    expect(await readFile(store.settingsPath, 'utf8')).not.toContain('org-1');
    expect(await readFile(store.path, 'utf8')).not.toContain('the-secret-of-work');
  });
});

describe('files that others may read', () => {
  it('are read, with one warning each that says how to close them', async () => {
    const {store, directory, warnings} = await tempStore();
    await store.save(account('work'));
    await chmod(store.path, 0o640);
    await chmod(directory, 0o755);
    expect(await store.list()).toEqual([account('work')]);
    await store.list();
    // The path has a space in it.
    expect(warnings).toEqual([
      expect.stringContaining(`chmod 600 '${store.path}'`),
      expect.stringContaining(`chmod 700 '${directory}'`),
    ]);
  });

  it('are closed by the next save, while the folder keeps its mode', async () => {
    const {store, directory} = await tempStore();
    await store.save(account('work'));
    await chmod(store.path, 0o666);
    await chmod(directory, 0o755);
    await store.save(account('home'));
    expect([await mode(store.path), await mode(directory)]).toEqual(['600', '755']);
  });

  it('are not judged by POSIX modes on Windows', async () => {
    const {store, warnings} = await tempStore('win32');
    await store.save(account('work'));
    await chmod(store.path, 0o666);
    expect(await store.list()).toEqual([account('work')]);
    expect(warnings).toEqual([]);
  });
});
