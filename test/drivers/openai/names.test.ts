import {describe, expect, test} from 'vitest';
import type {LabelDimension} from '../../../src/core/dimension.ts';
import {CredentialError} from '../../../src/core/errors.ts';
import {openai} from '../../../src/drivers/openai/index.ts';
import {type Exchange, loadExchanges} from '../../support/fixtures.ts';
import type {Received, Reply} from '../../support/loopback.ts';
import {connected, replay} from './server.ts';

const source = (dimension: LabelDimension) => openai.names.find(names => names.dimension === dimension)!;

/** Looks up the names of some ids, or of everything; and what that took. */
const lookup = (dimension: LabelDimension, handler: (request: Received) => Reply, ids?: readonly string[]) =>
  connected(handler, async ({session, server}) => ({
    names: await source(dimension).lookup(session, async () => ids && new Set(ids)),
    received: server.received,
    notices: session.notices,
  }));
const recorded = (name: string) => replay(loadExchanges('openai', name));
const paths = (received: readonly Received[]) =>
  received.map(({path}) => path.replace('/organization/projects', ''));
const list = (data: readonly unknown[], rest: object = {}) => ({
  body: {object: 'list', data, has_more: false, ...rest},
});

test('ids are told from names by how they begin', () => {
  const isId = (dimension: LabelDimension, values: readonly string[]) =>
    values.filter(value => source(dimension).isId(value));
  expect(isId('project', ['proj_a', 'Alpha', 'project', 'my proj_a'])).toEqual(['proj_a']);
  expect(isId('user', ['user-ada', 'user_abc', 'users', 'ada@example.com'])).toEqual([
    'user-ada',
    'user_abc',
  ]);
  expect(isId('api_key', ['key_ci', 'keyring', 'CI'])).toEqual(['key_ci']);
});

describe('projects', () => {
  test('are listed with the archived ones, over pages whose last_id is there or not; null names are left out', async () => {
    const {names, received} = await lookup('project', recorded('projects'));
    expect([...names]).toEqual([
      ['proj_alpha', 'Alpha'],
      ['proj_old', 'Old lab'],
      ['proj_beta', 'Beta'],
    ]);
    expect(received.map(({query}) => query.get('after'))).toEqual([null, 'proj_old', 'proj_beta']);
    for (const {query} of received) expect(query.get('include_archived')).toBe('true');
  });

  test.each([
    ['a cursor that repeats', 'repeated_cursor', {last_id: 'proj_a'}, [{id: 'proj_a'}]],
    ['more to come after nothing', 'bad_response', {last_id: null}, []],
  ])('%s is an error', async (_, code, rest, data) => {
    await expect(lookup('project', () => list(data, {has_more: true, ...rest}))).rejects.toMatchObject({
      code,
    });
  });

  test('a name that is no text is another shape', async () => {
    await expect(lookup('project', () => list([{id: 'proj_a', name: 5}]))).rejects.toMatchObject({
      code: 'bad_response',
    });
  });

  test('__proto__ is an id like any other', async () => {
    const {names} = await lookup('project', () => list([{id: '__proto__', name: 'x'}]));
    expect(names.get('__proto__')).toBe('x');
    expect({}).not.toHaveProperty('polluted');
  });
});

test('users go by name, else by e-mail address, also where those are nested', async () => {
  const {names, received} = await lookup('user', recorded('users'));
  expect([...names]).toEqual([
    ['user-ada', 'Ada'],
    ['user_abc', 'bo@example.com'],
    ['user-cy', 'cy@example.com'],
  ]);
  expect(received.length).toBe(2);
});

describe('API keys', () => {
  test('are listed project by project, archived ones last; closed projects are one notice', async () => {
    const {names, received, notices} = await lookup('api_key', recorded('api-keys'));
    expect([...names]).toEqual([
      ['key_ci', 'CI'],
      ['key_web', 'Website'],
      ['key_beta', 'Beta jobs'],
    ]);
    for (const {path, query} of received)
      if (path.endsWith('/api_keys')) expect(query.get('owner_project_access')).toBe('any');
    expect(new Set(paths(received).slice(3))).toEqual(
      new Set(['alpha', 'beta', 'nameless', 'bare', 'old'].map(name => `/proj_${name}/api_keys`)),
    );
    expect(notices).toEqual([
      {level: 'info', code: 'names_unavailable', message: expect.stringContaining('3 of 5 projects')},
    ]);
  });

  test('none to name asks nothing', async () => {
    expect((await lookup('api_key', recorded('api-keys'), [])).received).toEqual([]);
  });

  /** 20 projects with a key each: `proj_7` has `key_7`, named "7". Odd ones are archived. */
  const many: readonly Exchange[] = [
    {
      request: {path: '/organization/projects'},
      response: list(
        Array.from({length: 20}, (_, n) => ({id: `proj_${n}`, status: n % 2 ? 'archived' : 'active'})),
      ),
    },
    ...Array.from({length: 20}, (_, n) => ({
      request: {path: `/organization/projects/proj_${n}/api_keys`},
      response: list([{id: `key_${n}`, name: `${n}`}]),
    })),
  ];

  test('asking stops when all are found', async () => {
    const {names, received} = await lookup('api_key', replay(many), ['key_2', 'key_4']);
    expect(names.get('key_2')).toBe('2');
    expect(names.get('key_4')).toBe('4');
    expect(paths(received).slice(1).sort()).toEqual(
      Array.from({length: 8}, (_, n) => `/proj_${2 * n}/api_keys`).sort(),
    );
  });

  test('an id that no project knows has no name, and all have been asked', async () => {
    const {names, received} = await lookup('api_key', replay(many), ['key_deleted']);
    expect(names.has('key_deleted')).toBe(false);
    expect(received.length).toBe(21);
  });

  test('a server that fails fails the lookup: its keys may exist', async () => {
    const failing = (request: Received): Reply =>
      request.path.endsWith('proj_3/api_keys') ? {status: 500} : replay(many)(request);
    await expect(lookup('api_key', failing)).rejects.toMatchObject({code: 'server_error'});
  });

  test('a project list that is refused is a refused credential', async () => {
    await expect(lookup('api_key', () => ({status: 403}))).rejects.toBeInstanceOf(CredentialError);
  });

  test('an id is one step of the path', async () => {
    const {received} = await lookup('api_key', request =>
      request.path === '/organization/projects' ? list([{id: 'a/../../x?y'}]) : list([]),
    );
    expect(received[1]?.path).toBe('/organization/projects/a%2F..%2F..%2Fx%3Fy/api_keys');
  });
});
