import Big from 'big.js';
import {beforeEach, describe, expect, it} from 'vitest';
import {answered, type Envelope, type Row, usage} from '../../support/context.ts';
import {BALANCE, EARLIER, QUOTA_LIMITS, usedEver} from '../../support/providers/directory.ts';
import {type Bill, billsOf, sumBy, totalsOf} from '../../support/providers/expected.ts';
import {ALL, type Providers, startProviders} from '../../support/providers.ts';

let providers: Providers;
beforeEach(async () => {
  providers = await startProviders(ALL);
});
const ask = (line: string): Promise<Envelope> => answered(line, {env: providers.env});
const rowOf = ({rows}: Envelope, project: string): Row =>
  rows.find(({project_id}) => project_id === project) ?? {};

const MTD = billsOf('2026-11-01', '2026-11-22');
const billed = (bills: readonly Bill[], project: string): string =>
  bills
    .filter(({labels}) => labels.project === project)
    .reduce((sum, {amount}) => sum.plus(amount), new Big(0))
    .toFixed();
const minus = (a: string, b: string): string => new Big(a).minus(b).toFixed();

describe('the costs of all projects', () => {
  it.each([
    ['projects', 'costs', MTD],
    ['projects list --period last-month', 'costs --period last-month', billsOf('2026-10-01', '2026-10-31')],
    ['projects --period 7d', 'costs --period 7d', billsOf('2026-11-16', '2026-11-22')],
    ['projects --period 2026-11-05', 'costs --period 2026-11-05', billsOf('2026-11-05', '2026-11-05')],
    ['projects --period 2027', 'costs --period 2027', []],
    [
      'projects --provider ionq,miosa',
      'costs --provider ionq,miosa',
      MTD.filter(bill => bill.provider !== 'openai'),
    ],
    ['projects --account openai', 'costs --account openai', MTD.filter(bill => bill.provider === 'openai')],
    ['projects --fields project_id,cost,currency', 'costs', MTD],
    ['projects --sort used', 'costs', MTD],
  ])('%s come to what %s says, to the last digit', async (line, same, bills) => {
    const {rows, totals} = await ask(line);
    const costed = rows.filter(({cost}) => cost !== null);
    expect(
      sumBy(
        costed,
        row => row.currency ?? '',
        row => row.cost ?? '',
      ),
    ).toEqual(totalsOf(bills));
    const reference = await ask(same);
    expect(totals).toEqual(reference.totals);
    expect(
      sumBy(
        totals,
        ({currency}) => currency,
        ({cost}) => cost,
      ),
    ).toEqual(totalsOf(bills));
  });

  it('hold what no project is named for, and what the provider cuts off', async () => {
    const {rows} = await ask('projects');
    const special = rows.filter(({project_id}) => project_id === null);
    expect(special.map(({provider, project_name}) => `${provider} ${project_name}`).sort()).toEqual([
      'ionq (other)',
      'miosa (unattributed)',
      'openai (unattributed)',
    ]);
    for (const {state, budget_kind, budget} of special)
      expect([state, budget_kind, budget]).toEqual([null, null, null]);
  });

  it('hold a project that is in no list, as unknown', async () => {
    const {rows, totals} = await ask('projects --provider ionq');
    const cut = await startProviders({
      ionq: request =>
        request.path === '/projects'
          ? {body: {projects: [{id: 'lab-0', name: 'Alpha', quotaUsage: 1}]}}
          : 'serve',
    });
    const answer = await answered('projects --provider ionq', {env: cut.env});
    expect(answer.totals).toEqual(totals);
    expect(answer.rows.filter(({state}) => state === 'unknown').length).toBeGreaterThan(1);
    expect(rowOf(answer, 'lab-7')).toMatchObject({
      project_name: 'Lab 7',
      budget_kind: 'unknown',
      cost_ever: null,
    });
    expect(rowOf(answer, 'lab-7').cost).toBe(rows.find(({project_id}) => project_id === 'lab-7')?.cost);
  });
});

