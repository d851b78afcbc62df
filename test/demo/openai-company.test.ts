import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {approximate} from '../../src/core/money.ts';
import {type DemoServer, startDemo} from '../../src/demo/server.ts';
import {ask, buckets, costOf, NOW, rowsOf, unix} from './client.ts';

let demo: DemoServer;
beforeAll(async () => {
  demo = await startDemo(NOW);
});
afterAll(() => demo.close());

interface Project {
  readonly id: string;
  readonly name: string | null;
  readonly status: string;
}

const projects = async (): Promise<readonly Project[]> => {
  const {body} = await ask<{data: Project[]}>(demo, 'openai', '/organization/projects', {
    include_archived: 'true',
    limit: 100,
  });
  return body.data;
};

const idOf = async (name: string | null): Promise<string> =>
  (await projects()).find(project => project.name === name)!.id;

/** Dollars of a span, of one project or all. */
async function spend(start: string, end: string, project?: string): Promise<number> {
  const query = {start_time: unix(start), end_time: unix(end), limit: 180, project_ids: project};
  return approximate(costOf(rowsOf(await buckets(demo, '/organization/costs', query))));
}

describe('the bill of the company', () => {
  test('is between 8 and 16 thousand dollars in each of the last months, and was less before', async () => {
    for (const [start, end] of [
      ['2026-06-01', '2026-07-01'],
      ['2026-08-01', '2026-09-01'],
      ['2026-10-01', '2026-11-01'],
    ] as const) {
      const dollars = await spend(start, end);
      expect(dollars).toBeGreaterThan(8_000);
      expect(dollars).toBeLessThan(16_000);
    }
    expect(await spend('2025-01-01', '2025-02-01')).toBeLessThan(4_000);
  });

  test('is low at weekends', async () => {
    const id = await idOf('Internal Tools');
    const friday = await spend('2026-11-13', '2026-11-14', id);
    const sunday = await spend('2026-11-15', '2026-11-16', id);
    expect(sunday).toBeLessThan(friday / 4);
  });

  test('shows the launch of one project', async () => {
    const id = await idOf('Voice Concierge');
    const before = await spend('2026-06-02', '2026-06-09', id);
    const after = await spend('2026-06-09', '2026-06-16', id);
    const settled = await spend('2026-07-14', '2026-07-21', id);
    expect(after).toBeGreaterThan(before * 10);
    expect(settled).toBeLessThan(after);
    expect(settled).toBeGreaterThan(before * 5);
  });

  test('shows the week in which an agent ran away', async () => {
    const id = await idOf('Agents Platform');
    const before = await spend('2026-09-07', '2026-09-14', id);
    const during = await spend('2026-09-14', '2026-09-21', id);
    const after = await spend('2026-09-21', '2026-09-28', id);
    expect(during).toBeGreaterThan(before * 5);
    expect(after).toBeLessThan(before * 1.5);
  });

  test('has cost of archived, nameless, deleted and no projects', async () => {
    const known = await projects();
    const rows = rowsOf(
      await buckets(demo, '/organization/costs', {
        start_time: unix('2026-11-01'),
        end_time: unix('2026-11-22'),
        group_by: 'project_id',
      }),
    );
    const billed = new Set(rows.map(row => row.project_id));
    const statuses = new Map(known.map(({id, status}) => [id, status]));
    expect(billed.has(null)).toBe(true);
    expect(billed.has(await idOf(null))).toBe(true);
    expect([...billed].some(id => statuses.get(String(id)) === 'archived')).toBe(true);
    expect([...billed].filter(id => id !== null && !statuses.has(String(id))).length).toBe(1);
    expect(known.length).toBeGreaterThan(11);
    expect(
      known.some(
        ({name}) => /\p{Script=Katakana}/u.test(name ?? '') && /\p{Emoji_Presentation}/u.test(name ?? ''),
      ),
    ).toBe(true);
  });
});
