import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parseDate} from '../../src/core/instant.ts';
import {decimal} from '../../src/core/money.ts';
import {Sum} from '../../src/core/sum.ts';
import {type DemoServer, startDemo} from '../../src/demo/server.ts';
import type {ProjectPart, ProjectQuery} from '../../src/drivers/driver.ts';
import {drivers} from '../../src/drivers/index.ts';
import {NOW, type TestSession, testSession} from '../support/session.ts';
import {accountOf, ask} from './client.ts';

/** What the real drivers make of the demo's projects. */
let demo: DemoServer;
const sessions = new Map<string, TestSession>();
beforeAll(async () => {
  demo = await startDemo(NOW);
  for (const driver of drivers) {
    const {baseUrl, secret, settings} = accountOf(demo, driver.id);
    sessions.set(driver.id, await testSession(driver, baseUrl, {secret, settings: {...settings}}));
  }
});
afterAll(async () => {
  for (const session of sessions.values()) await session.close();
  await demo.close();
});

const PARTS: readonly ProjectPart[] = ['members', 'limits', 'alerts', 'quotas', 'funds'];
const query: ProjectQuery = {
  now: NOW,
  window: {start: parseDate('2026-11-01')!, end: parseDate('2026-11-23')!},
  parts: new Set(PARTS),
};

describe.each(drivers.map(driver => [driver.id, driver] as const))('%s', (id, {projects}) => {
  test('lists everything, and nothing is hidden', async () => {
    const session = sessions.get(id)!;
    const {projects: found, budgets} = await projects!.list(query, session);
    expect(found?.length).toBeGreaterThan(4);
    expect(budgets.some(({scope}) => scope.level === 'account')).toBe(true);
    expect(session.notices).toEqual([]);
  });

  test('describes each project, with its account’s budgets', async () => {
    const session = sessions.get(id)!;
    const {projects: found = []} = await projects!.list({...query, parts: new Set()}, session);
    for (const project of found) {
      const {project: described, budgets} = await projects!.describe(project, query, session);
      expect(described).toMatchObject(project);
      expect(budgets.every(({scope}) => scope.level !== 'project' || scope.project.id === project.id)).toBe(
        true,
      );
    }
    expect(session.notices).toEqual([]);
  });
});

test('the jobs of a quantum project cost together what its usage says, wherever it is among the five dearest', async () => {
  const ionq = drivers.find(({id}) => id === 'ionq')!;
  const session = sessions.get('ionq')!;
  const {projects: found = []} = await ionq.projects!.list(query, session);
  const catalyst = found.find(({name}) => name === 'Catalyst Screening')!;
  const sum = new Sum();
  for await (const {cost} of ionq.projects!.charges(catalyst, query, session)) if (cost) sum.add(cost.amount);
  interface Usage {
    readonly usage_data: {
      readonly group_usages: {readonly group_id: string; readonly amount: number | string}[];
    }[];
  }
  const {body} = await ask<Usage>(demo, 'ionq', '/organizations/com.quillhaven/usage', {
    start_date: '2026-11-01',
    end_date: '2026-11-23',
    group_by: 'project',
    modality: 'daily',
  });
  const listed = body.usage_data
    .flatMap(({group_usages}) => group_usages)
    .filter(({group_id}) => group_id === catalyst.id)
    .reduce((all, {amount}) => all.add(decimal(amount)), new Sum());
  expect(sum.value).toBe(listed.value);
});

describe('jobs', () => {
  const get = <T>(path: string, params = {}) => ask<T>(demo, 'ionq', path, params);
  interface Page {
    readonly jobs: readonly {readonly id: string; readonly completed_at: string}[];
    readonly next: string | null;
  }

  test('come newest first, page by page, each once', async () => {
    const seen: Page['jobs'][number][] = [];
    let next: string | undefined;
    for (let page = 0; page < 4; page++) {
      const {body} = await get<Page>('/jobs', {status: 'completed', next});
      seen.push(...body.jobs);
      next = body.next ?? undefined;
    }
    expect(seen).toHaveLength(100);
    expect(new Set(seen.map(({id}) => id)).size).toBe(100);
    const times = seen.map(({completed_at}) => completed_at);
    expect(times).toEqual(times.toSorted().reverse());
  });

  test('refuse what the API would', async () => {
    expect((await get('/jobs', {limit: 26})).status).toBe(400);
    expect((await get('/jobs', {next: 'x'})).status).toBe(400);
    expect((await get('/jobs/nobody/cost')).status).toBe(404);
    const {body} = await get<Page>('/jobs', {status: 'failed'});
    expect(body).toEqual({jobs: [], next: null});
  });
});
