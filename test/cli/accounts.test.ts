import {existsSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import {answered, temporary, usage} from '../support/context.ts';
import {raw, serialize} from '../support/fixtures.ts';
import {type Loopback, loopback, type Received, type Reply} from '../support/loopback.ts';
import {ALL, SECRETS, startProviders} from '../support/providers.ts';

let directory: string;
let env: {readonly [name: string]: string};
beforeEach(async () => {
  directory = join(await temporary(), 'config');
  const world = await startProviders(ALL);
  env = Object.fromEntries(Object.entries(world.env).filter(([name]) => name.endsWith('_BASE_URL')));
});
const run = (line: string | readonly string[], stdin = '') => usage(line, {directory, env, stdin});
const names = async () => JSON.parse((await run('accounts list --json')).stdout).accounts;

/** Keeps budgets as they may stand in the file: by scope and, where it is not the month, period. */
const budgets = (...texts: readonly string[]) =>
  writeFile(
    join(directory, 'budgets.json'),
    JSON.stringify({
      version: 1,
      budgets: texts.map(text => {
        const [scope, period = 'month'] = text.split(' ');
        return {scope, amount: '5', currency: 'USD', period};
      }),
    }),
    {mode: 0o600},
  );

describe('usage accounts', () => {
  it('adds, lists, renames and removes', async () => {
    const added = await run('accounts add work --provider openai --organization org-1', SECRETS.openai);
    expect([added.code, added.stdout]).toEqual([0, '']);
    expect(added.stderr).toMatch(/^OpenAI: logged in to organization .* as account "work"/);
    expect(
      (await run(['accounts', 'add', 'lab', '--provider', 'miosa', '--setting', 'tenant=t-1'], SECRETS.miosa))
        .code,
    ).toBe(0);
    expect((await run('accounts add ionq', SECRETS.ionq)).code).toBe(0);
    const {stdout, stderr, code} = await run('accounts');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').map(line => line.replace(/ base URL .*/, ''))).toEqual([
      'Account  Provider  Key           Settings',
      'work     openai    stored today  organization org-1,',
      'ionq     ionq      stored today ',
      'lab      miosa     stored today  tenant t-1,',
      '',
    ]);
    expect((await run('accounts rename work acme')).stderr).toBe('account "work" is "acme" now\n');
    expect(await names()).toMatchObject([
      {
        account: 'acme',
        provider: 'openai',
        source: 'store',
        settings: {organization: 'org-1'},
        base_url: env.OPENAI_BASE_URL,
      },
      {account: 'ionq', provider: 'ionq', added_at: '2026-11-22T09:00:00Z'},
      {account: 'lab', provider: 'miosa', settings: {tenant: 't-1'}},
    ]);
    expect((await answered('costs --account acme', {directory, env})).sources).toMatchObject([
      {account: 'acme', status: 'ok'},
    ]);
    expect((await run('accounts remove lab')).stderr).toBe(
      'removed account "lab" with its key and its settings\n',
    );
    expect((await names()).map(({account}: {account: string}) => account)).toEqual(['acme', 'ionq']);
    expect(await readFile(join(directory, 'config.json'), 'utf8')).not.toContain('t-1');
    expect(await readFile(join(directory, 'credentials.json'), 'utf8')).not.toContain('lab');
  });

  it('takes budgets and names along to another name, and says which are left behind', async () => {
    await run('accounts add eu --provider openai --no-verify', SECRETS.openai);
    await budgets('account:eu', 'all', 'eu', 'eu/proj_1', 'openai', 'us day');
    await run('config set account eu');
    const names = {version: 1, names: {eu: {project: {proj_1: 'One'}}}};
    await writeFile(join(directory, 'names.json'), JSON.stringify(names), {mode: 0o600});
    const renamed = await run('accounts rename eu us');
    expect([renamed.code, renamed.stdout]).toEqual([0, '']);
    expect(renamed.stderr).toMatch(/^account "eu" is "us" now\n3 budgets go along/);
    const scopes = async () =>
      JSON.parse(await readFile(join(directory, 'budgets.json'), 'utf8')).budgets.map(
        ({scope, period}: {scope: string; period: string}) => `${scope} ${period}`,
      );
    expect(await scopes()).toEqual([
      'account:us month',
      'all month',
      'openai month',
      'us day',
      'us month',
      'us/proj_1 month',
    ]);
    expect((await run('config get account')).stdout).toBe('us\n');
    expect(JSON.parse(await readFile(join(directory, 'names.json'), 'utf8')).names).toEqual({
      us: {project: {proj_1: 'One'}},
    });
    expect((await run('accounts rename us openai')).code).toBe(2); // account:us would be there twice
    await budgets('all', 'openai', 'us/proj_1');
    expect((await run('accounts rename us openai')).code).toBe(0);
    expect(await scopes()).toContain('account:openai/proj_1 month');
    expect((await run('accounts rename openai us')).code).toBe(0);
    expect(await scopes()).toContain('openai month');
    const removed = await run('accounts remove us');
    expect(removed.stderr).toMatch(
      /the budget of account:us\/proj_1 \(month\) is about nobody now: usage budget remove/,
    );
    expect(removed.stderr).not.toMatch(/of (all|openai) /);
  });

  it('is not renamed where a budget would be there twice, and nothing is changed', async () => {
    await run('accounts add eu --provider openai --no-verify', SECRETS.openai);
    await budgets('eu', 'us');
    const {code, stderr} = await run('accounts rename eu us');
    expect(code).toBe(2);
    expect(stderr).toMatch(/would be the second of us \(month\)/);
    expect((await names()).map(({account}: {account: string}) => account)).toEqual(['eu']);
  });

  it('shows which key of the environment makes an account', async () => {
    const {stdout} = await usage('accounts list', {directory, env: {...env, IONQ_API_KEY: SECRETS.ionq}});
    expect(stdout).toMatch(/^ionq +ionq +IONQ_API_KEY +base URL http/m);
  });

  it('says so if there is none', async () => {
    expect(await run('accounts list')).toEqual({
      code: 0,
      stdout: 'Account  Provider  Key  Settings\n',
      stderr: 'no account is set up yet; add one: usage accounts add <name> --provider <provider>\n',
    });
    expect(JSON.parse((await run('accounts list --json')).stdout)).toMatchObject({
      schema: 'usage/accounts@1',
      accounts: [],
    });
  });

  it.each<[string, string, number, RegExp]>([
    ['accounts add Work --provider openai', '', 2, /"Work" can be no name of an account/],
    [
      'accounts add work',
      '',
      2,
      /^error: which provider\?\n {2}valid: usage accounts add work --provider openai\|ionq\|miosa/,
    ],
    ['accounts add work --provider opnai', '', 2, /did you mean openai\?/],
    [
      'accounts add ionq --provider openai',
      '',
      2,
      /"ionq" is the name of the account of IonQ\n {2}take another name, such as openai-ionq/,
    ],
    ['accounts add work --provider openai --setting organisation=x', '', 2, /did you mean organization\?/],
    [
      'accounts add work --provider openai --setting organization',
      '',
      2,
      /--setting "organization" is no setting/,
    ],
    [
      'accounts add work --provider openai --base-url http://x.example',
      'sk-admin-x',
      2,
      /would send the key over plain http/,
    ],
    ['accounts add work --provider openai', 'sk-admin-wrong-0123456789', 4, /refused the key/],
    ['accounts add work --provider openai', 'sk-proj-0123456789', 2, /This is a project key/],
    ['accounts add work --provider openai', 'Bearer sk-admin-0123456789', 2, /Leave out the word "Bearer"/],
    [
      'accounts add work --provider openai --key-command no-such-program',
      '',
      4,
      /no-such-program was not found\n {2}run it yourself to see why$/m,
    ],
    [
      'accounts add work --provider openai --key-command sk-admin-0123456789abcdefghij',
      '',
      2,
      /the key command holds what looks like a key/,
    ],
    ['accounts rename work lab', '', 2, /no account "work" is stored/],
    ['accounts remove work', '', 2, /no account "work" is stored/],
  ])('%s with %j is refused, and nothing is stored', async (line, stdin, expected, message) => {
    const {code, stdout, stderr} = await run(line, stdin);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('0123456789');
    expect(existsSync(join(directory, 'credentials.json'))).toBe(false);
  });

  it('gives no name twice, and no account to another provider', async () => {
    await run('accounts add work --provider openai --no-verify', SECRETS.openai);
    await run('accounts add lab --provider miosa --no-verify', SECRETS.miosa);
    const before = await readFile(join(directory, 'credentials.json'), 'utf8');
    for (const [line, message] of [
      [
        'accounts add work --provider openai',
        /there is an account "work" already\n.*usage auth login openai --name work/,
      ],
      ['accounts add work --provider miosa', /account "work" is of openai, not of miosa/],
      ['auth login miosa --name work', /account "work" is of openai, not of miosa/],
      ['accounts rename work lab', /there is an account "lab" already/],
      ['accounts rename work miosa', /"miosa" is the name of the account of MIOSA/],
      ['accounts rename wrk new', /did you mean work\?/],
      ['accounts remove wrk', /did you mean work\?/],
    ] as const) {
      const {code, stderr} = await run(line, SECRETS.miosa);
      expect([line, code]).toEqual([line, 2]);
      expect(stderr).toMatch(message);
    }
    expect(await readFile(join(directory, 'credentials.json'), 'utf8')).toBe(before);
  });

  it('says of an account of the environment where it comes from', async () => {
    const world = {...env, MIOSA_API_KEY: SECRETS.miosa};
    for (const line of ['accounts remove miosa', 'accounts rename miosa lab'])
      expect((await usage(line, {directory, env: world})).stderr).toMatch(
        /this one is made by MIOSA_API_KEY: unset that/,
      );
  });

  it('keeps settings and base URL when a key is replaced', async () => {
    await run(
      'accounts add work --provider openai --organization org-1 --no-verify',
      'sk-admin-old-0123456789',
    );
    expect((await run('auth login openai --name work', SECRETS.openai)).code).toBe(0);
    expect(await names()).toMatchObject([{account: 'work', settings: {organization: 'org-1'}}]);
  });
});

