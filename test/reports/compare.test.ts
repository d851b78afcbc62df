import {describe, expect, it} from 'vitest';
import {parsePeriod} from '../../src/core/parse-period.ts';
import type {Query} from '../../src/core/query.ts';
import {NOW} from '../support/session.ts';
import {billed, build, reporting} from './build.ts';

const on = (day: string, amount: string, model = 'm') => billed(amount, {model}, {day});
const asked = (period: string, compare: string, changes: Partial<Query> = {}): Partial<Query> => ({
  report: 'report',
  period: parsePeriod(period, NOW),
  compare: parsePeriod(compare, NOW),
  groupBy: ['model'],
  ...changes,
});

describe('the period before', () => {
  it('is set against group by group', async () => {
    const facts = [
      on('2026-11-03', '3', 'a'),
      on('2026-10-03', '2', 'a'),
      on('2026-10-04', '7', 'b'),
      on('2026-11-05', '4', 'c'),
    ];
    const {pick} = await build(asked('2026-11', '2026-10'), reporting(facts));
    expect(pick('model', 'cost', 'previous_cost')).toEqual(['c 4 -', 'a 3 2', 'b - 7']);
  });

  it('is counted apart where the two overlap', async () => {
    const facts = [on('2026-11-03', '3'), on('2026-11-04', '4')];
    const {pick} = await build(asked('2026-11-03..2026-11-04', '2026-11-04'), reporting(facts));
    expect(pick('cost', 'previous_cost')).toEqual(['7 4']);
  });

  it('has nothing where it has not begun', async () => {
    const {pick} = await build(asked('2026-11', '2026-12'), reporting([on('2026-11-03', '3')]));
    expect(pick('cost', 'previous_cost', 'change')).toEqual(['3 - -']);
  });

  it('brings money only: quantities are those of the period', async () => {
    const {rows} = await build(asked('2026-11', '2026-10'), reporting([on('2026-10-03', '2')]));
    expect(rows[0]).toMatchObject({requests: null, tokens: null, quantities: null});
  });
});

describe('bucket by bucket', () => {
  it('the first is set against the first, the n-th against the n-th', async () => {
    const facts = [
      on('2026-11-16', '1'),
      on('2026-11-18', '3'),
      on('2026-11-09', '10'),
      on('2026-11-10', '20'),
    ];
    const {pick} = await build(
      asked('2026-11-16..2026-11-18', '2026-11-09..2026-11-11', {bucket: 'day'}),
      reporting(facts),
    );
    expect(pick('bucket_start', 'cost', 'previous_cost')).toEqual([
      '2026-11-16 1 10',
      '2026-11-17 - 20',
      '2026-11-18 3 -',
    ]);
  });

  it('weeks and months that are cut by the period count as buckets', async () => {
    const facts = [
      on('2026-11-01', '1'),
      on('2026-11-02', '2'),
      on('2026-10-01', '10'),
      on('2026-10-05', '20'),
    ];
    const {pick} = await build(
      asked('2026-11-01..2026-11-08', '2026-10-01..2026-10-08', {bucket: 'week'}),
      reporting(facts),
    );
    expect(pick('bucket_start', 'bucket_end', 'cost', 'previous_cost')).toEqual([
      '2026-11-01 2026-11-02 1 10',
      '2026-11-02 2026-11-09 2 20',
    ]);
  });

  it('what a longer period has more counts with the last bucket, without a change, and is in the totals', async () => {
    const facts = [on('2026-11-30', '1'), on('2026-10-30', '10'), on('2026-10-31', '20')];
    const now = parsePeriod('2026-12-05', NOW).start;
    const {pick, report} = await build(asked('2026-11', '2026-10', {bucket: 'day', now}), reporting(facts));
    expect(pick('bucket_start', 'bucket_end', 'cost', 'previous_cost', 'change')).toEqual([
      '2026-11-30 2026-12-01 1 30 -',
    ]);
    expect(report.totals).toEqual([{currency: 'USD', cost: '1', previousCost: '30', change: '-0.966667'}]);
  });
});
