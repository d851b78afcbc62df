import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {temporary, usage} from '../support/context.ts';
import {ALL, startProviders} from '../support/providers.ts';

let directory: string;
beforeEach(async () => {
  directory = join(await temporary(), 'config');
});

/** As a folder without the right to look into it, but for root, too: what is there cannot be told. */
const hide = () => symlink(directory, directory);

describe('a store that cannot be looked into is no empty one', () => {
  it.each([
    'costs --csv',
    'costs',
    'report',
    'projects',
    '',
    'accounts list',
    'auth status',
    'config list',
    'budget list',
    'budget check',
  ])('usage %s ends with 3, and asks nobody', async line => {
    await hide();
    const {env, paths} = await startProviders({miosa: ALL.miosa});
    const {code, stdout, stderr} = await usage(line, {env, directory});
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^error: .*cannot be read: /);
    expect(paths('miosa')).toEqual([]);
  });

  it('doctor finds an error, and does not say that nothing is stored', async () => {
    await hide();
    const {code, stdout} = await usage('doctor', {directory});
    expect(code).toBe(3);
    expect(stdout).toMatch(/ERROR +store .*cannot be read/);
    expect(stdout).not.toMatch(/nothing is stored|no account is set up/);
  });

  it('a file that is a link to nothing is refused too: what it led to may be on a disk that is away', async () => {
    await mkdir(directory);
    await symlink('/nowhere/credentials.json', join(directory, 'credentials.json'));
    expect((await usage('accounts list', {directory})).code).toBe(3);
  });

  it('below a file, as with /dev/null for a home, there is surely nothing', async () => {
    await writeFile(directory, '');
    const below = join(directory, 'config');
    const {env} = await startProviders({miosa: ALL.miosa});
    expect((await usage('costs', {env, directory: below})).code).toBe(0);
  });
});

it('a folder that cannot be made is told, and not tried for ever', async () => {
  if (process.platform !== 'linux') return;
  const {code, stderr} = await usage('config set period 7d', {directory: '/proc/nope'});
  expect(code).toBe(3);
  expect(stderr).toMatch(/^error: \/proc\/nope cannot be written/);
});
