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
  const jobs = [bucket('2026-11-02', {job_count: 2})];
  const long = [bucket('2026-11-02', {time_us: 1e12 + 0.4}), bucket('2026-11-01', {time_us: 1e12})];
  const parts = [
    bucket('2026-11-02', {amount: 9, amount_unit: 'credits', amounts: split([4, 'credit'], [5, 'USD'])}),
  ];

  test.each([
    ['agrees', {amount_total: 1.75, usage_data: data}, []],
    ['agrees but for dust', {amount_total: 1.7500000001, usage_data: data}, []],
    ['is not given', {usage_data: data}, []],
    ['is less than the buckets', {amount_total: 1.5, usage_data: data}, ['total_mismatch']],
    ['is in another unit', {amount_total: 2, usage_unit: 'USD', usage_data: parts}, []],
    ['agrees by currency', {amount_totals: split([4, 'credits'], [5, 'usd']), usage_data: parts}, []],
    ['lacks a currency', {amount_totals: split([4, 'credits']), usage_data: parts}, ['total_mismatch']],
    ['of time agrees but for the dust of large doubles', {time_us_total: 2e12 + 1, usage_data: long}, []],
    ['of jobs is less than the buckets', {job_count: 1, usage_data: jobs}, []],
  ])('%s', async (_, body, expected) => {
    const {notices, error} = await run(DAYS, usageExchange(body));
    expect(error).toBeUndefined();
    expect(codes(notices)).toEqual(expected);
  });

  test('is named beside the sum when it differs', async () => {
    const {notices} = await run(DAYS, usageExchange({amount_total: 1.5, usage_data: data}));
    expect(notices[0]?.message).toBe(
      'IonQ gives a total of 1.5 USD, but its buckets add up to 1.75 USD; the buckets are counted',
    );
  });

  // Found by the fault laboratory: a day that was left out gave a smaller sum, a warning and exit 0.
  test.each([
    ['in money', {amount_total: 2, usage_data: data}, '2 USD, but its buckets add up to 1.75 USD'],
    ['in money, with no bucket at all', {amount_total: 2}, '2 USD, but its buckets add up to 0 USD'],
    [
      'in one of its currencies',
      {amount_totals: split([4, 'credits'], [6, 'usd']), usage_data: parts},
      '6 USD, but its buckets add up to 5 USD',
    ],
    ['in time', {time_us_total: 1e12 + 21, usage_data: long.slice(1)}, '1000000000021 microseconds'],
    ['in jobs alone', {job_count: 3, usage_data: jobs}, '3 jobs, but its buckets add up to 2 jobs'],
  ])('is more than the buckets: nothing is counted (%s)', async (_, body, says) => {
    const {records, error} = await run(DAYS, usageExchange(body));
    expect(error).toMatchObject({code: 'missing_bucket', message: expect.stringContaining(says)});
    expect(records).toBeUndefined();
  });
});

describe('the dates that the answer claims', () => {
  test.each([
    ['the same', '2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z'],
    ['more', '2026-10-01', '2026-12-01'],
    ['the last day as the end', '2026-11-01', '2026-11-02'],
    ['not readable', 'soon', 'later'],
  ])('%s', async (_, usage_from, usage_to) => {
    const {notices, error} = await run(DAYS, usageExchange({usage_from, usage_to}));
    expect([codes(notices), error]).toEqual([[], undefined]);
  });

  // Found by the fault laboratory: they gave a smaller sum, a warning and exit 0.
  test.each([
    ['a later start', '2026-11-02T00:00:00Z', '2026-11-03T00:00:00Z'],
    ['an earlier end', '2026-11-01', '2026-11-01'],
    ['a window of its own', '2025-10-01T00:00:00Z', '2025-11-01T00:00:00Z'],
  ])('%s: nothing is counted', async (_, usage_from, usage_to) => {
    const {records, error} = await run(
      DAYS,
      usageExchange({usage_from, usage_to, usage_data: [bucket('2026-11-02')]}),
    );
    expect(error).toMatchObject({code: 'outside_window'});
    expect(records).toBeUndefined();
  });
});

// Found by the fault laboratory: the group counted twice, and (other) took it off again.
test('a group that a day lists twice: nothing is counted', async () => {
  const group = {group_id: 'job-1', amount: 4, job_count: 1, time_us: 0};
  const twice = bucket('2026-11-02', {amount: 8, group_usages: [group, group]});
  const {records, error} = await run(BY_JOB, usageExchange({group_type: 'job', usage_data: [twice]}));
  expect(error).toMatchObject({
    code: 'inconsistent',
    message: expect.stringContaining('"job-1" twice on 2026-11-02'),
  });
  expect(records).toBeUndefined();
});
