import {describe, expect, onTestFinished, test} from 'vitest';
import {InterruptedError} from '../../../src/core/errors.ts';
import {decimal} from '../../../src/core/money.ts';
import type {Project} from '../../../src/core/project.ts';
import type {Record} from '../../../src/core/record.ts';
import type {ProjectPart, ProjectQuery} from '../../../src/drivers/driver.ts';
import {ionq} from '../../../src/drivers/ionq/index.ts';
import {loopback, type Received, type Reply} from '../../support/loopback.ts';
import {NOW, testSession} from '../../support/session.ts';
import {day} from './subject.ts';

const projects = ionq.projects!;
const NOT_FOUND: Reply = {status: 404, body: {statusCode: 404, error: 'Not Found Error', message: 'no'}};
const query = (...parts: readonly ProjectPart[]): ProjectQuery => ({
  now: NOW,
  window: {start: day('2026-11-01'), end: day('2026-11-23')},
  parts: new Set(parts),
});

type Answers = {readonly [path: string]: unknown | ((request: Received) => Reply)};

async function sessionOf(answers: Answers) {
  const server = await loopback(request => {
    const found = answers[request.path];
    if (found === undefined) return NOT_FOUND;
    return typeof found === 'function' ? found(request) : {body: found};
  });
  const session = await testSession(ionq, server.url, {settings: {organization: 'com.my.org'}});
  onTestFinished(async () => {
    await session.close();
    await server.close();
  });
  return Object.assign(session, {received: server.received});
}

const LAB: Project = {id: 'p-1', state: 'unknown'};
const usd = (amount: string) => ({amount: decimal(amount), currency: 'USD'});

describe('the list', () => {
  test.each([
    ['bare', [{id: 'p-1', name: 'Lab', quotaLimit: 5}]],
    ['in data', {data: [{id: 'p-1', name: 'Lab', quotaLimit: 5}]}],
    ['in projects', {projects: [{id: 'p-1', name: 'Lab', quotaLimit: 5}], next: null}],
  ])('is read %s', async (_, body) => {
    const session = await sessionOf({'/projects': body});
    const {projects: found, budgets} = await projects.list(query('limits'), session);
    expect(found).toEqual([{id: 'p-1', name: 'Lab', state: 'unknown'}]);
    expect(budgets.filter(({scope}) => scope.level === 'project')).toMatchObject([{amount: usd('5')}]);
  });

  test('follows its pages', async () => {
    const session = await sessionOf({
      '/projects': ({query: asked}: Received) => ({
        body: asked.get('next')
          ? {projects: [{id: 'p-2', name: 'B'}]}
          : {projects: [{id: 'p-1', name: 'A'}], next: 'more'},
      }),
    });
    const {projects: found} = await projects.list(query(), session);
    expect(found?.map(({id}) => id)).toEqual(['p-1', 'p-2']);
  });

  test('comes from the older version where the present one tells no ids', async () => {
    const session = await sessionOf({
      '/projects': {projects: [{name: 'Lab', quotaLimit: 7, unit: 'USD'}]},
      '/v0.3/projects': {
        projects: [{id: 'p-1', name: 'Lab', quotaLimit: 7, lastJobRunTime: '2026-11-20T10:00:00Z'}],
      },
    });
    const {projects: found} = await projects.list(query(), session);
    expect(found).toMatchObject([{id: 'p-1', name: 'Lab', lastActivity: Date.parse('2026-11-20T10:00:00Z')}]);
  });

  test('of names alone stands by its names', async () => {
    const session = await sessionOf({
      '/projects': [{name: 'Lab', quotaUsage: 3, quotaLimit: 7, unit: 'usd'}],
    });
    const {projects: found} = await projects.list(query(), session);
    expect(found).toEqual([{id: 'Lab', name: 'Lab', state: 'unknown', spentEver: usd('3')}]);
  });

  test('that is missing leaves the projects of the key and of its sessions', async () => {
    const session = await sessionOf({
      '/whoami': {key_id: 'k', key_name: 'ci', project_id: 'p-1'},
      '/sessions': {organization_id: 'o', sessions: [{project_id: 'p-2'}, {project_id: 'p-1'}]},
    });
    const {projects: found, budgets} = await projects.list(query('limits'), session);
    expect(found?.map(({id, state}) => [id, state])).toEqual([
      ['p-1', 'unknown'],
      ['p-2', 'unknown'],
    ]);
    expect(budgets).toEqual([]);
    expect(session.notices.map(({code}) => code)).toContain('projects_derived');
  });

  test.each([
    [null, 'unlimited', undefined],
    [-1, 'unlimited', undefined],
    [0, usd('0'), 'no QPU jobs'],
    [0.5, usd('0.5'), undefined],
  ])('a limit of %s', async (quotaLimit, amount, remark) => {
    const session = await sessionOf({'/projects': [{id: 'p-1', quotaLimit, quotaUsage: 1}]});
    const [budget] = (await projects.list(query('limits'), session)).budgets;
    expect(budget?.amount).toEqual(amount);
    expect(budget?.remark).toBe(remark);
  });

  test('a project of which neither limit nor use is told has no known limit', async () => {
    const session = await sessionOf({'/projects': [{id: 'p-1', name: 'Lab'}]});
    expect((await projects.list(query('limits'), session)).budgets).toEqual([]);
  });

  test('limits in credits stay credits', async () => {
    const session = await sessionOf({
      '/projects': [{id: 'p-1', quotaLimit: 7, quotaUsage: 2, unit: 'credit'}],
    });
    const {projects: found, budgets} = await projects.list(query('limits'), session);
    expect(found?.[0]?.spentEver?.currency).toBe('CREDITS');
    expect(budgets[0]).toMatchObject({amount: {currency: 'CREDITS'}, spent: {currency: 'CREDITS'}});
  });
});

