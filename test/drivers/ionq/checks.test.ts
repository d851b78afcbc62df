import {describe, expect, test} from 'vitest';
import {bucket, query, run, totalsOf, usageExchange} from './subject.ts';

const DAYS = query('2026-11-01', '2026-11-03');
const BY_JOB = query('2026-11-01', '2026-11-03', {split: 'job'});
const codes = (notices: readonly {readonly code: string}[]) => notices.map(({code}) => code);

describe('groups that cost more than their day', () => {
  const answer = (amount: number, ...groups: number[]) => {
    const group_usages = groups.map((cost, index) => ({
      group_id: `job-${index}`,
      amount: cost,
      job_count: 0,
      time_us: 0,
    }));
    return run(
      BY_JOB,
      usageExchange({group_type: 'job', usage_data: [bucket('2026-11-02', {amount, group_usages})]}),
    );
  };

  test('are told with day and amount, and (other) makes up for it', async () => {
    const {records, notices} = await answer(10, 8, 4.5);
    expect(totalsOf(records)).toMatchObject({USD: '10'});
    expect(notices.find(({code}) => code === 'inconsistent')).toEqual({
      level: 'warning',
      code: 'inconsistent',
      message: "on 2026-11-02 IonQ's jobs cost 2.5 USD more than the day; (other) takes it off again",
    });
  });

  test('by the dust of adding up doubles are not worth a word, and still add up', async () => {
    const {records, notices} = await answer(0.3, 0.1, 0.2000000001);
    expect(totalsOf(records)).toMatchObject({USD: '0.3'});
    expect(notices).toEqual([]);
  });

  test.each([
    [-0.000001, []],
    [-0.0000011, ['other_groups', 'inconsistent']],
    [0.0000011, ['other_groups']],
  ])('a rest of %f', async (amount, expected) => {
    const {notices} = await answer(amount);
    expect(codes(notices)).toEqual(expected);
  });
});

describe('the announced total', () => {
  const data = [bucket('2026-11-02', {amount: 1.5}), bucket('2026-11-01', {amount: 0.25})];
  const split = (...parts: readonly (readonly [number, string])[]) =>
    parts.map(([amount, unit]) => ({amount, unit}));
  const parts = [
    bucket('2026-11-02', {amount: 9, amount_unit: 'credits', amounts: split([4, 'credit'], [5, 'USD'])}),
  ];

  test.each([
    ['agrees', {amount_total: 1.75, usage_data: data}, []],
    ['agrees but for dust', {amount_total: 1.7500000001, usage_data: data}, []],
    ['is not given', {usage_data: data}, []],
    ['differs', {amount_total: 2, usage_data: data}, ['total_mismatch']],
    ['differs from no buckets at all', {amount_total: 2}, ['total_mismatch']],
    ['is in another unit', {amount_total: 2, usage_unit: 'USD', usage_data: parts}, []],
    ['agrees by currency', {amount_totals: split([4, 'credits'], [5, 'usd']), usage_data: parts}, []],
    [
      'differs in a currency',
      {amount_totals: split([4, 'credits'], [6, 'usd']), usage_data: parts},
      ['total_mismatch'],
    ],
    ['lacks a currency', {amount_totals: split([4, 'credits']), usage_data: parts}, ['total_mismatch']],
  ])('%s', async (_, body, expected) => {
    const {notices, error} = await run(DAYS, usageExchange(body));
    expect(error).toBeUndefined();
    expect(codes(notices)).toEqual(expected);
  });

  test('is named beside the sum when it differs', async () => {
    const {notices} = await run(DAYS, usageExchange({amount_total: 2, usage_data: data}));
    expect(notices[0]?.message).toBe(
      'IonQ gives a total of 2 USD, but its buckets add up to 1.75 USD; the buckets are counted',
    );
  });
});

describe('the dates that the answer claims', () => {
  test.each([
    ['the same', '2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z', []],
    ['more', '2026-10-01', '2026-12-01', []],
    ['the last day as the end', '2026-11-01', '2026-11-02', []],
    ['not readable', 'soon', 'later', []],
    ['a later start', '2026-11-02T00:00:00Z', '2026-11-03T00:00:00Z', ['narrowed_window']],
    ['an earlier end', '2026-11-01', '2026-11-01', ['narrowed_window']],
    ['a window of its own', '2025-10-01T00:00:00Z', '2025-11-01T00:00:00Z', ['narrowed_window']],
  ])('%s', async (_, usage_from, usage_to, expected) => {
    const {notices} = await run(DAYS, usageExchange({usage_from, usage_to}));
    expect(codes(notices)).toEqual(expected);
  });
});
