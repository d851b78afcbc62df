import {describe, expect, test} from 'vitest';
import {CredentialError, ProviderError} from '../../../src/core/errors.ts';
import {explain} from '../../../src/drivers/miosa/explain.ts';
import {refusal} from './answer.ts';
import {query} from './query.ts';

const said = (body: unknown) => explain({status: 422, body});

describe('the codes of the rollup are told as causes', () => {
  test.each([
    ['invalid group_by', 'group_by is not one of the values'],
    ['invalid period', 'period is not one of the values'],
    ['invalid_custom_range', 'start or end of the custom range is missing or not ISO 8601'],
  ])('%s, in any shape of body', async (code, cause) => {
    const bodies = [
      {error: {code, message: 'Unprocessable', request_id: 'req_1'}},
      {error: {code: 'VALIDATION_ERROR', message: code}},
      {error: code},
      {error: 'Unprocessable', code},
      {code, message: 'Unprocessable'},
      {errors: [code]},
      {detail: code},
      code,
    ];
    for (const body of bodies) {
      expect(said(body)).toMatchObject({
        code,
        message: expect.stringContaining(cause),
        hint: expect.any(String),
      });
    }
    for (const body of [bodies[0], bodies[2], code]) {
      const error = await refusal(() => ({status: 422, body}), query('2026-11-01', '2026-11-16'));
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({
        code: 'bad_request',
        message: expect.stringContaining(`(422 on /usage): ${code}: ${cause}`),
      });
    }
  });
});

test.each([
  [
    {error: {code: 'NOT_FOUND', message: 'sandbox not found', request_id: 'req_01jv'}},
    'sandbox not found (request req_01jv)',
    'NOT_FOUND',
  ],
  [
    {
      error: {
        code: 'VALIDATION_ERROR',
        message: 'no',
        details: {start: ['is late', 'is odd'], end: 'is early'},
      },
    },
    'no start is late, is odd; end is early',
    'VALIDATION_ERROR',
  ],
  [{error: 'too many', code: 'rate_limit_exceeded'}, 'too many', 'rate_limit_exceeded'],
  [{message: 'too many', code: 'RATE'}, 'too many', 'RATE'],
  [
    {error: 'INSUFFICIENT_SCOPE', detail: 'the key may not read usage'},
    'the key may not read usage',
    'INSUFFICIENT_SCOPE',
  ],
  [{errors: ['one', 'two']}, 'one; two', undefined],
  [{detail: 'just that'}, 'just that', undefined],
  [{error: {code: 'FORBIDDEN'}}, 'FORBIDDEN', 'FORBIDDEN'],
  [' upstream gave up ', 'upstream gave up', undefined],
  ['<html><body>Bad gateway</body></html>', undefined, undefined],
  [{error: {message: 5}, errors: [7]}, undefined, undefined],
])('%j', (body, message, code) => {
  expect(said(body).message).toBe(message);
  expect(said(body).code).toBe(code);
});

test.each([
  ['INSUFFICIENT_CREDITS', 'out of credits'],
  ['insufficient_scope', 'may read usage'],
  ['TENANT_RESOLUTION_FAILED', 'MIOSA_TENANT'],
])('%s says what to do', (code, hint) => {
  expect(said({error: {code, message: 'no'}}).hint).toContain(hint);
});

test('a refused key is told in the words of the API', async () => {
  const body = {error: {code: 'invalid_token', message: 'the token has expired', request_id: 'req_9'}};
  const error = await refusal(() => ({status: 401, body}), query('2026-11-01', '2026-11-16'));
  expect(error).toBeInstanceOf(CredentialError);
  expect(error).toMatchObject({
    message: 'MIOSA refused the key (401 on /usage): the token has expired (request req_9)',
  });
});
