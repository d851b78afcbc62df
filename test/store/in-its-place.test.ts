import {execFile} from 'node:child_process';
import {lstat, mkdir, readdir, readFile, symlink, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, it} from 'vitest';
import {StoreError} from '../../src/core/errors.ts';
import {openStore} from '../../src/store/open.ts';
import {account, quickClock, tempDirectory, tempStore} from './temp-store.ts';

async function expectAllRefused(store: ReturnType<typeof openStore>, message: string) {
  for (const attempt of [() => store.list(), () => store.remove('work'), () => store.save(account('work'))]) {
    const error: unknown = await attempt().catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toHaveProperty('message', expect.stringContaining(message));
    expect(error).toHaveProperty('advice.hint', expect.stringMatching(/USAGE_CONFIG_DIR/));
  }
}

describe.each(['credentials.json', 'config.json'])('in the place of %s', name => {
  async function folder() {
    const {store, directory} = await tempStore();
    await mkdir(directory, {recursive: true, mode: 0o700});
    return {store, path: join(directory, name), directory};
  }

  it('a folder is refused', async () => {
    const {store, path} = await folder();
    await mkdir(path);
    if (name === 'config.json') await writeSound(store.path);
    await expectAllRefused(store, `${path} is a folder`);
  });

  it('a symbolic link is not followed, wherever it leads', async () => {
    const {store, path, directory} = await folder();
    if (name === 'config.json') await writeSound(store.path);
    const target = join(dirname(directory), 'target.json');
    await writeFile(target, '{"version": 1, "accounts": {}}');
    await symlink(target, path);
    await expectAllRefused(store, `${path} is a symbolic link`);
    expect(await readFile(target, 'utf8')).toBe('{"version": 1, "accounts": {}}');
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
  });

  it('a link that leads nowhere is refused too', async () => {
    const {store, path} = await folder();
    if (name === 'config.json') await writeSound(store.path);
    await symlink('/nowhere/at/all', path);
    await expectAllRefused(store, `${path} is a symbolic link`);
  });

  it('a pipe is refused rather than waited for', async () => {
    const {store, path} = await folder();
    if (name === 'config.json') await writeSound(store.path);
    await promisify(execFile)('mkfifo', [path]);
    await expectAllRefused(store, `${path} is no regular file`);
  });
});

const writeSound = (path: string) =>
  writeFile(
    path,
    '{"version": 1, "accounts": {"work": {"provider": "acme", "secret": "x", "addedAt": "2026-11-22T09:00:00Z"}}}',
    {mode: 0o600},
  );

describe('a folder that cannot be', () => {
  it('because a file is above it', async () => {
    const base = await tempDirectory();
    await writeFile(join(base, 'file'), 'mine');
    const options = {platform: 'linux', clock: quickClock(), warn: () => {}};
    const below = openStore({directory: join(base, 'file', 'usage-cli'), ...options});
    await expectAllRefused(below, 'a file is where a folder should be');
    const instead = openStore({directory: join(base, 'file'), ...options});
    await expectAllRefused(instead, 'a file is where a folder should be');
    expect(await readFile(join(base, 'file'), 'utf8')).toBe('mine');
  });

  it('because its name is too long', async () => {
    const directory = join(await tempDirectory(), 'x'.repeat(300));
    const store = openStore({directory, platform: 'linux', clock: quickClock(), warn: () => {}});
    await expectAllRefused(store, 'the system says ENAMETOOLONG');
  });

  it.runIf(process.platform === 'linux')('because nothing may be made there', async () => {
    // Not even root can make a folder in /sys.
    const store = openStore({
      directory: '/sys/usage-cli',
      platform: 'linux',
      clock: quickClock(),
      warn: () => {},
    });
    expect(await store.list()).toEqual([]);
    const error: unknown = await store.save(account('work')).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toHaveProperty('message', expect.stringContaining('/sys/usage-cli cannot be written'));
  });
});

it('a folder where the new file is to be made is named, and stays', async () => {
  const {store, directory} = await tempStore();
  await mkdir(join(directory, 'credentials.json.new', 'mine'), {recursive: true, mode: 0o700});
  await expect(store.save(account('work'))).rejects.toThrow(/credentials\.json\.new cannot be written/);
  expect(await readdir(directory)).toEqual(['credentials.json.new']);
  expect(await readdir(join(directory, 'credentials.json.new'))).toEqual(['mine']);
});
