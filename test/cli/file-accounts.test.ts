import {readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {temporary, usage} from '../support/context.ts';

const HEAD = 'BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ServiceName,ProviderName';

let directory: string;
let file: string;
beforeEach(async () => {
  const folder = await temporary();
  directory = join(folder, 'config');
  file = join(folder, 'bill.csv');
  await writeFile(file, `${HEAD}\n1.5,USD,2026-11-20T00:00:00Z,2026-11-21T00:00:00Z,Compute,Acme\n`);
  expect((await usage(['focus', 'import', file, '--name', 'acme', '--quiet'], {directory})).code).toBe(0);
});
const run = (...words: string[]) =>
  usage(words, {directory, env: {PATH: process.env.PATH, EDITOR: "sed -i 's/acme/acme2/'"}});

describe('an account that is a FOCUS file', () => {
  it('is listed, renamed and removed like any other', async () => {
    expect((await run('accounts', 'list')).stdout).toContain(`acme     focus     a file  ${file}\n`);
    const [listed] = JSON.parse((await run('accounts', 'list', '--json')).stdout).accounts;
    expect(listed).toMatchObject({account: 'acme', base_url: null, settings: {source: file}});
    expect((await run('config', 'set', 'account', 'acme')).code).toBe(0);
    expect((await run('accounts', 'rename', 'acme', 'cloud')).code).toBe(0);
    expect((await run('config', 'get', 'account')).stdout).toBe('cloud\n');
    expect((await run('accounts', 'remove', 'cloud')).code).toBe(0);
    expect(JSON.parse(await readFile(join(directory, 'config.json'), 'utf8'))).toEqual({
      version: 1,
      accounts: {},
    });
  });

  it('has no key to be told of, and stays when settings are edited', async () => {
    expect((await run('auth', 'status', '--offline')).stdout).not.toContain('acme');
    expect((await run('config', 'edit')).code).toBe(0);
    expect((await run('accounts', 'list')).stdout).toContain('acme2');
  });

  it('is looked at by doctor', async () => {
    const well = await run('doctor', '--json');
    expect(well.code).toBe(0);
    expect(JSON.parse(well.stdout).accounts).toMatchObject([
      {account: 'acme', findings: [{check: 'reach', state: 'ok'}]},
    ]);
    await rm(file);
    const gone = await run('doctor', '--json');
    expect(gone.code).toBe(5);
    expect(JSON.parse(gone.stdout).accounts[0].findings).toMatchObject([{check: 'reach', state: 'error'}]);
  });
});
