import {describe, expect, test} from 'vitest';
import {CredentialError, ProviderError, UsageError} from '../../../src/core/errors.ts';
import {openai} from '../../../src/drivers/openai/index.ts';
import {loadExchanges} from '../../support/fixtures.ts';
import {ask, costs, period} from './query.ts';
import {fetchAll, replay} from './server.ts';

/** What a person is told when the recorded refusal of that name comes. */
async function refusal(name: string): Promise<UsageError> {
  const query = ask(period('2026-11-01', '2026-11-02'), {filters: {project: [name]}});
  const error = await fetchAll(costs, query, replay(loadExchanges('openai', 'refusals'))).catch(
    (error: unknown) => error,
  );
  if (!(error instanceof UsageError)) throw error;
  return error;
}

describe('the wrong kind of key', () => {
  test.each(['scope-403', 'scope-401'])('is said so: %s', async name => {
    const error = await refusal(name);
    expect(error).toBeInstanceOf(CredentialError);
    expect(error.message).toContain('Missing scopes: api.usage.read');
    expect(error.advice.hint).toMatch(/^This is not an admin API key/);
    expect(error.advice.hint).toContain(openai.credential.url);
  });

  test('a key that is wrong in itself is not called the wrong kind, and is not shown', async () => {
    const error = await refusal('wrong-key');
    expect(error).toBeInstanceOf(CredentialError);
    expect(error.message).toContain('Incorrect API key provided: sk-…');
    expect(error.message).not.toContain('Zx81');
    expect(error.advice.hint).toContain(openai.credential.hint);
    expect(error.advice.hint).not.toContain('not an admin');
  });
});

describe('an organization whose costs know no API keys', () => {
  test.each(['no-key-costs', 'no-key-filter'])('%s says what to leave out', async name => {
    const error = await refusal(name);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error.code).toBe('bad_request');
    expect(error.message).toContain("'api_key_id");
    expect(error.advice.hint).toMatch(/cannot be told apart by API key: leave api-key out of --group-by/);
  });

  test('any other bad request is not blamed on that', async () => {
    const error = await refusal('other-400');
    expect(error.message).toContain("'end_time' must be after 'start_time'.");
    expect(error.advice.hint).not.toContain('api-key');
  });
});

test('a base URL without its version says so', async () => {
  expect((await refusal('no-v1')).advice.hint).toContain('OPENAI_BASE_URL');
});

test('too many requests: the wait that is asked for, and what to do', async () => {
  const error = await refusal('too-many');
  expect(error.code).toBe('rate_limited');
  expect(error.message).toContain('it asks to wait');
  expect(error.advice.hint).toContain('--concurrency 1');
});

describe('explain', () => {
  const explain = (status: number, body: unknown) => openai.explain({status, body});

  test('reads message and code', () => {
    expect(
      explain(400, {error: {message: 'no', type: 'invalid_request_error', param: null, code: 'bad'}}),
    ).toEqual({
      message: 'no',
      code: 'bad',
    });
    expect(explain(502, {error: 'upstream is down'})).toEqual({message: 'upstream is down'});
  });

  test.each([
    ['<html></html>'],
    [undefined],
    [null],
    [[]],
    [{}],
    [{error: null}],
    [{error: {message: 5, code: {}}}],
    [{detail: 'x'}],
  ])('says nothing of %j', body => {
    expect(explain(500, body)).toEqual({});
  });

  test('a field of another type does not hide the message', () => {
    expect(explain(400, {error: {message: 'no', code: 17, param: []}})).toEqual({message: 'no'});
  });
});
