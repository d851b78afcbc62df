import Big from 'big.js';
import {beforeEach, describe, expect, it} from 'vitest';
import {answered, type Row, usage} from '../../support/context.ts';
import {ALERT_CENTS, BALANCE, ORGANIZATION_CENTS} from '../../support/providers/directory.ts';
import {type Bill, billsOf, sumBy} from '../../support/providers/expected.ts';
import {ALL, except, type Providers, startProviders} from '../../support/providers.ts';

let providers: Providers;
beforeEach(async () => {
  providers = await startProviders(ALL);
});

type Part = readonly Row[];
interface Shown {
  readonly project: Row;
  readonly days: Part;
  readonly members: Part;
  readonly items: Part;
  readonly budgets: Part;
  readonly totals: readonly {readonly currency: string; readonly cost: string}[];
  readonly notices: readonly {readonly code: string; readonly account?: string; readonly message: string}[];
}

const show = async (line: string, env = providers.env): Promise<Shown> =>
  (await answered(`projects show ${line}`, {env})) as object as Shown;

const MTD = billsOf('2026-11-01', '2026-11-22');
const of = (project: string, bills: readonly Bill[] = MTD) =>
  bills.filter(({labels}) => labels.project === project);
const total = (bills: readonly {readonly amount: string}[]): string =>
  bills.reduce((sum, {amount}) => sum.plus(amount), new Big(0)).toFixed();
const costs = (part: Part): string => total(part.flatMap(({cost}) => (cost ? [{amount: cost}] : [])));
const byDay = (bills: readonly Bill[]) =>
  sumBy(
    bills,
    ({at}) => new Date(at).toISOString().slice(0, 10),
    ({amount}) => amount,
  );
const shownByDay = (days: Part) =>
  sumBy(
    days,
    ({date}) => date ?? '',
    ({cost}) => cost ?? '',
  );

describe('every part of a project comes to what it was billed', () => {
  it.each(['openai/proj_alpha', 'ionq/lab-0', 'ionq/lab-7', 'miosa/alpha'])('%s', async wanted => {
    const project = wanted.slice(wanted.indexOf('/') + 1);
    const shown = await show(wanted);
    const expected = total(of(project));
    expect(shown.project.cost).toBe(expected);
    expect(shown.totals.map(({cost}) => cost)).toEqual([expected]);
    expect(shownByDay(shown.days)).toEqual(byDay(of(project)));
    expect(costs(shown.members)).toBe(expected);
    if (shown.items) expect(costs(shown.items)).toBe(expected);
  });

  it('over another period', async () => {
    const october = billsOf('2026-10-01', '2026-10-31');
    const shown = await show('openai/proj_alpha --period last-month');
    expect(shown.project.cost).toBe(total(of('proj_alpha', october)));
    expect(costs(shown.members)).toBe(total(of('proj_alpha', october)));
    expect(shownByDay(shown.days)).toEqual(byDay(of('proj_alpha', october)));
  });
});