const job = (id: string, completed: string, more: object = {}) => ({
  id,
  name: null,
  project_id: 'p-1',
  submitter_id: 'u-1',
  submitted_at: completed,
  completed_at: completed,
  ...more,
});
const cost = (value: unknown, unit = 'usd') => ({
  dry_run: false,
  estimated_cost: {value: 1, unit},
  cost: {value, unit},
});

async function chargesOf(
  answers: Answers,
  signal?: AbortController,
): Promise<{records: Record[]; codes: string[]; paths: string[]}> {
  const session = await sessionOf(answers);
  if (signal) Object.assign(session, {signal: signal.signal});
  const records: Record[] = [];
  for await (const record of projects.charges(LAB, query(), session)) records.push(record);
  return {
    records,
    codes: session.notices.map(({code}) => code),
    paths: session.received.map(({path}) => path),
  };
}

describe('charges', () => {
  test('are those of the project that were completed in the window; dry runs and children do not count', async () => {
    const {records} = await chargesOf({
      '/jobs': {
        jobs: [
          job('a', '2026-11-22T08:00:00Z'),
          job('other', '2026-11-21T08:00:00Z', {project_id: 'p-2'}),
          job('dry', '2026-11-20T08:00:00Z', {dry_run: true}),
          job('child', '2026-11-19T08:00:00Z', {parent_job_id: 'a'}),
          job('early', '2026-10-31T23:59:59Z'),
        ],
        next: null,
      },
      '/jobs/a/cost': cost('0.100000000000000000000000001'),
      ...Object.fromEntries(['other', 'dry', 'child', 'early'].map(id => [`/jobs/${id}/cost`, cost(5)])),
    });
    expect(records).toEqual([
      {
        period: {start: day('2026-11-22'), end: day('2026-11-23')},
        labels: {job: {id: 'a'}, user: {id: 'u-1'}},
        cost: {amount: '0.100000000000000000000000001', currency: 'USD'},
      },
    ]);
  });

  test('a job that was not charged has none, one whose cost is hidden is said', async () => {
    const {records, codes} = await chargesOf({
      '/jobs': {jobs: [job('a', '2026-11-22T08:00:00Z'), job('b', '2026-11-21T08:00:00Z')], next: null},
      '/jobs/a/cost': {dry_run: false, estimated_cost: {value: 1, unit: 'usd'}},
    });
    expect(records).toEqual([]);
    expect(codes).toContain('not_visible');
  });

  test('the list is left where ordered jobs are too old, and read to its end where they are not', async () => {
    const pages = (first: string, second: string) => ({
      '/jobs': ({query: asked}: Received) => {
        const page = Number(asked.get('next') ?? 0);
        const at = [first, second][page] ?? '2026-11-05T00:00:00Z';
        return {body: {jobs: [job(`j${page}`, at)], next: page < 2 ? String(page + 1) : null}};
      },
      '/jobs/j0/cost': cost(1),
      '/jobs/j1/cost': cost(1),
      '/jobs/j2/cost': cost(1),
    });
    const ordered = await chargesOf(pages('2026-11-10T00:00:00Z', '2026-01-01T00:00:00Z'));
    expect(ordered.paths.filter(path => path === '/jobs')).toHaveLength(2);
    const mixed = await chargesOf(pages('2026-01-01T00:00:00Z', '2026-11-10T00:00:00Z'));
    expect(mixed.records.map(({labels}) => labels.job?.id)).toContain('j1');
    const shuffled = await chargesOf(pages('2026-11-01T00:00:00Z', '2026-11-10T00:00:00Z'));
    expect(shuffled.records.map(({labels}) => labels.job?.id)).toEqual(['j0', 'j1', 'j2']);
  });

  test('jobs that cannot be listed are a notice', async () => {
    const {records, codes} = await chargesOf({});
    expect([records, codes]).toEqual([[], ['not_visible']]);
  });

  test('are broken off with the run', async () => {
    const controller = new AbortController();
    const server = await loopback(() => {
      controller.abort();
      return NOT_FOUND;
    });
    const session = await testSession(ionq, server.url, {signal: controller.signal});
    onTestFinished(async () => {
      await session.close();
      await server.close();
    });
    const run = async () => {
      for await (const _ of projects.charges(LAB, query(), session)) throw new Error('a record');
    };
    await expect(run()).rejects.toBeInstanceOf(InterruptedError);
  });
});