/** An organization of OpenAI whose costs of each asked day are these. */
async function organization(amounts: readonly string[]): Promise<Loopback> {
  const server = await loopback(({path, query, headers}: Received): Reply => {
    if (headers.authorization !== `Bearer ${SECRETS.openai}`) return {status: 401, body: {}};
    if (path !== '/organization/costs') return {body: {object: 'page', data: [], has_more: false}};
    const [start, end] = [Number(query.get('start_time')), Number(query.get('end_time'))];
    const days = Array.from({length: (end - start) / 86_400}, (_, day) => start + day * 86_400);
    const data = days.map(day => ({
      object: 'bucket',
      start_time: day,
      end_time: day + 86_400,
      results: amounts.map((value, index) => ({
        object: 'organization.costs.result',
        amount: {value: raw(value), currency: 'usd'},
        project_id: query.getAll('group_by').includes('project_id') ? `proj_${index}` : null,
      })),
    }));
    return {body: serialize({object: 'page', data, has_more: false, next_page: null})};
  });
  onTestFinished(server.close);
  return server;
}

describe('two accounts of one provider', () => {
  it('are asked side by side, each at its own address, and add up to the last digit', async () => {
    const one = ['0.1234567890123456789012345', '1.5'];
    const two = ['1000000000.000000000000000000000000001', '0.25', '3'];
    const [first, second] = [await organization(one), await organization(two)];
    for (const [name, {url}] of [
      ['eu', first],
      ['us', second],
    ] as const) {
      const added = await run(`accounts add ${name} --provider openai --base-url ${url}`, SECRETS.openai);
      expect(added.code).toBe(0);
    }
    const [eu, us, both] = [
      '11.3641975230864197523086415',
      '7000000022.750000000000000000000000007',
      '7000000034.114197523086419752308641507',
    ];
    const {rows, totals, sources} = await answered('costs --group-by account --period 7d --sort account', {
      directory,
      env,
    });
    expect(sources.map(({account, status}) => [account, status])).toEqual([
      ['eu', 'ok'],
      ['us', 'ok'],
    ]);
    expect(rows.map(({account, cost, currency}) => [account, cost, currency])).toEqual([
      ['eu', eu, 'USD'],
      ['us', us, 'USD'],
    ]);
    expect(totals).toMatchObject([{currency: 'USD', cost: both}]);

    // Every row of one account carries its name, and the same project of two organizations is two.
    const projects = await answered('costs --group-by project --period 7d', {directory, env});
    expect(projects.rows.map(({account, project_id}) => [account, project_id]).sort()).toEqual([
      ['eu', 'proj_0'],
      ['eu', 'proj_1'],
      ['us', 'proj_0'],
      ['us', 'proj_1'],
      ['us', 'proj_2'],
    ]);
    const picked = await answered('costs --account us --period 7d', {directory, env});
    expect(picked.totals).toMatchObject([{cost: us}]);
    expect(picked.sources).toHaveLength(1);
  });

  it('wait for each other no longer than for the slower one', async () => {
    const inFlight: string[] = [];
    let release = () => {};
    const both = new Promise<void>(resolve => {
      release = resolve;
    });
    const serve = await Promise.all(
      ['eu', 'us'].map(async name => {
        const server = await loopback((_request, _index, response) => {
          inFlight.push(name);
          if (new Set(inFlight).size === 2) release();
          void both.then(() => response.writeHead(401).end('{}'));
          return undefined;
        });
        onTestFinished(server.close);
        return {name, server};
      }),
    );
    for (const {name, server} of serve)
      await run(
        `accounts add ${name} --provider openai --no-verify --base-url ${server.url}`,
        SECRETS.openai,
      );
    // Neither server answers before both were asked: one after the other would never end.
    expect((await run('costs --period 7d')).code).toBe(4);
    expect(new Set(inFlight).size).toBe(2);
  });
});