describe('who spent what', () => {
  it('is told of OpenAI by the owners of keys; the rest has no user', async () => {
    const {members} = await show('openai/proj_alpha');
    const byKey = (key: string | null) =>
      total(of('proj_alpha').filter(({labels}) => labels.api_key === key));
    expect(members.map(({user_id, user_name, role, cost}) => [user_id, user_name, role, cost])).toEqual(
      expect.arrayContaining([
        ['user-ann', 'Ann', 'owner', byKey('key_ci')],
        ['svc-app', 'app robot', null, byKey('key_app')],
        [null, '(unattributed)', null, byKey(null)],
        ['user-bob', 'Bob', 'member', null],
      ]),
    );
  });

  it('is told of IonQ by jobs, also of those that are not among the five dearest of a day', async () => {
    const {members, items} = await show('ionq/lab-1 --top 3');
    const users = sumBy(
      of('lab-1'),
      ({labels}) => labels.user ?? '',
      ({amount}) => amount,
    );
    expect(Object.fromEntries(members.map(({user_id, cost}) => [user_id, cost]))).toEqual(users);
    expect(items).toHaveLength(4);
    expect(items[3]).toMatchObject({job_id: null, job_name: '(other)'});
    expect(providers.paths('ionq').some(path => /^\/jobs\/.*\/cost$/.test(path))).toBe(true);
  });

  it('and so is what the list of projects has in (other), which is said', async () => {
    const listed = (await answered('projects', {env: providers.env})).rows.find(
      ({project_id}) => project_id === 'lab-0',
    );
    const {project, notices} = await show('ionq/lab-0');
    expect(new Big(project.cost ?? 0).gt(listed?.cost ?? 0)).toBe(true);
    expect(project.cost).toBe(total(of('lab-0')));
    expect(notices.map(({code}) => code)).toContain('more_than_listed');
    expect((await show('ionq/lab-7')).notices.map(({code}) => code)).not.toContain('more_than_listed');
  });

  it('is told of MIOSA by asking for each user', async () => {
    const {members} = await show('miosa/alpha');
    const users = sumBy(
      of('alpha').filter(({labels}) => labels.user),
      ({labels}) => labels.user ?? '',
      ({amount}) => amount,
    );
    const named = members.filter(({user_id}) => user_id !== null);
    expect(Object.fromEntries(named.map(({user_id, cost}) => [user_id, cost]))).toEqual(users);
  });

  it('is not told, and nothing wrong either, by a MIOSA that ignores the filter by user', async () => {
    const {env} = await startProviders({
      miosa: ({query}) => {
        query.delete('external_user_id');
        return 'serve';
      },
    });
    const {members, notices, project} = await show('miosa/alpha', env);
    expect(members).toEqual([]);
    expect(project.cost).toBe(total(of('alpha')));
    expect(notices.map(({message}) => message)).toContainEqual(
      expect.stringMatching(/^who spent what is unknown/),
    );
  });

  it('is left out where the parts are more than the whole', async () => {
    const {env} = await startProviders({
      ionq: except(/^\/jobs\/.*\/cost$/, {body: {dry_run: false, cost: {value: 99_999, unit: 'usd'}}}),
    });
    const {members, items, notices, project} = await show('ionq/lab-0', env);
    expect(members).toEqual([]);
    expect(items).toBeUndefined();
    const {rows} = await answered('projects', {env});
    expect(project.cost).toBe(rows.find(({project_id}) => project_id === 'lab-0')?.cost);
    expect(notices.map(({code}) => code)).toContain('inconsistent');
  });

  it('is line items alone where costs cannot be split by key', async () => {
    const {env} = await startProviders({
      openai: except(/costs$/, ({query}) =>
        query.getAll('group_by').includes('api_key_id')
          ? {
              status: 400,
              body: {
                error: {message: "group_by 'api_key_id' is no supported value", type: 'x', param: 'group_by'},
              },
            }
          : 'serve',
      ),
    });
    const {members, items, notices} = await show('openai/proj_alpha', env);
    expect(members.map(({user_id, cost}) => [user_id, cost])).toEqual([
      ['user-ann', null],
      ['user-bob', null],
    ]);
    expect(costs(items)).toBe(total(of('proj_alpha')));
    expect(notices.map(({message}) => message)).toContainEqual(
      expect.stringMatching(/cannot be split by API key/),
    );
  });
});

