import {describe, expect, test} from 'vitest';
import {parseDecimal} from '../../src/core/money.ts';
import {contains} from '../../src/core/period.ts';
import type {Record} from '../../src/core/record.ts';
import {expectNoSecret, expectSame} from './contract-expect.ts';
import {gzipped} from './contract-failures.ts';
import {attempt, type Outcome, SECRET, type Subject} from './contract-rig.ts';

export function describeSuccess(subject: Subject): void {
  const {driver, source, query} = subject;

  describe('as recorded', () => {
    test('every exchange is asked for, nothing else is, and there are records', async () => {
      const outcome = await success(subject);
      expect(
        subject.exchanges.filter(exchange => !outcome.used.has(exchange)).map(({request}) => request),
      ).toEqual([]);
      expect(outcome.records).not.toEqual([]);
      expect(outcome.slept).toEqual([]);
    });

    test('the secret is in a header of every request and nowhere else', async () => {
      const outcome = await success(subject);
      expectNoSecret(outcome);
      for (const {headers} of outcome.received) expect(Object.values(headers).join('\n')).toContain(SECRET);
    });

    test('records say only what the source claims', async () => {
      const outcome = await success(subject);
      for (const record of outcome.records ?? []) checkRecord(subject, record);
    });

    test('slices lie in the window and hold the rest of the query', () => {
      const slices = source.slices(query);
      expect(slices.length).toBeGreaterThan(0);
      for (const slice of slices) expect(contains(query.window, slice.window)).toBe(true);
      for (const slice of slices) expect({...slice, window: query.window}).toEqual(query);
    });

    test('a compressed body gives the same', async () => {
      const expected = await success(subject);
      expectSame(await attempt(subject, {fail: () => gzipped}), expected.records ?? []);
    });
  });

  test('explain() never throws, whatever the body is', () => {
    const odd = [
      undefined,
      null,
      5,
      '',
      'text',
      [],
      [null],
      {},
      {error: null},
      {error: []},
      {error: {}},
      {error: 5},
    ];
    const odder = [
      {errors: null},
      {errors: [null]},
      {errors: [{}]},
      {message: {}},
      {detail: []},
      {error: {message: 7, code: []}},
    ];
    const inherited = [
      {error: {code: 'constructor', message: '__proto__'}},
      {error: 'toString'},
      {code: 'valueOf'},
      'constructor',
    ];
    for (const body of [...odd, ...odder, ...inherited]) {
      for (const status of [400, 401, 403, 404, 422, 429, 500]) {
        const {message = '', code = '', hint = ''} = driver.explain({status, body});
        expect([typeof message, typeof code, typeof hint]).toEqual(['string', 'string', 'string']);
        expect(message).not.toMatch(/undefined|\[object|function/);
      }
    }
  });
}

/** The run without a failure. Throws its error if it has one. */
export async function success(subject: Subject): Promise<Outcome> {
  const outcome = await attempt(subject);
  expect(outcome.unknown).toEqual([]);
  if (outcome.error) throw outcome.error;
  return outcome;
}

function checkRecord({source, query}: Subject, record: Record): void {
  expect(contains(query.window, record.period)).toBe(true);
  if (!source.billed) expect(record.cost).toBeUndefined();
  if (record.cost) expect(parseDecimal(record.cost.amount)).toBe(record.cost.amount);
  if (record.cost) expect(record.cost.currency).toMatch(/^[A-Z_]+$/);
  if (record.kind !== undefined) expect(query.kinds).toContain(record.kind);
  const known = source.metrics
    .filter(({kind}) => record.kind === undefined || kind === record.kind)
    .map(({name}) => name);
  for (const [metric, quantity] of Object.entries(record.quantities ?? {})) {
    expect(known).toContain(metric);
    expect(parseDecimal(quantity)).toBe(quantity);
  }
  for (const [dimension, label] of Object.entries(record.labels)) {
    expect(source.dimensions).toContain(dimension);
    expect(label?.id).not.toBe('');
  }
}
