import fc from 'fast-check';
import {afterEach, describe, expect, test} from 'vitest';
import {instant, parseInstant} from '../../../src/core/instant.ts';
import {ionq} from '../../../src/drivers/ionq/index.ts';
import {type Exchange, findExchange, loadExchanges} from '../../support/fixtures.ts';
import {type Loopback, loopback} from '../../support/loopback.ts';
import {type TestSession, testSession} from '../../support/session.ts';
import {day} from './subject.ts';

describe('explain', () => {
  const owner = expect.stringMatching(/key is wrong.*not an owner/);

  test.each([
    [
      400,
      {
        statusCode: 400,
        error: 'Bad Request',
        message: '"start_date" was invalid.',
        validation: {keys: ['start_date']},
      },
      {message: '"start_date" was invalid.', code: 'Bad Request'},
    ],
    [
      401,
      {statusCode: 401, error: 'Unauthorized Error', message: 'Invalid key provided.'},
      {message: 'Invalid key provided.', code: 'Unauthorized Error', hint: owner, otherKey: true},
    ],
    [
      403,
      {code: 403, message: 'API key lacks usage scope'},
      {message: 'API key lacks usage scope', code: '403', hint: owner, otherKey: true},
    ],
    [
      403,
      {error: {type: 'forbidden', message: 'no'}},
      {message: 'no', code: 'forbidden', hint: owner, otherKey: true},
    ],
    [
      404,
      {statusCode: 404, error: 'Not Found Error', message: 'Resource not found.'},
      {
        message: 'Resource not found.',
        code: 'Not Found Error',
        hint: expect.stringContaining('IONQ_ORGANIZATION_ID'),
      },
    ],
    [403, '<!DOCTYPE html><html></html>', {}],
    [502, 'upstream', {}],
    [500, null, {}],
    [500, {}, {}],
  ])('%i %j', (status, body, expected) => {
    expect(ionq.explain({status, body})).toEqual(expected);
  });

  test('never throws, and gives text or nothing', () => {
    fc.assert(
      fc.property(fc.integer({min: 100, max: 599}), fc.anything(), (status, body) => {
        for (const said of Object.values(ionq.explain({status, body}))) expect(said).toMatch(/./s);
      }),
    );
  });
});

describe('credential', () => {
  test('goes into one header, with the scheme in front', () => {
    expect(ionq.headers('k3y', {})).toEqual({authorization: 'apiKey k3y'});
  });

  test.each([
    ['', 'it is empty'],
    ['apiKey abc', 'it begins with "apiKey": give the key alone'],
    ['APIKEY: abc', 'it begins with "APIKEY": give the key alone'],
    ['Bearer abc', 'it begins with "Bearer": give the key alone'],
    ['abc def', 'it holds white space or characters that no key has'],
    ['abc\n', 'it holds white space or characters that no key has'],
    ['clé', 'it holds white space or characters that no key has'],
  ])('%j cannot work', (secret, objection) => {
    expect(ionq.credential.objection?.(secret)).toBe(objection);
  });

  test.each(['NpJ5cBz1Cq0kGv6lSdXhO2fTu8yWmArE', 'apiKeyish', '1234567890'])('%j may work', secret => {
    expect(ionq.credential.objection?.(secret)).toBeUndefined();
  });
});

describe('identify', () => {
  let server: Loopback | undefined;
  let session: TestSession | undefined;
  afterEach(async () => {
    await session?.close();
    await server?.close();
  });

  async function identify(
    exchanges: readonly Exchange[],
    settings: {[name: string]: string} = {},
  ): Promise<string> {
    server = await loopback(request => findExchange(exchanges, request)?.response ?? {status: 401, body: {}});
    session = await testSession(ionq, server.url, {settings, secret: 'k3y'});
    return ionq.identify(session);
  }

  const WHO = 'key "nightly billing", project 2bfd0fd5-5854-4916-917f-a907af586755';

  test('names key, project and organization', async () => {
    expect(await identify(loadExchanges('ionq', 'whoami', 'sessions'))).toBe(
      `${WHO}, organization kr.example.lab`,
    );
    expect(server?.received.map(({path, headers}) => [path, headers.authorization])).toEqual([
      ['/whoami', 'apiKey k3y'],
      ['/sessions', 'apiKey k3y'],
    ]);
  });

  test('takes the organization from the setting', async () => {
    expect(await identify(loadExchanges('ionq', 'whoami'), {organization: 'com.my.org'})).toBe(
      `${WHO}, organization com.my.org`,
    );
    expect(server?.received.length).toBe(1);
  });

  test('a good key that may not see its sessions is good', async () => {
    expect(await identify(loadExchanges('ionq', 'whoami'))).toBe(WHO);
  });

  test('a good key is good where there are no sessions to see', async () => {
    const gone = {request: {path: '/sessions'}, response: {status: 404, body: {}}};
    expect(await identify([...loadExchanges('ionq', 'whoami'), gone])).toBe(WHO);
  });

  test('a key without a project', async () => {
    const whoami = {request: {path: '/whoami'}, response: {body: {key_id: 'x', key_name: 'ci'}}};
    expect(await identify([whoami], {organization: 'o'})).toBe('key "ci", organization o');
  });

  test('a bad key is refused', async () => {
    await expect(identify([])).rejects.toMatchObject({code: 'credential_refused', exitCode: 4});
  });

  test('a setting that cannot be an id is told', async () => {
    await expect(identify(loadExchanges('ionq', 'whoami'), {organization: '..'})).rejects.toMatchObject({
      code: 'input',
    });
  });
});

test('the running day is provisional, from its first instant', () => {
  expect(ionq.settledUntil(parseInstant('2026-11-22T09:00:00Z') ?? instant(0))).toBe(day('2026-11-22'));
  expect(ionq.settledUntil(day('2026-11-22'))).toBe(day('2026-11-22'));
});

test('the source says what it can do', () => {
  expect(ionq.sources).toEqual([
    expect.objectContaining({
      id: 'usage',
      billed: true,
      dimensions: ['job', 'project', 'user'],
      splits: 'one',
      filters: [],
      granularities: ['day', 'week', 'month'],
      whole: false,
      resolution: 'day',
      metrics: [
        {kind: 'qpu', name: 'qpu_time', unit: 'microseconds', statistic: 'sum'},
        {kind: 'qpu', name: 'job_count', unit: 'jobs', statistic: 'sum'},
      ],
    }),
  ]);
});
