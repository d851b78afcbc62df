import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type DemoServer, startDemo} from '../../src/demo/server.ts';
import {type Answer, accountOf, ask, fetchJson, NOW, type Page, type Query, unix} from './client.ts';

interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

let demo: DemoServer;
beforeAll(async () => {
  demo = await startDemo(NOW);
});
afterAll(() => demo.close());

const START = unix('2026-11-01');
const costs = (query: Query): Promise<Answer<ErrorBody>> => ask(demo, 'openai', '/organization/costs', query);
const usage = (kind: string, query: Query): Promise<Answer<ErrorBody>> =>
  ask(demo, 'openai', `/organization/usage/${kind}`, {start_time: START, ...query});

describe('bad parameters are 400 with the name of the parameter', () => {
  test.each([
    ['start_time', {}],
    ['start_time', {start_time: '2026-11-01'}],
    ['start_time', {start_time: -1}],
    ['end_time', {start_time: START, end_time: START}],
    ['end_time', {start_time: START, end_time: START - 1}],
    ['limit', {start_time: START, limit: 0}],
    ['limit', {start_time: START, limit: 181}],
    ['limit', {start_time: START, limit: 'many'}],
    ['bucket_width', {start_time: START, bucket_width: '1h'}],
    ['group_by', {start_time: START, group_by: ['project_id', 'model']}],
    ['group_by', {start_time: START, group_by: 'project_id,line_item'}],
    ['models', {start_time: START, models: 'gpt-6-sol'}],
    ['page', {start_time: START, page: 'page_nonsense'}],
  ])('costs: %s in %o', async (param, query) => {
    const {status, body} = await costs(query);
    expect(status).toBe(400);
    expect(body.error).toEqual({
      message: expect.any(String),
      type: 'invalid_request_error',
      param,
      code: expect.any(String),
    });
  });

  test.each([
    ['completions', 'bucket_width', {bucket_width: '1w'}],
    ['completions', 'limit', {limit: 32}],
    ['completions', 'limit', {bucket_width: '1h', limit: 169}],
    ['completions', 'limit', {bucket_width: '1m', limit: 1441}],
    ['completions', 'batch', {batch: 'maybe'}],
    ['completions', 'group_by', {group_by: 'size'}],
    ['images', 'sources', {sources: 'image.dream'}],
    ['web_search_calls', 'context_levels', {context_levels: 'extreme'}],
    ['file_search_calls', 'models', {models: 'gpt-6-sol'}],
    ['vector_stores', 'user_ids', {user_ids: 'user-1'}],
    ['code_interpreter_sessions', 'group_by', {group_by: 'model'}],
  ])('usage of %s: %s in %o', async (kind, param, query) => {
    const {status, body} = await usage(kind, query);
    expect(status).toBe(400);
    expect(body.error.param).toBe(param);
  });
});

test('a cursor belongs to its query', async () => {
  const query = {start_time: START, limit: 2, group_by: 'project_id'};
  const {body} = await ask<Page>(demo, 'openai', '/organization/costs', query);
  const page = body.next_page ?? '';
  expect(page).toMatch(/^page_.+=$/);
  expect((await costs({...query, page})).status).toBe(200);
  expect((await costs({...query, limit: 3, page})).status).toBe(400);
  expect((await costs({...query, group_by: 'line_item', page})).status).toBe(400);
  expect((await costs({...query, start_time: START - 86_400, page})).status).toBe(400);
});

describe('who is refused', () => {
  const get = (authorization?: string): Promise<Answer<ErrorBody>> =>
    fetchJson(
      `${accountOf(demo, 'openai').baseUrl}/organization/costs?start_time=${START}`,
      authorization === undefined ? {} : {authorization},
    );

  test('without a key and with a wrong one: 401, and the key is not repeated', async () => {
    expect((await get()).status).toBe(401);
    const {status, body} = await get('Bearer sk-admin-wrong-and-secret');
    expect(status).toBe(401);
    expect(body.error.code).toBe('invalid_api_key');
    expect(body.error.message).not.toContain('secret');
    expect((await get(`Basic ${accountOf(demo, 'openai').secret}`)).status).toBe(401);
  });

  test('with the key of a project: 403 that names the scope', async () => {
    const {status, body} = await get('Bearer sk-proj-something');
    expect(status).toBe(403);
    expect(body.error).toMatchObject({
      message: expect.stringContaining('api.usage.read'),
      param: null,
      code: null,
    });
  });
});

test('what is not there is 404, and only GET is known', async () => {
  for (const path of [
    '/organization',
    '/organization/nothing',
    '/organization/usage/toString',
    '/models',
    '/organization/costs/more',
  ]) {
    const {status, body} = await ask<ErrorBody>(demo, 'openai', path, {start_time: START});
    expect(status, path).toBe(404);
    expect(body.error.type).toBe('invalid_request_error');
  }
  const {baseUrl, secret} = accountOf(demo, 'openai');
  const post = await fetch(`${baseUrl}/organization/projects`, {
    method: 'POST',
    headers: {authorization: `Bearer ${secret}`},
  });
  expect(post.status).toBe(405);
});
