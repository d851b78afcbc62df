import {describe, expect, test} from 'vitest';
import {openai} from '../../../src/drivers/openai/index.ts';
import {ask, at, costs, period} from './query.ts';
import {answer, bucket, connected, page} from './server.ts';

describe('the key', () => {
  const objection = (secret: string, atHome = true) => openai.credential.objection?.(secret, atHome);

  test.each([
    ['sk-proj-abc', /a project key/],
    ['sk-svcacct-abc', /a service account key/],
    ['sk-abc', /a key of a user \(sk-…\)/],
    ['Bearer sk-admin-abc', /"Bearer"/],
    ['bearer\tsk-admin-abc', /"Bearer"/],
    ['sk-admin-abc\n', /white space/],
    ['sk-admin abc', /white space/],
    ['sk-admin-äbc', /characters/],
    ['', /white space/],
  ])('%j cannot work', (secret, reason) => {
    expect(objection(secret)).toMatch(reason);
    expect(objection(secret)).not.toContain('abc');
  });

  test.each(['sk-admin-abc', 'anything-new'])('%j may work', secret => {
    expect(objection(secret)).toBeUndefined();
  });

  test('a gateway in the place of the API may take other keys, but none of these', () => {
    expect(objection('sk-abc', false)).toBeUndefined();
    expect(objection('sk-proj-abc', false)).toMatch(/a project key/);
    expect(objection('Bearer sk-abc', false)).toMatch(/"Bearer"/);
  });
});

describe('headers', () => {
  const sent = (settings: {[name: string]: string}) =>
    connected(
      request => answer(request),
      async ({session, server}) => {
        const query = ask(period('2026-11-01', '2026-11-02'));
        for await (const records of costs.fetch(query, session)) expect(records).toEqual([]);
        return server.received[0]!.headers;
      },
      settings,
    );

  test('carry the key, and the organization if there is a setting', async () => {
    const headers = await sent({organization: 'org-contoso'});
    expect(headers.authorization).toBe('Bearer test-secret');
    expect(headers['openai-organization']).toBe('org-contoso');
  });

  test('name no organization otherwise', async () => {
    expect(await sent({})).not.toHaveProperty('openai-organization');
  });
});

describe('identify', () => {
  const day = (rows: readonly unknown[]) => ({body: page(bucket(at('2025-01-01'), at('2025-01-02'), rows))});
  const identify = (reply: {status?: number; body?: unknown}, settings: {[name: string]: string} = {}) =>
    connected(
      () => reply,
      async ({session, server}) => ({who: await openai.identify(session), received: server.received}),
      settings,
    );

  test('is one small request for costs, and names the organization of its rows', async () => {
    const {who, received} = await identify(day([{}, {organization_id: 'org-contoso'}]));
    expect(who).toBe('organization org-contoso');
    expect(received.map(({path, query}) => `${path}?${query}`)).toEqual([
      `/organization/costs?start_time=${at('2025-01-01') / 1000}&end_time=${at('2025-01-02') / 1000}&limit=1`,
    ]);
  });

  test('names the organization of the settings where the answer names none', async () => {
    expect((await identify(day([]), {organization: 'org-set'})).who).toBe('organization org-set');
    expect((await identify(day([]))).who).toBe('an organization whose name the API does not tell');
  });

  test('is refused with a wrong key, and does not take any page for the API', async () => {
    await expect(identify({status: 401})).rejects.toMatchObject({code: 'credential_refused'});
    await expect(identify({body: {ok: true}})).rejects.toMatchObject({code: 'bad_response'});
  });
});

test('figures are settled up to the running day', () => {
  expect(openai.settledUntil(at('2026-11-22T09:00:00Z'))).toBe(at('2026-11-22'));
});