describe('a row', () => {
  it('tells of OpenAI state, members, and a limit in cents against the running month', async () => {
    const answer = await ask('projects --provider openai');
    const spent = billed(MTD, 'proj_alpha');
    expect(rowOf(answer, 'proj_alpha')).toMatchObject({
      project_name: 'Alpha',
      state: 'active',
      members: '2',
      budget_kind: 'limited',
      budget: '1234.57',
      budget_period: 'month',
      budget_enforced: true,
      budget_spent: spent,
      remaining: minus('1234.57', spent),
      used: new Big(spent).div('1234.57').round(6).toFixed(),
      budget_currency: 'USD',
      cost: spent,
      currency: 'USD',
      cost_ever: null,
      backends: null,
    });
    expect(rowOf(answer, 'proj_beta')).toMatchObject({
      members: '1',
      budget_kind: 'unlimited',
      budget: null,
      remaining: null,
      used: null,
    });
    expect(rowOf(answer, 'proj_old')).toMatchObject({
      state: 'archived',
      members: null,
      budget_kind: 'unknown',
    });
  });

  it('sets a monthly limit against the running month, whatever period is asked for', async () => {
    const spent = billed(MTD, 'proj_alpha');
    const answer = await ask('projects --provider openai --period last-month');
    expect(rowOf(answer, 'proj_alpha')).toMatchObject({
      cost: billed(billsOf('2026-10-01', '2026-10-31'), 'proj_alpha'),
      budget_spent: spent,
      remaining: minus('1234.57', spent),
    });
  });

  it('tells of IonQ limits and spend of all time: limited, unlimited, and 0', async () => {
    const answer = await ask('projects --provider ionq');
    expect(rowOf(answer, 'lab-0')).toMatchObject({
      state: 'unknown',
      budget_kind: 'limited',
      budget: '5000.5',
      budget_period: 'total',
      budget_enforced: true,
      cost_ever: usedEver('lab-0'),
      cost_ever_currency: 'USD',
      budget_spent: usedEver('lab-0'),
      remaining: minus('5000.5', usedEver('lab-0')),
      backends: 'qpu.forte-1, simulator',
      members: null,
    });
    expect(rowOf(answer, 'lab-1')).toMatchObject({budget_kind: 'unlimited', budget: null, remaining: null});
    expect(rowOf(answer, 'lab-2')).toMatchObject({
      budget_kind: 'limited',
      budget: String(QUOTA_LIMITS['lab-2']),
      budget_remark: 'no QPU jobs',
      used: null,
      remaining: minus('0', usedEver('lab-2')),
    });
    expect(new Big(usedEver('lab-2')).gt(EARLIER)).toBe(true);
  });

  it('tells of MIOSA projects by the id that costs have', async () => {
    const answer = await ask('projects --provider miosa');
    expect(rowOf(answer, 'alpha')).toMatchObject({
      project_name: 'Alpha',
      state: 'active',
      budget_kind: 'unknown',
      cost: billed(MTD, 'alpha'),
      currency: 'MIOSA_CREDIT_CENTS',
    });
  });

  it('is said once of the whole account what it may spend', async () => {
    const {notices} = await ask('projects');
    const said = notices
      .filter(({code}) => code === 'account_budget')
      .map(({account, message}) => [account, message]);
    expect(said).toEqual([
      ['openai', 'the whole account has a limit of 15000.01 USD a month, which is not enforced'],
      ['ionq', `the whole account has a limit of 150000 USD for all time, of which ${BALANCE} USD are left`],
      ['miosa', 'the whole account has a balance of 1500 MIOSA_CREDITS'],
    ]);
  });
});

describe('flags', () => {
  it('--state keeps only some', async () => {
    const {rows} = await ask('projects --provider openai --state archived');
    expect(rows.map(({project_id}) => project_id)).toEqual(['proj_old']);
    const both = await ask('projects --state active,archived');
    expect([...new Set(both.rows.map(({state}) => state))].sort()).toEqual(['active', 'archived']);
  });

  it('--sort orders by any column, and puts what is not told last', async () => {
    const column = async (line: string, key: string) => (await ask(line)).rows.map(row => row[key] ?? null);
    const used = await column('projects --sort used', 'used');
    const told = used.filter(value => value !== null).map(Number);
    expect(told.length).toBeGreaterThan(1);
    expect(told).toEqual(told.toSorted((a, b) => b - a));
    expect(used.slice(told.length).every(value => value === null)).toBe(true);
    const names = await column('projects --sort project_name:asc --provider ionq', 'project_name');
    expect(names).toEqual(names.toSorted());
  });

  it('--fields picks columns, and nothing is asked for that none of them shows', async () => {
    await ask('projects --provider openai --fields project_name,cost');
    expect(providers.paths('openai').some(path => /users|spend_limit/.test(path))).toBe(false);
    const {rows} = await ask('projects --provider openai --fields members,project_id');
    expect(Object.keys(rows[0] ?? {})).toEqual(['members', 'project_id']);
    expect(providers.paths('openai').some(path => path.endsWith('/users'))).toBe(true);
    expect(providers.paths('openai').some(path => path.endsWith('/spend_limit'))).toBe(false);
  });

  it('--fields help lists them without asking anybody', async () => {
    const {stdout, code} = await usage('projects --fields help', {env: providers.env});
    expect(code).toBe(0);
    expect(stdout).toMatch(/^remaining +budget - budget_spent/m);
    expect(providers.paths('openai')).toEqual([]);
  });

  it.each([
    ['projects --state activ', 'active'],
    ['projects --fields budgt', 'budget'],
    ['projects --sort cots', 'cost'],
    ['projects --period mdt', 'mtd'],
    ['projects sho x', 'show'],
  ])('%s is wrong input that names %s', async (line, nearest) => {
    const {code, stdout, stderr} = await usage(line, {env: providers.env});
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`did you mean ${nearest}?`);
    expect(providers.paths('openai')).toEqual([]);
  });

  it.each(['table', 'csv', 'tsv', 'json', 'ndjson', 'markdown'])(
    '--format %s holds every project',
    async format => {
      const {code, stdout} = await usage(`projects --format ${format}`, {env: providers.env});
      expect(code).toBe(0);
      for (const name of ['Alpha', 'Old lab', 'Lab 7', '(unattributed)']) expect(stdout).toContain(name);
    },
  );

  it('only ever reads', async () => {
    await ask('projects');
    for (const provider of ['openai', 'ionq', 'miosa'] as const)
      expect(providers.received(provider).every(({method}) => method === 'GET')).toBe(true);
  });
});

describe('when a project was last active', () => {
  it('is its last day with a cost in a period up to now, and not told by one that is over', async () => {
    const {rows} = await ask('projects --provider openai');
    expect(rows.find(({project_id}) => project_id === 'proj_beta')?.last_activity).toMatch(/^2026-11-2\d/);
    const activity = async (line: string) => (await ask(line)).rows.map(row => row.last_activity ?? null);

    const past = await activity('projects --provider openai --period 2026-10-01..2026-11-21');
    expect(past.length).toBeGreaterThan(2);
    expect(new Set(past)).toEqual(new Set([null]));
    const shown = await ask('projects show openai/proj_beta --period last-month');
    expect(JSON.stringify(shown.project)).toContain('"last_activity":null');
    // Its key says when it was used.
    const told = await ask('projects show openai/proj_alpha --period last-month');
    expect(JSON.stringify(told.project)).toContain('"last_activity":"2026-11-20');
  });
});
