import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {answered, temporary, usage} from '../support/context.ts';
import {ALL, SECRETS, startProviders} from '../support/providers.ts';

let directory: string;
beforeEach(async () => {
  directory = join(await temporary(), 'config');
});
const BAD = {OPENAI_ADMIN_KEY: SECRETS.openai, OPENAI_BASE_URL: 'http://example.com/v1'};

describe('a base URL that is wrong', () => {
  it('of the environment fails the account that has it, and only if that is asked', async () => {
    const {env} = await startProviders({miosa: ALL.miosa});
    const world = {directory, env: {...env, ...BAD}};
    expect((await usage('costs --account miosa', world)).code).toBe(0);
    expect((await usage('costs --provider miosa', world)).code).toBe(0);
    const alone = await usage('costs --account openai', world);
    expect(alone.code).toBe(2);
    expect(alone.stderr).toMatch(/OPENAI_BASE_URL would send the key over plain http:/);
    const {code, stderr} = await usage('costs', world);
    expect(code).toBe(6);
    expect(stderr).toMatch(/^missing: .*OPENAI_BASE_URL would send the key/m);
    expect((await answered('costs --account miosa', world)).sources).toHaveLength(1);
  });

  it('is in the lists, and a finding of doctor, who looks at the others all the same', async () => {
    const {env} = await startProviders({miosa: ALL.miosa});
    const world = {directory, env: {...env, ...BAD}};
    const list = await usage('accounts list', world);
    expect([list.code, list.stderr]).toEqual([0, '']);
    expect(list.stdout).toMatch(/OPENAI_BASE_URL would send the key/);
    const {accounts} = JSON.parse((await usage('accounts list --json', world)).stdout);
    expect(accounts[0]).toMatchObject({account: 'openai', base_url: null});
    for (const flag of ['', ' --offline']) {
      const status = await usage(`auth status${flag}`, world);
      expect(status.stdout).toMatch(/OPENAI_BASE_URL would send the key[\s\S]*miosa\n/);
      expect(status.code).toBeGreaterThan(0);
    }
    const doctor = await usage('doctor', world);
    expect(doctor.code).toBe(4);
    expect(doctor.stdout).toMatch(/ERROR +account +OPENAI_BASE_URL would[\s\S]*ok +key +msk_u_…6789/);
    expect((await usage('doctor --provider miosa', world)).code).toBe(0);
  });

  it('in config.json is the store’s fault, and says how to mend it', async () => {
    await mkdir(directory, {mode: 0o700});
    const accounts = {openai: {baseUrl: 'ftp://x'}};
    await writeFile(join(directory, 'config.json'), JSON.stringify({version: 1, accounts}), {mode: 0o600});
    const env = {OPENAI_ADMIN_KEY: SECRETS.openai};
    const {code, stderr} = await usage('costs', {directory, env});
    expect(code).toBe(3);
    expect(stderr).toMatch(/accounts\.openai\.base-url is no URL/);
    expect(stderr).toMatch(/usage config set accounts\.openai\.base-url <url>/);
    expect((await usage('doctor', {directory, env})).code).toBe(3);
    expect((await usage('config unset accounts.openai.base-url', {directory, env})).code).toBe(0);
  });
});
