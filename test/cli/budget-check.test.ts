import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import Big from 'big.js';
import {beforeEach, describe, expect, it} from 'vitest';
import {instant} from '../../src/core/instant.ts';
import {isOfModel} from '../../src/pipeline/spend-scope.ts';
import {openStore} from '../../src/store/open.ts';
import {type Circumstances, envelope, type Row, temporary, usage} from '../support/context.ts';
import {type Bill, billsOf, totalsOf} from '../support/providers/expected.ts';
import {ALL, down, type Providers, SECRETS, startProviders, well} from '../support/providers.ts';

// Budgets against servers whose figures are known: what is spent is what was billed, and the line is where it is.

let providers: Providers;
let directory: string;
beforeEach(async () => {
  providers = await startProviders(ALL);
  directory = join(await temporary(), 'config');
});
const run = (line: string, more: Circumstances = {}) =>
  usage(splitQuoted(line), {env: providers.env, directory, ...more});
/** "a 'b c'" is two words. */
const splitQuoted = (line: string) =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

async function set(line: string): Promise<void> {
  const {code, stdout} = await run(`budget set ${line}`);
  expect({line, code, stdout}).toEqual({line, code: 0, stdout: ''});
}
async function rows(line = 'budget check --json', code?: number): Promise<readonly Row[]> {
  const trial = await run(line);
  if (code !== undefined) expect(trial.code).toBe(code);
  return envelope(trial).rows;
}
async function rates(given: {readonly [currency: string]: string}, defaults = {}): Promise<void> {
  await mkdir(directory, {recursive: true, mode: 0o700});
  const config = {version: 1, accounts: {}, rates: given, defaults};
  await writeFile(join(directory, 'config.json'), JSON.stringify(config), {mode: 0o600});
}

const of = (provider: Bill['provider']) => (bill: Bill) => bill.provider === provider;
const labelled = (provider: Bill['provider'], label: string, value: string) => (bill: Bill) =>
  bill.provider === provider && bill.labels[label] === value;

/** What each scope is made of, and in which currency. */
const SCOPES: readonly (readonly [scope: string, currency: string, (bill: Bill) => boolean])[] = [
  ['openai', 'USD', of('openai')],
  ['provider:ionq', 'USD', of('ionq')],
  ['miosa', 'MIOSA_CREDIT_CENTS', of('miosa')],
  ['account:openai', 'USD', of('openai')],
  ['openai/Alpha', 'USD', labelled('openai', 'project', 'proj_alpha')],
  ['openai/proj_beta', 'USD', labelled('openai', 'project', 'proj_beta')],
  ['ionq/lab-7', 'USD', labelled('ionq', 'project', 'lab-7')], // listed on each day with a rest
  ['miosa/Alpha', 'MIOSA_CREDIT_CENTS', labelled('miosa', 'project', 'alpha')],
  ['user:ann@example.org', 'MIOSA_CREDIT_CENTS', labelled('miosa', 'user', 'ann@example.org')],
  ['user:64b03577072d45001c85e9c4', 'USD', labelled('ionq', 'user', '64b03577072d45001c85e9c4')],
  ['model:gpt-4o', 'USD', bill => (bill.labels.line_item ?? '').startsWith('gpt-4o-2024-08-06, ')],
];
const PERIODS: readonly (readonly [flags: string, first: string])[] = [
  ['--period day', '2026-11-22'],
  ['--period week', '2026-11-16'],
  ['', '2026-11-01'],
  ['--cycle-day 15', '2026-11-15'],
  ['--cycle-day 31', '2026-10-31'],
  ['--starts 2026-11-10', '2026-11-10'],
  ['--period quarter', '2026-10-01'],
  ['--period year', '2026-10-01'], // nothing was billed before
  ['--period total --starts 2026-10-05', '2026-10-05'],
];

