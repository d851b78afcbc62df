import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type DemoServer, startDemo} from '../../src/demo/server.ts';
import {accountOf, ask, fetchJson, NOW, type Query, total} from './client.ts';

interface Row {
  readonly sandbox_seconds: number;
  readonly computer_seconds: number;
  readonly storage_gb_hours: number;
  readonly credit_cents: number;
  readonly [group: string]: number | string | null;
}

interface Rollup {
  readonly period_start: string;
  readonly period_end: string;
  readonly results: readonly Row[];
}

const METRICS = ['sandbox_seconds', 'computer_seconds', 'storage_gb_hours', 'credit_cents'] as const;
const GROUPS = ['external_user_id', 'external_project_id', 'workspace_id'];

let demo: DemoServer;
beforeAll(async () => {
  demo = await startDemo(NOW);
});
afterAll(() => demo.close());

async function usage(query: Query): Promise<Rollup> {
  const {status, body} = await ask<Rollup>(demo, 'miosa', '/usage', query);
  expect(status).toBe(200);
  return body;
}

const custom = (start: number, end: number, group_by: string): Promise<Rollup> =>
  usage({group_by, period: 'custom', start: new Date(start).toISOString(), end: new Date(end).toISOString()});

const totals = (...rollups: readonly Rollup[]): number[] =>
  METRICS.map(metric =>
    total(
      rollups.flatMap(({results}) => results),
      metric,
    ),
  );

const instants = fc.integer({min: Date.UTC(2024, 5, 1), max: NOW + 86_400_000});

describe('usage', () => {
  test('of adjacent spans adds up, wherever they are cut', () =>
    fc.assert(
      fc.asyncProperty(instants, instants, instants, fc.constantFrom(...GROUPS), async (a, b, c, group) => {
        const [start, cut, end] = [a, b, c].toSorted((x, y) => x - y) as [number, number, number];
        const whole = totals(await custom(start, end, group));
        expect(totals(await custom(start, cut, group), await custom(cut, end, group))).toEqual(whole);
      }),
      {numRuns: 40},
    ));

  test('adds up to the same whatever it is grouped by', () =>
    fc.assert(
      fc.asyncProperty(instants, instants, async (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const [first, ...others] = await Promise.all(GROUPS.map(group => custom(start, end, group)));
        for (const other of others) expect(totals(other)).toEqual(totals(first!));
      }),
      {numRuns: 20},
    ));

  test('is ordered by cost, and has a row for what nobody is named for', async () => {
    for (const group_by of GROUPS) {
      const {results} = await usage({group_by});
      const cents = results.map(row => row.credit_cents);
      expect(cents).toEqual(cents.toSorted((a, b) => b - a));
      expect(results.some(row => row[group_by] === null)).toBe(group_by !== 'workspace_id');
      for (const row of results) expect(Object.keys(row)).toEqual([group_by, ...METRICS]);
    }
  });

  test('is some ten thousand credit cents a month, storage in quarters', async () => {
    const rollup = await custom(Date.UTC(2026, 9, 1), Date.UTC(2026, 10, 1), 'workspace_id');
    const [, , storage = 0, cents = 0] = totals(rollup);
    expect(cents).toBeGreaterThan(20_000);
    expect(cents).toBeLessThan(90_000);
    expect(storage * 4).toBe(Math.round(storage * 4));
  });

  test('says which span was taken', async () => {
    const now = '2026-11-22T09:17:23Z';
    const spans = {
      '7d': ['2026-11-15T09:17:23Z', now],
      '30d': ['2026-10-23T09:17:23Z', now],
      mtd: ['2026-11-01T00:00:00Z', now],
    };
    for (const [period, [period_start, period_end]] of Object.entries(spans)) {
      expect(await usage({period})).toMatchObject({period_start, period_end});
    }
    expect(await usage({})).toEqual(await usage({group_by: 'external_user_id', period: '30d'}));
    const dates = await usage({period: 'custom', start: '2026-11-01', end: '2026-11-08'});
    expect(dates).toMatchObject({period_start: '2026-11-01T00:00:00Z', period_end: '2026-11-08T00:00:00Z'});
  });

  test('can be narrowed to one user', async () => {
    const {results} = await usage({external_user_id: 'user_clinic_42'});
    expect(results).toEqual(
      (await usage({})).results.filter(row => row.external_user_id === 'user_clinic_42'),
    );
  });
});

