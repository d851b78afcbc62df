import {afterEach, describe, expect, test} from 'vitest';
import {CredentialError, InputError, ProviderError} from '../../../src/core/errors.ts';
import {ionq} from '../../../src/drivers/ionq/index.ts';
import {organizationOf} from '../../../src/drivers/ionq/organization.ts';
import {type Loopback, loopback, type Reply} from '../../support/loopback.ts';
import {collect, type TestSession, testSession} from '../../support/session.ts';
import {query, usage} from './subject.ts';

let server: Loopback | undefined;
let session: TestSession | undefined;

afterEach(async () => {
  await session?.close();
  await server?.close();
});

const EMPTY = {group_type: 'project', modality: 'daily', usage_data: []};

async function open(sessions: Reply, organization?: string): Promise<TestSession> {
  server = await loopback(({path}) => (path === '/sessions' ? sessions : {body: EMPTY}));
  session = await testSession(ionq, server.url, organization === undefined ? {} : {settings: {organization}});
  return session;
}

const paths = () => server?.received.map(({path}) => path);

describe('from the setting', () => {
  test.each([
    ['com.my.org', 'com.my.org'],
    [' 71d164e-6ebe-4126-8839-f1529bb01a00 ', '71d164e-6ebe-4126-8839-f1529bb01a00'],
    ['a/b?c=d#e', 'a%2Fb%3Fc%3Dd%23e'],
    ['…', '%E2%80%A6'],
  ])('%j stands in the path, and no session is asked', async (organization, inPath) => {
    await collect(usage, query('2026-11-01', '2026-11-02'), await open({}, organization));
    expect(paths()).toEqual([`/organizations/${inPath}/usage`]);
  });

  test.each(['.', '..', 'a b', 'a\nb', '\u202eorg', '\ud800', 'x'.repeat(201)])(
    '%j is refused before a request',
    async organization => {
      const opened = await open({}, organization);
      const failed = collect(usage, query('2026-11-01', '2026-11-02'), opened);
      await expect(failed).rejects.toBeInstanceOf(InputError);
      await expect(failed).rejects.toMatchObject({
        advice: {hint: expect.stringContaining('IONQ_ORGANIZATION_ID')},
      });
      expect(paths()).toEqual([]);
    },
  );
});

describe('from the sessions of the key', () => {
  test('once, however many ask at the same time', async () => {
    const opened = await open({body: {organization_id: 'kr.example.lab', sessions: []}});
    const queries = ['2026-08-01', '2026-09-01', '2026-10-01'].map(start => query(start, '2026-11-01'));
    await Promise.all(queries.map(one => collect(usage, one, opened)));
    expect(paths()?.sort()).toEqual([...Array(3).fill('/organizations/kr.example.lab/usage'), '/sessions']);
  });

  test('each session of ours asks for itself', async () => {
    const opened = await open({body: {organization_id: 'first', sessions: []}});
    expect(await organizationOf(opened)).toBe('first');
    await opened.close();
    await server?.close();
    expect(await organizationOf(await open({body: {organization_id: 'second'}}))).toBe('second');
  });

  test.each([
    ['the sessions agree', {sessions: [{organization_id: 'lab'}, {}, {organization_id: 'lab'}]}],
    ['the top one counts', {organization_id: 'lab', sessions: [{organization_id: 'other'}]}],
    ['there are no sessions', {organization_id: 'lab', sessions: null}],
  ])('%s', async (_, body) => {
    expect(await organizationOf(await open({body}))).toBe('lab');
  });

  test.each([
    ['no session yet', 'bad_response', {body: {organization_id: null, sessions: []}}],
    [
      'sessions of several organizations',
      'bad_response',
      {body: {sessions: [{organization_id: 'a'}, {organization_id: 'b'}]}},
    ],
    ['an id that would leave the path', 'bad_response', {body: {organization_id: '..'}}],
    [
      'no such endpoint',
      'not_found',
      {status: 404, body: {statusCode: 404, error: 'Not Found Error', message: 'Resource not found.'}},
    ],
  ])('not to be found: %s', async (_, code, reply) => {
    const failed = organizationOf(await open(reply));
    await expect(failed).rejects.toBeInstanceOf(ProviderError);
    await expect(failed).rejects.toMatchObject({
      code,
      advice: {hint: 'set IONQ_ORGANIZATION_ID, or: usage auth login ionq --organization <id>'},
    });
  });

  test('a refusal is a matter of the key', async () => {
    const failed = organizationOf(
      await open({status: 401, body: {code: 401, message: 'Invalid key provided.'}}),
    );
    await expect(failed).rejects.toBeInstanceOf(CredentialError);
  });
});