describe.each(SCOPES)('%s', (scope, currency, belongs) => {
  it.each(PERIODS)('%s is within to the cent, and over by a cent', async (flags, first) => {
    const spent = new Big(totalsOf(billsOf(first, '2026-11-22').filter(belongs))[currency] ?? '0');
    const cents = spent.round(2, Big.roundUp);
    const within = cents.lt(0) ? new Big(0) : cents;
    await set(`'${scope}' ${within.toFixed()} --currency ${currency} ${flags}`);
    const [row] = await rows('budget check --json', 0);
    expect(row).toMatchObject({spent: spent.eq(0) ? '0' : spent.toFixed(), result: 'within', currency});
    if (within.eq(0)) return; // there is no amount below it
    await set(`'${scope}' ${within.minus('0.01').toFixed()} --currency ${currency} ${flags}`);
    const [over] = await rows('budget check --json', 7);
    expect(over).toMatchObject({
      spent: spent.toFixed(),
      result: 'over',
      state: 'exceeded',
      over_by: spent.minus(within.minus('0.01')).toFixed(),
    });
    expect(over?.line_crossed_on).toMatch(/^2026-1[01]-\d\dT00:00:00Z$/);
  });
});

describe('all', () => {
  const MTD = totalsOf(billsOf('2026-11-01', '2026-11-22'));

  it('is never a sum of currencies: an error names them and the way out', async () => {
    await set('all 1000000');
    const trial = await run('budget check');
    expect(trial.code).toBe(2);
    expect(trial.stdout).toContain('unknown  all: could not be checked');
    expect(trial.stdout).toContain('billed in MIOSA_CREDIT_CENTS');
    expect(trial.stdout).toContain('usage config set rates.MIOSA_CREDIT_CENTS <usd>');
    expect((await run('budget check --fail-open')).code).toBe(2); // no provider is to blame
    const asJson = await run('budget check --json');
    expect(asJson.code).toBe(2);
    expect(envelope(asJson).rows[0]).toMatchObject({result: 'unknown', spent: null, at_least: MTD.USD});
    expect(JSON.parse(asJson.stderr).error).toMatchObject({code: 'input'});
  });

  it('is over if it is without the other currency', async () => {
    await set('all 1');
    expect((await run('budget check')).code).toBe(7);
  });

  it('is counted at the rate of the person, exactly, and the rate is shown', async () => {
    await rates({MIOSA_CREDIT_CENTS: '0.0123'});
    const spent = new Big(MTD.USD!).plus(new Big(MTD.MIOSA_CREDIT_CENTS!).times('0.0123'));
    const cents = spent.round(2, Big.roundUp);
    await set(`all ${cents.toFixed()}`);
    const within = await run('budget check --json');
    expect(within.code).toBe(0);
    expect(envelope(within).rows[0]).toMatchObject({
      spent: spent.toFixed(),
      rates: 'MIOSA_CREDIT_CENTS=0.0123',
    });
    expect(envelope(within).notices).toContainEqual(expect.objectContaining({code: 'own_rates'}));
    await set(`all ${cents.minus('0.01').toFixed()}`);
    const over = await run('budget check');
    expect(over.code).toBe(7);
    expect(over.stderr).toContain('your own rates: 1 MIOSA_CREDIT_CENTS = 0.0123 USD');
    expect((await run('budget list --no-providers')).stdout).toContain('1 MIOSA_CREDIT_CENTS = 0.0123 USD');
  });

  it('takes the billing-cycle day of the settings', async () => {
    await rates({MIOSA_CREDIT_CENTS: '1'}, {billingCycleDay: 20});
    await set('openai 1000000');
    const [row] = await rows();
    const expected = totalsOf(billsOf('2026-11-20', '2026-11-22').filter(of('openai'))).USD;
    expect(row).toMatchObject({
      spent: expected,
      period_start: '2026-11-20T00:00:00Z',
      period_end: '2026-12-20T00:00:00Z',
    });
  });
});

describe('several accounts of one provider', () => {
  it('a provider is all of them, an account is one', async () => {
    const store = openStore({
      directory,
      platform: 'linux',
      clock: {sleep: async () => undefined},
      warn: () => undefined,
    });
    await store.save({
      name: 'work',
      provider: 'openai',
      secret: SECRETS.openai,
      addedAt: instant(0),
      settings: {},
    });
    const one = new Big(totalsOf(billsOf('2026-11-01', '2026-11-22').filter(of('openai'))).USD!);
    await set('openai 1000000');
    await set('account:openai 1000000');
    await set('account:work 1000000');
    await set("'work/Alpha' 1000000");
    const found = Object.fromEntries((await rows()).map(row => [row.scope, row.spent]));
    expect(found).toEqual({
      openai: one.times(2).toFixed(),
      'account:openai': one.toFixed(),
      work: one.toFixed(),
      'work/Alpha': totalsOf(
        billsOf('2026-11-01', '2026-11-22').filter(labelled('openai', 'project', 'proj_alpha')),
      ).USD,
    });
  });
});

