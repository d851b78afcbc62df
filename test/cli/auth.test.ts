import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {answered, temporary, usage} from '../support/context.ts';
import {ALL, always, down, except, SECRETS, startProviders} from '../support/providers.ts';

let directory: string;
beforeEach(async () => {
  directory = join(await temporary(), 'config');
});
/** Where the servers are, without the keys. */
const urlsOf = ({env}: {readonly env: {readonly [name: string]: string}}) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name.endsWith('_BASE_URL')));
const stored = async () => JSON.parse(await readFile(join(directory, 'credentials.json'), 'utf8')).accounts;

describe('auth login', () => {
  it.each([
    ['openai', /^OpenAI: logged in to an organization .* as account "openai" \(.*credentials\.json\)\n$/],
    ['ionq', /^IonQ: logged in to key "ci", organization com\.my\.org as account "ionq"/],
    ['miosa', /^MIOSA: logged in to tenant tenant-1, 1500 credits as account "miosa"/],
  ] as const)('reads a key of %s from stdin, proves it and stores it', async (provider, says) => {
    const env = urlsOf(await startProviders(ALL));
    const {code, stdout, stderr} = await usage(`auth login ${provider}`, {
      env,
      directory,
      stdin: `${SECRETS[provider]}\n`,
    });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(says);
    expect(await stored()).toMatchObject({[provider]: {provider, secret: SECRETS[provider]}});
    // From now on it is used.
    const {sources} = await answered('costs --period 7d', {env, directory});
    expect(sources.map(source => [source.provider, source.status])).toEqual([[provider, 'ok']]);
  });

  it.each([
    [
      'a key that is refused',
      'openai',
      'sk-admin-another-key-0123456789',
      4,
      /^error: OpenAI refused the key \(401/,
    ],
    ['a key of another kind', 'openai', 'sk-proj-0123456789', 2, /^error: This is a project key/],
    ['nothing', 'openai', '', 2, /^error: no secret was given/],
    ['several lines', 'miosa', 'msk_a\nmsk_b', 2, /^error: a key is one word without spaces/],
    ['a key with its scheme', 'ionq', 'apiKey_abc', 4, /^error: IonQ refused the key/],
  ])('stores nothing of %s', async (_, provider, stdin, expected, says) => {
    const env = urlsOf(await startProviders(ALL));
    const {code, stdout, stderr} = await usage(`auth login ${provider}`, {env, directory, stdin});
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toMatch(says);
    if (stdin) expect(stderr).not.toContain(stdin);
    expect(existsSync(join(directory, 'credentials.json'))).toBe(false);
  });

  it('stores nothing if the provider cannot be asked, unless told not to ask', async () => {
    const env = urlsOf(await startProviders({miosa: down}));
    expect((await usage('auth login miosa', {env, directory, stdin: SECRETS.miosa})).code).toBe(5);
    expect(existsSync(join(directory, 'credentials.json'))).toBe(false);
    const {code, stderr} = await usage('auth login miosa --no-verify', {
      env,
      directory,
      stdin: SECRETS.miosa,
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^MIOSA: stored, not verified as account "miosa"/);
  });

  it('says that a key of the environment goes first', async () => {
    const {env} = await startProviders(ALL);
    const {stderr} = await usage('auth login miosa', {env, directory, stdin: SECRETS.miosa});
    expect(stderr).toMatch(/^warning: MIOSA_API_KEY is set and goes before the stored key$/m);
    const status = await usage('auth status miosa --offline --json', {env, directory});
    expect(JSON.parse(status.stdout).accounts).toMatchObject([{account: 'miosa', source: 'MIOSA_API_KEY'}]);
    expect((await answered('costs --provider miosa', {env, directory})).sources).toHaveLength(1);
  });

  it.each([
    ['auth login', /^error: which provider\?/],
    ['auth login opnai', /did you mean openai\?/],
    ['auth login openai --name', /argument missing/],
    ['auth login miosa --organization x', /^error: MIOSA has no setting "organization"\n {2}valid: tenant$/m],
  ])('%s is wrong input', async (line, says) => {
    const {code, stderr} = await usage(line, {directory, stdin: SECRETS.openai});
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
    expect(existsSync(directory)).toBe(false);
  });
});

describe('several accounts of one provider', () => {
  it('are asked side by side, told apart by name, and can be picked', async () => {
    const env = urlsOf(await startProviders(ALL));
    for (const name of ['miosa', 'miosa-eu'])
      expect(
        (await usage(`auth login miosa --name ${name}`, {env, directory, stdin: SECRETS.miosa})).code,
      ).toBe(0);
    const {rows, sources} = await answered('costs --group-by account', {env, directory});
    expect(sources.map(({account}) => account)).toEqual(['miosa', 'miosa-eu']);
    expect(rows.map(({provider, account}) => [provider, account])).toEqual([
      ['miosa', 'miosa'],
      ['miosa', 'miosa-eu'],
    ]);
    expect(rows[0]!.cost).toBe(rows[1]!.cost);
    const [sum] = (await answered('costs', {env, directory})).rows;
    expect(sum).toMatchObject({provider: 'miosa', account: null});
    expect(
      (await answered('costs --account miosa-eu', {env, directory})).sources.map(({account}) => account),
    ).toEqual(['miosa-eu']);
    expect((await usage('costs --group-by project', {env, directory})).stdout).toMatch(/Account/);
  });

  it('say which of them failed', async () => {
    let asked = 0;
    const env = urlsOf(
      await startProviders({
        miosa: ({path}) => (path === '/usage' && asked++ > 0 ? {status: 401, body: {error: 'no'}} : 'serve'),
      }),
    );
    for (const name of ['miosa', 'miosa-eu'])
      await usage(`auth login miosa --no-verify --name ${name}`, {env, directory, stdin: SECRETS.miosa});
    const {code, stderr} = await usage('costs --period 7d', {env, directory});
    expect(code).toBe(6);
    expect(stderr).toMatch(/^missing: miosa-eu: MIOSA refused the key \(401/m);
  });
});

describe('auth status', () => {
  it('says where each key comes from and whether it works, without the key', async () => {
    const {env} = await startProviders({openai: always({status: 401, body: {}}), miosa: ALL.miosa});
    const {code, stdout} = await usage('auth status', {env, directory});
    expect(code).toBe(4);
    expect(stdout.split('\n\n').map(block => block.trimEnd())).toEqual([
      [
        'openai',
        '  FAILED      OpenAI refused the key (401 on /organization/costs)',
        '              Costs and usage need an admin API key, which starts with "sk-admin-" and is made by an owner of the organization. Change OPENAI_ADMIN_KEY.',
        '  key         sk-admin-…6789, from OPENAI_ADMIN_KEY',
        `  base URL    ${env.OPENAI_BASE_URL}`,
      ].join('\n'),
      [
        'miosa',
        '  ok          tenant tenant-1, 1500 credits',
        '  key         msk_u_…6789, from MIOSA_API_KEY',
        '  reads       costs and usage',
        `  base URL    ${env.MIOSA_BASE_URL}`,
      ].join('\n'),
      'ionq\n  not set up  set IONQ_API_KEY or run usage auth login ionq',
    ]);
  });

  it('says what a key may not read, although it is a key', async () => {
    const {env} = await startProviders({
      ionq: except(/usage$/, {status: 403, body: {message: 'owners only'}}),
    });
    const {code, stdout} = await usage('auth status ionq', {env, directory});
    expect(code).toBe(4);
    expect(stdout).toMatch(/^ {2}key ok {4}key "ci", organization com\.my\.org$/m);
    expect(stdout).toMatch(/^ {2}FAILED {4}IonQ refused the key \(403 on .*owners only$/m);
    expect(stdout).not.toMatch(/reads/);
    const json = JSON.parse((await usage('auth status ionq --json', {env, directory})).stdout);
    expect(json.accounts).toMatchObject([{works: false, reads: [], identity: expect.stringContaining('ci')}]);
  });

  it('is JSON for scripts, and asks nobody offline', async () => {
    const {env, paths} = await startProviders(ALL);
    const {code, stdout} = await usage('auth status --offline --json', {env, directory});
    expect(code).toBe(0);
    const {schema, accounts} = JSON.parse(stdout);
    expect(schema).toBe('usage/auth-status@1');
    expect(accounts.map(({account, works}: {account: string; works: null}) => [account, works])).toEqual([
      ['openai', null],
      ['ionq', null],
      ['miosa', null],
    ]);
    expect((['openai', 'ionq', 'miosa'] as const).flatMap(paths)).toEqual([]);
    const online = JSON.parse((await usage('auth status miosa --json', {env, directory})).stdout);
    expect(online.accounts).toMatchObject([
      {account: 'miosa', source: 'MIOSA_API_KEY', works: true, identity: 'tenant tenant-1, 1500 credits'},
    ]);
  });
});

describe('auth logout', () => {
  it('forgets a stored key', async () => {
    const env = urlsOf(await startProviders(ALL));
    await usage('auth login miosa', {env, directory, stdin: SECRETS.miosa});
    expect(await usage('auth logout miosa', {env, directory})).toEqual({
      code: 0,
      stdout: '',
      stderr: 'forgot the key of "miosa"\n',
    });
    expect(await stored()).toEqual({});
    expect((await usage('costs', {env, directory})).code).toBe(4);
  });

  it('knows what is not stored, and that the environment is not its own to clear', async () => {
    const {env} = await startProviders(ALL);
    const {code, stderr} = await usage('auth logout miosa', {env, directory});
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: no key is stored for "miosa"\n {2}valid: nothing is stored\n {2}its key comes from MIOSA_API_KEY: unset that\n$/,
    );
  });
});

describe('usage alone', () => {
  it('without an account says how to begin, in three lines', async () => {
    const {code, stdout, stderr} = await usage('', {directory});
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(stdout).toMatch(/usage auth login[\s\S]*--demo/);
  });

  it('with one is the report', async () => {
    const {env} = await startProviders(ALL);
    const [bare, report] = [await usage('', {env}), await usage('report', {env})];
    expect(bare).toEqual(report);
    expect(bare.stdout).toMatch(/^Billed costs and usage/);
    expect(await usage('--csv', {env})).toEqual(await usage('report --csv', {env}));
  });
});
