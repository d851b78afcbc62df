import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {type Circumstances, envelope, type Row, temporary, usage} from '../support/context.ts';
import {raw, serialize} from '../support/fixtures.ts';
import type {Reply} from '../support/loopback.ts';
import {except, startProviders} from '../support/providers.ts';

// What is known of a budget is said, although something else could not be read.

let directory: string;
beforeEach(async () => {
  directory = join(await temporary(), 'config');
});
const run = (line: string, more: Circumstances = {}) => usage(line, {directory, ...more});

const BROKEN: Reply = {status: 500, body: {statusCode: 500, error: 'Internal', message: 'no'}};
const FORBIDDEN: Reply = {status: 403, body: {error: {message: 'nope', type: 'x', param: null, code: null}}};

describe('a list that fails beside figures that are known', () => {
  it('of IonQ’s projects: budgets kept here are shown, exit 6', async () => {
    const {env} = await startProviders({ionq: except(/\/projects$/, BROKEN)});
    await run('budget set ionq 1');
    expect((await run('budget check', {env})).code).toBe(7);
    const trial = await run('budget list --json', {env});
    expect(trial.code).toBe(6);
    const {rows, sources} = envelope(trial);
    expect(rows).toMatchObject([{scope: 'ionq', state: 'exceeded', error: null}]);
    expect(sources).toMatchObject([{account: 'ionq', status: 'failed'}]);
    expect(JSON.parse(trial.stderr).error).toMatchObject({
      code: 'server_error',
      hint: expect.stringContaining('a key of an owner of the organization'),
    });
    const table = await run('budget list', {env});
    expect(table.code).toBe(6);
    expect(table.stdout).toMatch(/ionq .*exceeded/);
  });

  it('of OpenAI’s projects: what needs no name is shown, the hint names the right that names take', async () => {
    const {env} = await startProviders({openai: except(/^\/organization\/projects$/, FORBIDDEN)});
    await run('budget set openai/proj_alpha 1000000');
    await run('budget set openai/Beta 100');
    const trial = await run('budget list --json', {env});
    expect(trial.code).toBe(6);
    const kept = envelope(trial).rows.filter(row => row.kept_by === 'usage');
    expect(kept).toMatchObject([
      {scope: 'openai/Beta', state: 'unknown', spent: null},
      {scope: 'openai/proj_alpha', state: 'ok', error: null},
    ]);
    const {hint} = JSON.parse(trial.stderr).error;
    expect(hint).toContain("may read the organization's projects");
    expect(trial.stderr).not.toMatch(/log in again/i);
    expect((await run('budget list --no-providers', {env})).stdout).toMatch(/openai\/Beta .*unknown/);
  });

  it('leaves a failure alone if it leaves nothing', async () => {
    const {env} = await startProviders({openai: except(/^\/organization\/(projects|spend.*)$/, FORBIDDEN)});
    await run('budget set openai/Beta 100');
    expect(await run('budget list --no-providers', {env})).toMatchObject({code: 4, stdout: ''});
  });
});

const FIVE: readonly Listed[] = ['p0', 'p1', 'p2', 'p3', 'p4'].map(id => [id, 10]);
type Listed = readonly [id: string, amount: number, name?: string];

/** IonQ's usage by day: what a day came to, and the groups that are listed of it. */
function daily(days: readonly (readonly [from: string, amount: number, groups: readonly Listed[]])[]): Reply {
  return {
    body: {
      group_type: 'project',
      modality: 'daily',
      usage_unit: 'USD',
      amount_total: days.reduce((sum, [, amount]) => sum + amount, 0),
      time_us_total: 10 * days.length,
      job_count_total: 10 * days.length,
      usage_data: days.map(([from, amount, groups]) => ({
        from,
        amount,
        time_us: 10,
        job_count: 10,
        group_usages: groups.map(([id, part, name = id]) => ({
          group_id: id,
          group_name: name,
          amount: part,
          time_us: 1,
          job_count: 1,
        })),
      })),
    },
  };
}