describe('what a provider does not tell', () => {
  const lab = (name: string) => labelled('ionq', 'project', name);

  it('leaves bounds, between which nothing is certain', async () => {
    const bills = billsOf('2026-11-01', '2026-11-22');
    const long = new Set(bills.filter(lab('lab-7')).map(({at}) => at));
    // The five largest of eight a day are listed; on each third day there are only two, of which it is one.
    const least = new Big(totalsOf(bills.filter(bill => lab('lab-1')(bill) && !long.has(bill.at))).USD!);
    await set(`ionq/lab-1 ${least.minus('0.01').toFixed(2)}`);
    expect((await run('budget check')).code).toBe(7);
    await set(`ionq/lab-1 ${least.round(2, Big.roundUp).plus(1).toFixed()}`);
    const unsure = await run('budget check');
    expect(unsure.code).toBe(5);
    expect(unsure.stdout).toContain('in (other) may belong to it');
    expect((await run('budget check --fail-open')).code).toBe(0);
    await set('ionq/lab-1 1000000');
    const [row] = await rows('budget check --json', 0);
    expect(row).toMatchObject({result: 'within', spent: null, at_least: least.toFixed(), state: 'ok'});
  });

  it('is said of users, whom some bill cannot be told by', async () => {
    await set('user:ann@example.org 1000000 --currency MIOSA_CREDIT_CENTS');
    const trial = await run('budget check');
    expect(trial.stderr).toContain('openai not counted, for costs there are not told by user');
    expect(providers.paths('openai')).toEqual([]);
  });

  it('a project that no account knows is refused', async () => {
    await set('openai/Alhpa 10');
    const trial = await run('budget check');
    expect(trial.code).toBe(2);
    expect(trial.stdout).toContain('no account knows such a project');
    expect(trial.stdout).toContain('did you mean Alpha?');
  });
});

describe('failures', () => {
  it('nothing that failed is within; what is over without it is over', async () => {
    providers = await startProviders({openai: well, ionq: down});
    await set('all 1000000');
    const trial = await run('budget check');
    expect(trial.code).toBe(5);
    expect(trial.stdout).toMatch(/^unknown {2}all: could not be checked: IonQ/);
    await set('all 1');
    const over = await run('budget check');
    expect(over.code).toBe(7);
    expect(over.stdout).toMatch(/^over {5}all: at least \$/);
    await set('openai 1000000');
    await run('budget remove all');
    expect(await run('budget check')).toMatchObject({code: 0}); // IonQ has no say in it
  });

  it('exit 4 if all that is missing are credentials, and --fail-open forgives both', async () => {
    await set('ionq 5');
    const none = await run('budget check', {env: {}});
    expect(none).toMatchObject({code: 4, stdout: ''});
    expect((await run('budget check --fail-open', {env: {}})).code).toBe(0);
    const {OPENAI_ADMIN_KEY, OPENAI_BASE_URL} = providers.env;
    const other = await run('budget check', {env: {OPENAI_ADMIN_KEY, OPENAI_BASE_URL}});
    expect(other.code).toBe(4);
    expect(other.stdout).toContain('no account of ionq is set up');
    const refused = {...providers.env, IONQ_API_KEY: 'wrong'};
    expect((await run('budget check', {env: refused})).code).toBe(4);
    expect((await run('budget check --fail-open', {env: refused})).code).toBe(0);
  });

  it('a wrong flag or no budget is 2, also with --fail-open', async () => {
    expect((await run('budget check --fail-open')).code).toBe(2);
    await set('openai 5');
    expect((await run('budget check ionq --fail-open')).code).toBe(2);
    expect((await run('budget check --at 0 --fail-open')).code).toBe(2);
    expect((await run('budget check --timeout 0 --fail-open')).code).toBe(2);
    expect((await run('budget check --at nine')).stderr).toContain('--at "nine" is no percent');
  });
});

