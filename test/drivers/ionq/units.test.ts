import {describe, expect, test} from 'vitest';
import {bucket, query, run, totalsOf, usageExchange} from './subject.ts';

const DAYS = query('2026-11-01', '2026-11-03');
const BY_PROJECT = query('2026-11-01', '2026-11-03', {split: 'project'});

const amounts = (...parts: readonly (readonly [number, string])[]) =>
  parts.map(([amount, unit]) => ({amount, unit}));
const costsOf = (totals: {[unit: string]: string}) =>
  Object.fromEntries(Object.entries(totals).filter(([unit]) => unit === unit.toUpperCase()));

describe('the unit of amount', () => {
  test.each([
    ['none given', {}, {}, 'USD'],
    ['of the response', {usage_unit: 'EUR'}, {}, 'EUR'],
    ['of the bucket', {usage_unit: 'USD'}, {amount_unit: 'credit'}, 'CREDITS'],
    ['lower case', {usage_unit: 'usd'}, {}, 'USD'],
    ['credit', {usage_unit: 'credit'}, {}, 'CREDITS'],
    ['credits', {usage_unit: 'Credits'}, {}, 'CREDITS'],
    ['ACU', {usage_unit: 'acu'}, {}, 'ACU'],
    ['several words', {usage_unit: 'compute credits'}, {}, 'COMPUTE_CREDITS'],
    ['blank', {usage_unit: ' '}, {amount_unit: ''}, 'USD'],
    ['null', {usage_unit: null}, {amount_unit: null}, 'USD'],
  ])('%s', async (_, body, fields, unit) => {
    const {records} = await run(
      DAYS,
      usageExchange({...body, usage_data: [bucket('2026-11-01', {amount: 2.5, ...fields})]}),
    );
    expect(costsOf(totalsOf(records))).toEqual({[unit]: '2.5'});
  });

  test('a group without one has that of its bucket', async () => {
    const group_usages = [{group_id: 'p', amount: 2, job_count: 0, time_us: 0}];
    const data = [bucket('2026-11-01', {amount: 2, amount_unit: 'credits', group_usages})];
    const {records} = await run(BY_PROJECT, usageExchange({usage_unit: 'USD', usage_data: data}));
    expect(records?.map(({cost}) => cost)).toEqual([{amount: '2', currency: 'CREDITS'}]);
  });

  test.each(['\u001b[31mUSD', '$', '12', 'x'.repeat(50)])('%j is none', async usage_unit => {
    const {error} = await run(DAYS, usageExchange({usage_unit}));
    expect(error).toMatchObject({code: 'bad_response', message: expect.stringContaining('usage_unit')});
  });
});

describe('amounts[] or amount, never both', () => {
  const normalized = {amount_unit: 'credits', amount: 150};

  test('amounts[] of one currency twice are added', async () => {
    const data = [
      bucket('2026-11-01', {...normalized, amounts: amounts([100, 'credit'], [2, 'USD'], [3, 'usd'])}),
    ];
    const {records} = await run(DAYS, usageExchange({usage_unit: 'credits', usage_data: data}));
    expect(costsOf(totalsOf(records))).toEqual({CREDITS: '100', USD: '5'});
  });

  test('one bucket without amounts[] turns all of them to amount', async () => {
    const data = [
      bucket('2026-11-02', {...normalized, amounts: amounts([100, 'credit'], [5, 'USD'])}),
      bucket('2026-11-01', {...normalized, amounts: []}),
    ];
    const {records, notices} = await run(DAYS, usageExchange({usage_unit: 'credits', usage_data: data}));
    expect(costsOf(totalsOf(records))).toEqual({CREDITS: '300'});
    expect(notices.map(({level, code}) => [level, code])).toEqual([['info', 'normalized']]);
  });

  test('so does one group, also where groups are not asked for', async () => {
    const group_usages = [{group_id: 'p', amount: 150, job_count: 0, time_us: 0}];
    const data = [
      bucket('2026-11-01', {...normalized, amounts: amounts([100, 'credit'], [5, 'USD']), group_usages}),
    ];
    for (const asked of [DAYS, BY_PROJECT]) {
      const {records} = await run(asked, usageExchange({usage_unit: 'credits', usage_data: data}));
      expect(costsOf(totalsOf(records))).toEqual({CREDITS: '150'});
    }
  });

  test('what costs nothing needs no amounts[]', async () => {
    const data = [
      bucket('2026-11-02', {...normalized, amounts: amounts([100, 'credit'], [5, 'USD'])}),
      bucket('2026-11-01', {amount_unit: 'credits', job_count: 2}),
    ];
    const {records} = await run(DAYS, usageExchange({usage_unit: 'credits', usage_data: data}));
    expect(costsOf(totalsOf(records))).toEqual({CREDITS: '100', USD: '5'});
    expect(records?.at(-1)).toMatchObject({quantities: {job_count: '2'}});
    expect(records?.at(-1)).not.toHaveProperty('cost');
  });

  test('a group that has amounts[] needs no amount', async () => {
    const group_usages = [{group_id: 'p', amounts: amounts([40, 'credit']), job_count: 0, time_us: 0}];
    const data = [bucket('2026-11-01', {...normalized, amounts: amounts([100, 'credit']), group_usages})];
    const {records} = await run(BY_PROJECT, usageExchange({usage_unit: 'credits', usage_data: data}));
    expect(records?.map(({cost}) => cost?.amount)).toEqual(['40', '60']);
  });

  test('where nothing is charged a day costs 0, which is not the same as no cost', async () => {
    const {records} = await run(DAYS, usageExchange({usage_data: [bucket('2026-11-01', {job_count: 2})]}));
    expect(records?.map(({cost}) => cost)).toEqual([{amount: '0', currency: 'USD'}]);
  });

  test('credits of the older version are as billed, so nothing is said of normalizing', async () => {
    const {notices} = await run(
      DAYS,
      usageExchange({usage_unit: 'credits', usage_data: [bucket('2026-11-01', {amount: 1})]}),
    );
    expect(notices).toEqual([]);
  });
});
