import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import Big from 'big.js';
import {beforeEach, describe, expect, it} from 'vitest';
import {type Circumstances, envelope, type Row, temporary, usage} from '../support/context.ts';
import {down, startProviders, well} from '../support/providers.ts';

let directory: string;
beforeEach(async () => {
  directory = join(await temporary(), 'config');
});
const run = (line: string | readonly string[], more: Circumstances = {}) => usage(line, {directory, ...more});
const demo = async (line: string) => envelope(await run(`${line} --demo --json`));

/** Budgets of every kind and state, over the demo. */
async function setUp(): Promise<void> {
  await mkdir(directory, {recursive: true, mode: 0o700});
  const config = {version: 1, accounts: {}, rates: {MIOSA_CREDIT_CENTS: '0.01'}};
  await writeFile(join(directory, 'config.json'), JSON.stringify(config), {mode: 0o600});
  for (const words of [
    ['all', '12000'],
    ['openai', '9000'],
    ['openai', '25000', '--period', 'quarter', '--warn', '50'],
    ['openai/ナレッジ検索 🗾', '400'],
    ['ionq', '500', '--period', 'week'],
    ['ionq/Lunch & Learn', '100'],
    ['miosa', '50000', '--currency', 'MIOSA_CREDIT_CENTS'],
    ['miosa', '1500', '--currency', 'MIOSA_CREDIT_CENTS', '--period', 'day'],
    ['user:user_clinic_42', 'unlimited', '--currency', 'MIOSA_CREDIT_CENTS'],
    ['model:gpt-6-sol', '100000', '--period', 'total', '--starts', '2026-01-01'],
    ['openai/Agents Platform', '5', '--starts', '2026-12-01'],
  ])
    expect((await run(['budget', 'set', ...words])).code).toBe(0);
}

describe('every figure is what the served data adds up to', () => {
  it('of budgets kept here', async () => {
    await setUp();
    const {rows} = await demo('budget list --no-providers');
    const spent = new Map(rows.map(row => [`${row.scope} ${row.period}`, row]));
    const total = async (line: string, currency = 'USD') =>
      (await demo(`costs ${line}`)).totals.find(one => one.currency === currency)?.cost;
    expect(spent.get('openai month')?.spent).toBe(await total('--provider openai'));
    expect(spent.get('openai quarter')?.spent).toBe(await total('--provider openai --period qtd'));
    expect(spent.get('ionq week')?.spent).toBe(
      await total('--provider ionq --period 2026-11-16..2026-11-22'),
    );
    expect(spent.get('miosa day')?.spent).toBe(
      await total('--provider miosa --period today', 'MIOSA_CREDIT_CENTS'),
    );
    const projects = (await demo('costs --group-by project --provider openai')).rows;
    expect(spent.get('openai/ナレッジ検索 🗾 month')?.spent).toBe(
      projects.find(row => row.project_name === 'ナレッジ検索 🗾')?.cost,
    );
    const items = (await demo('costs --group-by line-item --provider openai --period 2026-01-01..2026-11-22'))
      .rows;
    expect(spent.get('model:gpt-6-sol total')?.spent).toBe(
      items
        .filter(row => row.line_item?.replace(/^.* \| /, '').startsWith('gpt-6-sol, '))
        .reduce((sum, row) => sum.plus(row.cost!), new Big(0))
        .toFixed(),
    );
    const dollars = (await total('--group-by none')) ?? '0';
    const cents = (await total('--group-by none', 'MIOSA_CREDIT_CENTS')) ?? '0';
    expect(spent.get('all month')).toMatchObject({
      spent: new Big(cents).times('0.01').plus(dollars).toFixed(),
      rates: 'MIOSA_CREDIT_CENTS=0.01',
    });
  });

  it('of budgets that providers keep: the amounts they tell, against what was billed', async () => {
    const {rows, sources} = await demo('budget list');
    expect(sources.map(({status}) => status)).toEqual(['ok', 'ok', 'ok']);
    const ofOpenai = rows.filter(row => row.kept_by === 'openai');
    expect(ofOpenai.length).toBeGreaterThan(5);
    const total = (await demo('costs --provider openai')).totals[0]?.cost;
    const projects = (await demo('costs --group-by project --provider openai')).rows;
    for (const row of ofOpenai) {
      const name = row.scope?.split('/')[1];
      const billed = name === undefined ? total : projects.find(one => one.project_name === name)?.cost;
      expect([row.scope, row.spent]).toEqual([row.scope, billed]);
      expect(row.remaining).toBe(new Big(row.amount!).minus(row.spent!).toFixed());
      expect(row.percent).toBe(new Big(row.spent!).times(100).div(row.amount!).round(4, 1).toFixed());
    }
    expect(new Set(rows.map(row => row.kept_by))).toEqual(new Set(['openai', 'ionq', 'miosa']));
    for (const row of rows.filter(one => one.kept_by === 'ionq' && one.spent !== null))
      expect(row).toMatchObject({period: 'total', projected: null});
  });

  it('the projection is the run rate of the complete days', async () => {
    await setUp();
    const row = (await demo('budget list --no-providers')).rows.find(
      one => one.scope === 'openai' && one.period === 'month',
    );
    const complete = (await demo('costs --provider openai --period 2026-11-01..2026-11-21')).totals[0]?.cost;
    const projected = new Big(complete!).times(30).div(21);
    expect(new Big(row!.projected!).minus(projected).abs().lt('0.000001')).toBe(true);
  });
});