describe('lines', () => {
  const SPENT = new Big(totalsOf(billsOf('2026-11-01', '2026-11-22').filter(of('openai'))).USD!);

  it('--at moves it', async () => {
    const amount = SPENT.times('1.6').round(2, Big.roundHalfUp);
    await set(`openai ${amount.toFixed()}`);
    expect((await run('budget check')).code).toBe(0);
    expect((await run('budget check --at 70')).code).toBe(0);
    const trial = await run('budget check --at 62%');
    expect(trial.code).toBe(7);
    expect(trial.stdout).toContain('over its line at 62%');
  });

  it('--forecast takes the run rate of the complete days', async () => {
    const complete = new Big(totalsOf(billsOf('2026-11-01', '2026-11-21').filter(of('openai'))).USD!);
    const projected = complete.times(30).div(21);
    const cents = projected.round(2, Big.roundUp);
    expect(projected.gt(SPENT)).toBe(true);
    await set(`openai ${cents.toFixed()}`);
    expect((await run('budget check --forecast')).code).toBe(0);
    await set(`openai ${cents.minus('0.01').toFixed()}`);
    expect((await run('budget check')).code).toBe(0);
    const trial = await run('budget check --forecast');
    expect(trial.code).toBe(7);
    expect(trial.stdout).toContain('projected by 2026-11-30, over by');
  });

  it('a forecast of a provider that tells no days asks for the running day by itself', async () => {
    const belongs = of('miosa');
    const sum = (last: string) =>
      new Big(totalsOf(billsOf('2026-11-01', last).filter(belongs)).MIOSA_CREDIT_CENTS!);
    const projected = sum('2026-11-21').times(30).div(21);
    await set(`miosa ${projected.round(2, Big.roundUp).toFixed()} --currency MIOSA_CREDIT_CENTS`);
    expect((await run('budget check --forecast')).code).toBe(0);
    expect(providers.paths('miosa')).toEqual(['/usage', '/usage']);
    await set(
      `miosa ${projected.round(2, Big.roundUp).minus('0.01').toFixed()} --currency MIOSA_CREDIT_CENTS`,
    );
    expect((await run('budget check --forecast')).code).toBe(7);
    expect((await run('budget check')).code).toBe(0);
  });

  it('says so where it is too early, and a budget that has not begun is within', async () => {
    await set('openai 1000000 --period day');
    expect((await run('budget check --forecast')).stdout).toContain('too early to project');
    await set('openai 0 --starts 2026-12-01 --period day');
    expect(await run('budget check')).toMatchObject({code: 0, stdout: 'within   openai: has not begun\n'});
    expect(await rows()).toMatchObject([{state: 'not_begun', spent: null, result: 'within'}]);
  });

  it('--quiet prints what is not within, and nothing otherwise', async () => {
    await set('openai 1000000');
    expect(await run('budget check --quiet')).toEqual({code: 0, stdout: '', stderr: ''});
    await set('ionq 1');
    const trial = await run('budget check --quiet');
    expect(trial).toMatchObject({code: 7, stderr: ''});
    expect(trial.stdout).toMatch(/^over {5}ionq: .*\n$/);
  });

  it('checks the scopes given, and those alone are asked for', async () => {
    await set('openai 1000000');
    await set('ionq 1');
    expect((await run('budget check openai')).code).toBe(0);
    expect(providers.paths('ionq')).toEqual([]);
    expect((await run('budget check openai ionq')).code).toBe(7);
  });
});

describe('requests', () => {
  it('budgets of one kind and time share them', async () => {
    for (const scope of ['all', 'openai', 'account:openai']) await set(`${scope} 1000000`);
    await run('budget check');
    const shared = providers.paths('openai').length;
    await run('budget check openai');
    expect(providers.paths('openai').length).toBe(2 * shared);
  });
});

describe('line items of a model', () => {
  it.each([
    ['gpt-4o-2024-08-06, input', 'gpt-4o', true],
    ['gpt-4o-2024-08-06, input', 'gpt-4o-2024-08-06', true],
    ['gpt-4o, cached input', 'gpt-4o', true],
    ['evals | gpt-4o-mini-2024-07-18, input', 'gpt-4o-mini', true],
    ['gpt-4o-mini-2024-07-18, input', 'gpt-4o', false],
    ['ft-gpt-4o-2024-08-06, input', 'gpt-4o', false],
    ['gpt-4o', 'gpt-4o', true],
    ['gpt-4o-2024-08-06, input', 'gpt-4o-2024-05-13', false],
    ['assistants api | file search', 'file search', true],
    ['Web search tool calls', 'web', false],
  ])('%s belongs to %s: %s', (item, model, belongs) => {
    expect(isOfModel(item, model)).toBe(belongs);
  });
});
