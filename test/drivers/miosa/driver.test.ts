import {describe, expect, test} from 'vitest';
import {parseInstant} from '../../../src/core/instant.ts';
import {miosa} from '../../../src/drivers/miosa/index.ts';
import {loadExchanges, serialize} from '../../support/fixtures.ts';
import {NOW} from '../../support/session.ts';
import {withAnswer} from './answer.ts';

const identify = (body: unknown) =>
  withAnswer(
    () => ({body: typeof body === 'string' ? body : JSON.stringify(body)}),
    async (session, received) => ({
      says: await miosa.identify(session),
      asked: received.map(({path}) => path),
    }),
  );

describe('identify', () => {
  test('says the tenant and its credits', async () => {
    const [exchange] = loadExchanges('miosa', 'credits');
    expect(await identify(serialize(exchange?.response.body))).toEqual({
      says: 'tenant 7b1d2f64-3a50-4a0e-9c68-1d5fca7e0001, 1500 credits',
      asked: ['/credits/balance'],
    });
  });

  test.each([
    [{data: {tenant_id: 't', balance_credits: 0, balance: 9}}, 'tenant t, 0 credits'],
    [{balance: 1500, plan: 'pro'}, '1500 credits'],
    [{tenant_id: 't', balance_credits: null}, 'tenant t'],
  ])('reads %j', async (body, says) => {
    expect((await identify(body)).says).toBe(says);
  });

  test.each([{}, [], null, {balance_credits: 'many'}])('%j is another shape', async body => {
    await expect(identify(body)).rejects.toMatchObject({code: 'bad_response'});
  });
});

describe('the credential', () => {
  test('goes into one header, with the tenant in another', () => {
    expect(miosa.headers('msk_u_1', {})).toEqual({authorization: 'Bearer msk_u_1'});
    expect(miosa.headers('msk_u_1', {tenant: 'acme'})).toEqual({
      authorization: 'Bearer msk_u_1',
      'x-miosa-tenant': 'acme',
    });
  });

  test('is sent', async () => {
    const headers = await withAnswer(
      () => ({body: {balance: 1}}),
      async (session, received) => {
        await miosa.identify(session);
        return received[0]?.headers;
      },
      {tenant: 'acme'},
    );
    expect(headers).toMatchObject({authorization: 'Bearer test-secret', 'x-miosa-tenant': 'acme'});
  });

  test.each(['msk_u_1', 'msk_live_abc', 'eyJhbGciOi.eyJzdWIi.c2ln'])('%s may work', secret => {
    expect(miosa.credential.objection?.(secret)).toBeUndefined();
  });

  test.each(['Bearer msk_u_1', 'bearer x', 'msk u', 'msk_u_1\n', ''])('%j cannot work', secret => {
    expect(miosa.credential.objection?.(secret)).toEqual(expect.any(String));
  });
});

test('figures of the running day may still change', () => {
  expect(miosa.settledUntil(NOW)).toBe(parseInstant('2026-11-22T00:00:00Z'));
});