describe('what people see', () => {
  it.each([60, 80, 120])('at %i columns', async columns => {
    await setUp();
    const golden = (name: string) => `../../fixtures/golden/budget-${name}-${columns}.txt`;
    const list = await run('budget --demo', {columns});
    expect(list.code).toBe(0);
    await expect(list.stdout).toMatchFileSnapshot(golden('list'));
    const piped = await run('budget list --demo --no-providers', {env: {COLUMNS: String(columns)}});
    await expect(piped.stdout + piped.stderr).toMatchFileSnapshot(golden('piped'));
    const check = await run('budget check --demo --forecast', {columns});
    expect(check.code).toBe(7);
    await expect(check.stdout + check.stderr).toMatchFileSnapshot(golden('check'));
  });

  it.each(['csv', 'tsv', 'json', 'ndjson', 'markdown'])('as %s', async format => {
    await setUp();
    const {code, stdout} = await run(`budget list --demo --no-providers --format ${format}`);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(`../../fixtures/golden/budget-list.${format}`);
  });

  it('no bar is drawn by colour alone, and none is wider than its column', async () => {
    await setUp();
    const {stdout} = await run('budget --demo', {columns: 120, env: {NO_COLOR: '1'}});
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/openai\/ナレッジ検索 🗾 .*█{6}!.* exceeded/);
  });
});

describe('when something fails', () => {
  it('says what is missing, and shows the rest: exit 6', async () => {
    const {env} = await startProviders({openai: well, ionq: down});
    await run('budget set openai 10000');
    await run('budget set ionq 10000');
    const trial = await run('budget list --json', {env});
    expect(trial.code).toBe(6);
    const {rows, sources} = envelope(trial);
    const of = (scope: string): Row | undefined => rows.find(row => row.scope === scope);
    expect(of('openai')).toMatchObject({state: 'ok', error: null});
    expect(of('ionq')).toMatchObject({state: 'unknown', spent: null});
    expect(of('ionq')?.error).toContain('IonQ');
    expect(sources.map(({status}) => status)).toEqual(['ok', 'failed']);
    expect(JSON.parse(trial.stderr).error.code).toBe('unreachable');
  });

  it('is nothing but the failure if nobody answers: 5, or 4 without a key', async () => {
    const {env} = await startProviders({openai: down});
    await run('budget set openai 10000');
    expect(await run('budget list', {env})).toMatchObject({code: 5, stdout: ''});
    expect(await run('budget list', {env: {}})).toMatchObject({code: 4, stdout: ''});
  });

  it('what a key may not see of a provider’s own budgets is a notice', async () => {
    const hidden = {status: 403, body: {error: {message: 'Missing scopes', type: 'invalid_request_error'}}};
    const {env} = await startProviders({
      openai: ({path}) => (path.includes('/spend_') ? hidden : 'serve'),
    });
    await run('budget set openai 10000');
    const {notices, rows} = envelope(await run('budget list --json', {env}));
    expect(notices.filter(({code}) => code === 'not_visible').length).toBeGreaterThan(0);
    expect(rows[0]).toMatchObject({scope: 'openai', state: 'ok'});
  });
});
