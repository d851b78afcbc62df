import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {answered, temporary, usage} from '../support/context.ts';
import {ALL, always, SECRETS, startProviders} from '../support/providers.ts';

let directory: string;
beforeEach(async () => {
  directory = join(await temporary(), 'config');
});

describe('one organization under two names', () => {
  it('is said by whoever stores it, by reports that ask both, and by doctor', async () => {
    const {env} = await startProviders({openai: ALL.openai, miosa: ALL.miosa});
    const added = await usage('accounts add eu --provider openai', {env, directory, stdin: SECRETS.openai});
    expect(added.code).toBe(0);
    expect(added.stderr).toMatch(/^warning: openai and eu have the same key: .* counts twice/m);
    const {notices} = await answered('costs', {env, directory});
    expect(notices.filter(({code}) => code === 'same_key')).toMatchObject([
      {level: 'warning', provider: 'openai', message: expect.stringMatching(/^openai and eu have/)},
    ]);
    for (const line of ['costs --account eu', 'costs --account openai', 'costs --account eu,miosa'])
      expect((await usage(line, {env, directory})).stderr).not.toContain('same key');
    const doctor = await usage('doctor', {env, directory});
    expect(doctor.stdout).toMatch(/WARNING +account +openai and eu have the same key/);
    expect(doctor.stdout).toMatch(/unset OPENAI_ADMIN_KEY, or usage accounts remove eu/);
    expect(doctor.code).toBe(0);
  });

  it('is found by doctor with two keys, too, where the provider says whose they are', async () => {
    const {env} = await startProviders({
      miosa: ({path}) => (path === '/credits/balance' ? {body: {tenant_id: 't-1', balance: 5}} : 'serve'),
    });
    await usage('accounts add eu --provider miosa --no-verify', {
      env,
      directory,
      stdin: 'msk_u_another-0123456789',
    });
    const {stdout} = await usage('doctor', {env, directory});
    expect(stdout).toMatch(/WARNING +account +miosa and eu have the same organization \(t-1\)/);
  });

  it('is none where settings that differ say which of several is meant', async () => {
    const {env} = await startProviders(ALL);
    const world = {env: {...env, OPENAI_ORG_ID: 'org-1'}, directory, stdin: SECRETS.openai};
    const {stderr} = await usage('accounts add eu --provider openai --organization org-2', world);
    expect(stderr).not.toContain('same key');
    expect((await answered('costs', world)).notices.map(({code}) => code)).not.toContain('same_key');
  });
});

describe('a key that is refused', () => {
  it('is put right where it comes from', async () => {
    const {env} = await startProviders({openai: always({status: 401, body: {}})});
    const url = {OPENAI_BASE_URL: env.OPENAI_BASE_URL ?? ''};
    const fix = async (account: string, given: {readonly [name: string]: string}) =>
      (await usage(`costs --account ${account}`, {env: given, directory})).stderr;
    const stdin = SECRETS.openai;
    await usage('accounts add eu --provider openai --no-verify', {env: url, directory, stdin});
    await usage('auth login openai --no-verify', {env: url, directory, stdin});
    expect(await fix('eu', url)).toContain('usage auth login openai --name eu\n');
    expect(await fix('openai', url)).toContain('usage auth login openai\n');
    expect(await fix('openai', env)).toContain('Change OPENAI_ADMIN_KEY.\n');
    const line = ['accounts', 'add', 'us', '--provider', 'openai', '--no-verify'];
    const added = await usage([...line, '--key-command', 'printf sk-admin-x'], {env: url, directory});
    expect(added.code).toBe(0);
    expect(await fix('us', url)).toContain('Look at what its key command prints.\n');
  });

  it('of another vendor is sent to nobody', async () => {
    const home = {MIOSA_API_KEY: 'sk-proj-0123456789-0123456789'};
    const {code, stderr} = await usage('costs', {env: home, directory});
    expect(code).toBe(4);
    expect(stderr).toMatch(/MIOSA_API_KEY: it begins as keys of OpenAI do, and was not sent to MIOSA/);
    const login = await usage('auth login ionq', {directory, stdin: SECRETS.openai});
    expect(login.code).toBe(2);
    expect(login.stderr).toMatch(/begins as keys of OpenAI do/);
  });

  it('of the wrong kind is refused before it is sent, though a command prints it', async () => {
    const line = ['config', 'set', 'accounts.openai.key-command', 'printf sk-proj-0123'];
    expect((await usage(line, {directory})).code).toBe(0);
    for (const asked of ['costs', 'auth status']) {
      const {code, stdout, stderr} = await usage(asked, {directory});
      expect(code).toBe(4);
      expect(stdout + stderr).toMatch(/the key command of account "openai": This is a project key/);
    }
  });
});