describe('what IonQ does not list by itself', () => {
  const check = async (days: Parameters<typeof daily>[0], scope = 'ionq/p0', amount = '21') => {
    const {env} = await startProviders({ionq: except(/\/usage$/, daily(days))});
    await run(`budget set ${scope} ${amount}`);
    return run('budget check', {env});
  };
  const listed = [
    ['2026-11-04', 53.5, FIVE],
    ['2026-11-03', 52, FIVE],
  ] as const;

  it('on a day with the project is not of the project', async () => {
    const trial = await check(listed);
    expect(trial.stdout).toContain('within   ionq/p0: $20.00 of $21.00');
    expect(trial.code).toBe(0);
    const over = await check(listed, 'ionq/p0', '19.99');
    expect(over.stdout).toContain('over by $0.01 since 2026-11-04');
    expect(over.code).toBe(7);
  });

  it('on a day without it may be', async () => {
    const absent = ['2026-11-05', 53.5, [['p9', 10], ...FIVE.slice(1)]] as const;
    const trial = await check([absent, ...listed]);
    expect(trial.code).toBe(5);
    expect(trial.stdout).toContain('3.5 USD in (other) may belong to it');
    expect((await check([absent, ...listed], 'ionq/p0', '23.5')).code).toBe(0);
  });

  it('may hold another project of the same name, but not of the same id', async () => {
    const named = FIVE.map(([id, amount]): Listed => [id, amount, id === 'p0' ? 'Lab' : id]);
    const day = ['2026-11-03', 52, named] as const;
    expect((await check([day], 'ionq/Lab', '11')).code).toBe(5);
    await run('budget remove ionq/Lab');
    expect((await check([day], 'ionq/p0', '11')).code).toBe(0);
  });
});

it('what IonQ says is left of its budget tells what is spent, as in projects show', async () => {
  const body = {budget: 1000, balance: raw('47.5000000001'), currency: 'USD'};
  const report: Reply = {body: serialize(body)};
  const {env} = await startProviders({ionq: except(/^\/v0\.3\/report\//, report)});
  const told = {spent: '952.4999999999', remaining: '47.5000000001'};
  const list = await run('budget list --json', {env});
  const row = envelope(list).rows.find(({scope}) => scope === 'ionq');
  expect(row).toMatchObject({...told, percent: '95.25', state: 'critical', error: null});
  const shown = await run('projects show ionq/lab-1 --json', {env});
  const {budgets} = envelope(shown) as unknown as {readonly budgets: readonly Row[]};
  expect(budgets.find(({scope}) => scope === 'account')).toMatchObject({...told, used: '0.9525'});
});

describe('a project that no cost names', () => {
  const PATH = /^\/organization\/projects$/;
  const listing = (...ids: readonly string[]) =>
    except(PATH, {
      body: {object: 'list', data: ids.map(id => ({id, name: null, status: 'archived'})), has_more: false},
    });
  const QUIET = 'openai/proj_quiet: no cost of this period names it';

  it('is nothing if the list has it, archived or without a name', async () => {
    const {env, paths} = await startProviders({openai: listing('proj_alpha', 'proj_quiet')});
    await run('budget set openai/proj_quiet 10');
    const trial = await run('budget check --json', {env});
    expect(trial).toMatchObject({code: 0, stderr: ''});
    expect(envelope(trial).rows).toMatchObject([{result: 'within', spent: '0'}]);
    expect(envelope(trial).notices).toContainEqual(expect.objectContaining({code: 'nothing_billed'}));
    expect(paths('openai').filter(path => PATH.test(path))).toHaveLength(1);
    expect(await run('budget check --quiet', {env})).toEqual({code: 0, stdout: '', stderr: ''});
  });

  it.each([
    ['openai', 'proj_alpah', 'proj_alpha'],
    ['ionq', 'lab-77', 'lab-7'],
    ['miosa', 'alhpa', 'alpha'],
  ] as const)('is refused if the list of %s does not have %s', async (provider, project, near) => {
    const {env} = await startProviders({[provider]: () => 'serve'});
    await run(`budget set ${provider}/${project} 100`);
    const trial = await run('budget check --quiet --fail-open', {env});
    expect(trial.code).toBe(2);
    expect(trial.stdout).toContain('no account knows such a project');
    expect(trial.stdout.toLowerCase()).toContain(`did you mean ${near}?`);
    const list = envelope(await run('budget list --no-providers --json', {env}));
    expect(list.rows).toMatchObject([{state: 'unknown', spent: null}]);
    expect(list.rows[0]?.error).toContain('no account knows');
  });

  it.each([[FORBIDDEN], [BROKEN]])(
    'is a warning that --quiet does not hide if there is no list: %j',
    async answer => {
      const {env} = await startProviders({openai: except(PATH, answer)});
      await run('budget set openai/proj_quiet 10');
      const trial = await run('budget check --quiet', {env});
      expect(trial).toMatchObject({code: 0, stdout: ''});
      expect(trial.stderr).toContain(`warning: ${QUIET}`);
      const {notices} = envelope(await run('budget check --json', {env}));
      const message = expect.stringContaining(QUIET);
      expect(notices).toContainEqual({level: 'warning', code: 'unconfirmed_project', message});
    },
  );

  it('is a warning where IonQ only mentions some', async () => {
    const {env} = await startProviders({ionq: except(/\/projects$/, {status: 404, body: {}})});
    await run('budget set ionq/lab-77 100');
    const trial = await run('budget check --quiet', {env});
    expect(trial.stderr + trial.stdout).toContain('ionq/lab-77: no cost of this period names it');
    expect(trial.code).toBe(5); // it may be in (other)
  });
});