describe('the rest of the account', () => {
  interface List {
    readonly data: readonly {readonly [field: string]: string}[];
    readonly total: number;
    readonly page: {readonly total: number};
  }

  test('projects and workspaces give names to the ids of the rollup', async () => {
    const projects = (await ask<List>(demo, 'miosa', '/projects')).body;
    const workspaces = (await ask<List>(demo, 'miosa', '/workspaces')).body;
    expect([projects.total, workspaces.page.total]).toEqual([projects.data.length, workspaces.data.length]);
    const known = [projects.data.map(item => item.external_project_id), workspaces.data.map(item => item.id)];
    for (const [index, group_by] of ['external_project_id', 'workspace_id'].entries()) {
      const ids = (await usage({group_by})).results.map(row => row[group_by]).filter(id => id !== null);
      expect(known[index]).toEqual(expect.arrayContaining(ids));
    }
    const [first] = workspaces.data;
    const own = (await ask<List>(demo, 'miosa', '/projects', {workspace_id: first?.id})).body;
    expect(own.data).toEqual(projects.data.filter(item => item.workspace_id === first?.id));
  });

  test('workspaces come in pages', async () => {
    const whole = (await ask<List>(demo, 'miosa', '/workspaces')).body.data;
    const pages = await Promise.all(
      [1, 2, 3, 4].map(page => ask<List>(demo, 'miosa', '/workspaces', {page, page_size: 1})),
    );
    expect(pages.flatMap(({body}) => body.data)).toEqual(whole);
  });

  test('the balance is what was bought less what was used', async () => {
    const {body} = await ask<{balance_credits: number; lifetime_earned: number; lifetime_spent: number}>(
      demo,
      'miosa',
      '/credits/balance',
    );
    expect(body.balance_credits).toBe(body.lifetime_earned - body.lifetime_spent);
    const [, , , cents = 0] = totals(await custom(Date.UTC(2024, 0, 1), NOW, 'workspace_id'));
    expect(body.lifetime_spent).toBe(Math.ceil(cents / 100));
  });

  test('quotas are read by id; a user without one is 404', async () => {
    const path = (user: string) => `/quotas/external/${encodeURIComponent(user)}`;
    const {body} = await ask(demo, 'miosa', path('maria.silva@ponte.example'));
    expect(body).toMatchObject({
      data: {external_user_id: 'maria.silva@ponte.example', limits: {max_credit_cents: null}},
    });
    for (const user of ['user_harbor_7', 'constructor', 'a/b'])
      expect((await ask(demo, 'miosa', path(user))).status).toBe(404);
  });
});

describe('errors', () => {
  const range = {period: 'custom', start: '2026-11-01', end: '2026-11-02'};

  test.each([
    ['invalid group_by', {group_by: 'project_id'}],
    ['invalid group_by', {group_by: 'constructor'}],
    ['invalid period', {period: 'month-to-date'}],
    ['invalid_custom_range', {period: 'custom'}],
    ['invalid_custom_range', {...range, end: undefined}],
    ['invalid_custom_range', {...range, start: 'yesterday'}],
    ['invalid_custom_range', {...range, end: '2026-10-31'}],
  ])('%s is 422', async (code, query) => {
    const {status, body} = await ask(demo, 'miosa', '/usage', query);
    expect(status).toBe(422);
    expect(body).toEqual({
      error: {code, message: expect.any(String), request_id: expect.stringMatching(/^req_/)},
    });
  });

  test('a wrong key is 401, an unknown path 404', async () => {
    const {baseUrl, secret} = accountOf(demo, 'miosa');
    for (const authorization of ['Bearer msk_wrong', `apiKey ${secret}`]) {
      expect((await fetchJson(`${baseUrl}/usage`, {authorization})).status).toBe(401);
    }
    expect((await ask(demo, 'miosa', '/usage/summary')).status).toBe(404);
  });
});
