import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type DemoServer, startDemo} from '../../src/demo/server.ts';
import {type Answer, ask, buckets, NOW, type Query, rowsOf, unix} from './client.ts';

interface Item {
  readonly id: string;
  readonly object: string;
  readonly [field: string]: unknown;
}

interface List {
  readonly object: string;
  readonly data: readonly Item[];
  readonly first_id: string | null;
  readonly last_id: string | null;
  readonly has_more: boolean;
}

let demo: DemoServer;
beforeAll(async () => {
  demo = await startDemo(NOW);
});
afterAll(() => demo.close());

const get = <T = List>(path: string, query: Query = {}): Promise<Answer<T>> =>
  ask(demo, 'openai', `/organization${path}`, query);

/** Follows `last_id` to the end. */
async function all(path: string, query: Query = {}): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const {status, body}: Answer<List> = await get(path, {...query, after});
    expect(status).toBe(200);
    items.push(...body.data);
    after = body.has_more ? (body.last_id ?? undefined) : undefined;
  } while (after !== undefined);
  return items;
}

const projectOf = async (name: string): Promise<string> =>
  (await all('/projects', {include_archived: 'true'})).find(item => item.name === name)!.id;

describe('lists', () => {
  test('come in pages that hold together', async () => {
    for (const path of ['/projects', '/users']) {
      const whole = await all(path, {limit: 100});
      expect(whole.length).toBeGreaterThan(8);
      for (const limit of [1, 7, undefined]) expect(await all(path, {limit})).toEqual(whole);
    }
  });

  test('refuse a limit out of range and a cursor that is none', async () => {
    for (const query of [{limit: 0}, {limit: 101}, {after: 'proj_none'}]) {
      expect((await get('/projects', query)).status).toBe(400);
    }
  });
});

describe('projects', () => {
  test('leave out archived ones unless asked', async () => {
    const active = await all('/projects');
    const every = await all('/projects', {include_archived: 'true'});
    expect(active.every(({status, archived_at}) => status === 'active' && archived_at === null)).toBe(true);
    const archived = every.filter(({status}) => status === 'archived');
    expect(archived.length).toBe(every.length - active.length);
    expect(archived.every(({archived_at}) => Number(archived_at) > unix('2025-01-01'))).toBe(true);
    expect(archived.length).toBeGreaterThan(1);
  });

  test('are there from the day they were made', async () => {
    const early = await startDemo(Date.UTC(2024, 5, 30) as typeof NOW);
    const {body} = await ask<List>(early, 'openai', '/organization/projects');
    await early.close();
    expect(body.data.map(({name}) => name)).toEqual([
      null,
      'Atlas Search',
      'Data Labelling 2024',
      'Support Copilot',
    ]);
  });

  test('are read one by one; an unknown one is 404', async () => {
    const id = await projectOf('Atlas Search');
    expect((await get<Item>(`/projects/${id}`)).body).toMatchObject({
      id,
      object: 'organization.project',
      name: 'Atlas Search',
    });
    expect((await get('/projects/proj_none')).status).toBe(404);
    expect((await get(`/projects/${id}/nothing`)).status).toBe(404);
  });
});

describe('names', () => {
  test('of keys and users in use are listed, except for those that are gone', async () => {
    const span = {start_time: unix('2026-10-01'), end_time: unix('2026-11-01'), limit: 31};
    const rows = rowsOf(
      await buckets(demo, '/organization/usage/completions', {
        ...span,
        group_by: ['user_id', 'api_key_id', 'project_id'],
      }),
    );
    const users = new Map((await all('/users')).map(({id, name}) => [id, name]));
    const unknown = new Set(rows.map(row => String(row.user_id)).filter(id => !users.has(id)));
    expect(unknown.size).toBe(1);
    const keys = new Set<unknown>([null]);
    for (const {id} of await all('/projects', {include_archived: 'true'})) {
      for (const key of await all(`/projects/${id}/api_keys`, {owner_project_access: 'any'}))
        keys.add(key.id);
    }
    const nameless = rows.filter(row => !keys.has(row.api_key_id)).map(row => row.project_id);
    expect(new Set(nameless).size).toBe(1); // of the project that was deleted, with its keys
  });

  test('of keys: those of people who left are only listed when asked for', async () => {
    const path = `/projects/${await projectOf('Research Sandbox')}/api_keys`;
    const any = await all(path, {owner_project_access: 'any'});
    const inactive = await all(path, {owner_project_access: 'inactive'});
    expect(inactive.map(({name}) => name)).toEqual(['Jonas notebook']);
    expect(any.length).toBe((await all(path)).length + 1);
    for (const key of any) {
      expect(key).toMatchObject({
        object: 'organization.project.api_key',
        redacted_value: expect.stringMatching(/^sk-.+\.\.\..+/),
        owner: {type: expect.stringMatching(/^(user|service_account)$/)},
      });
    }
    expect((await get(path, {owner_project_access: 'all'})).status).toBe(400);
  });

  test('of users are found by mail', async () => {
    expect((await all('/users', {emails: 'zoe@quillhaven.example'})).map(({name}) => name)).toEqual([
      'Zoë Lindqvist',
    ]);
  });

  test('of members are refused for archived projects', async () => {
    const members = await all(`/projects/${await projectOf('Voice Concierge')}/users`);
    expect(members.map(({name}) => name)).toEqual(['Zoë Lindqvist', 'Ngozi Adeyemi', 'Elena Petrova']);
    expect((await get(`/projects/${await projectOf('Offsite Hack 2026')}/users`)).status).toBe(400);
  });
});

describe('budgets', () => {
  test('are in cents, and 404 where none is set', async () => {
    const limit = {currency: 'USD', interval: 'month'};
    expect((await get('/spend_limit')).body).toEqual({
      ...limit,
      object: 'organization.spend_limit',
      threshold_amount: 1_500_000,
      enforcement: {status: 'inactive'},
    });
    const own = await get(`/projects/${await projectOf('Voice Concierge')}/spend_limit`);
    expect(own.body).toEqual({
      ...limit,
      object: 'project.spend_limit',
      threshold_amount: 200_000,
      enforcement: {status: 'enforcing'},
    });
    expect((await get(`/projects/${await projectOf('Internal Tools')}/spend_limit`)).status).toBe(404);
  });

  test('alerts are listed in either order, and read one by one', async () => {
    const upwards = await all('/spend_alerts');
    expect(upwards.map(alert => alert.threshold_amount)).toEqual([1_000_000, 1_300_000]);
    expect(await all('/spend_alerts', {order: 'desc'})).toEqual(upwards.toReversed());
    const path = `/projects/${await projectOf('Agents Platform')}/spend_alerts`;
    const [alert] = await all(path);
    expect(alert).toMatchObject({object: 'project.spend_alert', threshold_amount: 200_000});
    expect((await get(`${path}/${alert?.id}`)).body).toEqual(alert);
    expect((await get(`${path}/alert_none`)).status).toBe(404);
    expect(await all(`/projects/${await projectOf('Internal Tools')}/spend_alerts`)).toEqual([]);
  });
});