describe('budgets', () => {
  it('of OpenAI: limit and alerts of the project, and of the organization, in dollars', async () => {
    const {budgets} = await show('openai/proj_alpha');
    const spent = total(of('proj_alpha'));
    const everything = total(MTD.filter(({provider}) => provider === 'openai'));
    const dollars = (cents: number) => new Big(cents).div(100).toFixed();
    expect(
      budgets.map(({scope, kind, budget, spent, enforced}) => [scope, kind, budget, spent, enforced]),
    ).toEqual([
      ['project', 'limit', '1234.57', spent, true],
      ...ALERT_CENTS.map(cents => ['project', 'alert', dollars(cents), spent, null]),
      ['account', 'limit', dollars(ORGANIZATION_CENTS), everything, false],
    ]);
  });

  it('of IonQ: the project, the organization by its balance, and quotas of those who spent', async () => {
    const {budgets} = await show('ionq/lab-0');
    expect(
      budgets.map(({scope, user_name, budget, remaining}) => [scope, user_name, budget, remaining]),
    ).toEqual([
      ['project', null, '5000.5', expect.any(String)],
      ['account', null, '150000', BALANCE],
      ['user', 'Grace', '250', '204.5'],
    ]);
    expect(budgets[1]).toMatchObject({spent: new Big(150_000).minus(BALANCE).toFixed()});
  });

  it('of MIOSA: quotas of users, over a time that is not told', async () => {
    const {budgets} = await show('miosa/alpha');
    expect(
      budgets.map(({user_id, budget, budget_period, spent}) => [user_id, budget, budget_period, spent]),
    ).toEqual(
      expect.arrayContaining([
        ['user_clinic_42', '5000', 'unknown', null],
        ['ann@example.org', null, null, null],
      ]),
    );
  });

  it('of a month that is not the period asked for', async () => {
    const {budgets} = await show('openai/proj_alpha --period 2026-10-05');
    expect(budgets[0]).toMatchObject({budget: '1234.57', spent: total(of('proj_alpha'))});
  });
});

describe('what is meant', () => {
  it.each([
    [['projects', 'show', 'openai/Alpha'], 'proj_alpha'],
    [['projects', 'show', 'openai/Old lab'], 'proj_old'],
    [['projects', 'show', 'old LAB'], 'proj_old'],
    [['projects', 'show', 'proj_beta'], 'proj_beta'],
    [['projects', 'show', 'm-1'], 'alpha'],
    [['projects', 'show', 'Lab 3'], 'lab-3'],
  ])('%j is %s', async (argv, id) => {
    const {code, stdout} = await usage([...argv, '--json'], {env: providers.env});
    expect(code).toBe(0);
    expect(JSON.parse(stdout).project.project_id).toBe(id);
  });

  it('an ambiguous name lists the candidates', async () => {
    const {code, stdout, stderr} = await usage('projects show Alpha', {env: providers.env});
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('3 projects are called "Alpha"');
    for (const candidate of ['openai/proj_alpha (Alpha)', 'ionq/lab-0 (Alpha)', 'miosa/alpha (Alpha)'])
      expect(stderr).toContain(candidate);
  });

  it.each([
    ['projects show proj_alpa', 'did you mean proj_alpha?'],
    ['projects show openai/Alfa', 'did you mean Alpha?'],
    ['projects show old', 'it is a part of Old lab'],
    ['projects show nothing-like-it', 'to see them all: usage projects'],
  ])('%s: %s', async (line, advice) => {
    const {code, stdout, stderr} = await usage(line, {env: providers.env});
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(advice);
  });

  it('asks only the provider that is named, and speaks of no other', async () => {
    await show('openai/proj_alpha');
    expect(providers.paths('ionq')).toEqual([]);
    const {notices} = await show('proj_alpha');
    expect(providers.paths('ionq')).not.toEqual([]);
    expect(notices.filter(({account}) => account && account !== 'openai')).toEqual([]);
  });

  it('a provider without an account says how to log in', async () => {
    const {env} = await startProviders({ionq: ALL.ionq});
    const {code, stderr} = await usage('projects show openai/x', {env});
    expect(code).toBe(4);
    expect(stderr).toContain('usage auth login openai');
  });

  it('is not decided by a name while the account that may know it has failed', async () => {
    const {env} = await startProviders({...ALL, openai: except(/costs$/, {status: 500, body: {}})});
    const {code, stderr} = await usage('projects show proj_beta', {env});
    expect(code).toBe(5);
    expect(stderr).toMatch(/OpenAI failed/);
  });

  it.each(['table', 'csv', 'tsv', 'ndjson', 'markdown'])('--format %s', async format => {
    const {code, stdout} = await usage(`projects show openai/proj_alpha --format ${format}`, {
      env: providers.env,
    });
    expect(code).toBe(0);
    for (const text of ['app robot', 'gpt-4o-2024-08-06', 'alert']) expect(stdout).toContain(text);
  });
});
