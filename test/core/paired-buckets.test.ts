import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {GRANULARITIES} from '../../src/core/bucket.ts';
import {addDays, DAY_MS, type Instant, parseInstant} from '../../src/core/instant.ts';
import {areAlike, pairBuckets} from '../../src/core/paired-buckets.ts';
import {parsePeriod} from '../../src/core/parse-period.ts';
import {formatPeriod, previousPeriod} from '../../src/core/period.ts';

const NOW = parseInstant('2026-11-22T09:00:00Z') as Instant;
const pairs = (text: string, width: (typeof GRANULARITIES)[number]) => {
  const period = parsePeriod(text, NOW);
  return pairBuckets(period, previousPeriod(period), width);
};
const shown = (text: string, width: (typeof GRANULARITIES)[number]) => {
  const all = pairs(text, width);
  return all.buckets.map((bucket, index) => {
    const other = all.compared[index];
    return `${formatPeriod(bucket)} ${other ? formatPeriod(other) : '-'} ${areAlike(all, index)}`;
  });
};

describe('buckets are set against as many days', () => {
  it('weeks that the period cuts: against the same days of the month before', () => {
    expect(shown('mtd', 'week')).toEqual([
      '2026-11-01 2026-10-01 true',
      '2026-11-02..2026-11-08 2026-10-02..2026-10-08 true',
      '2026-11-09..2026-11-15 2026-10-09..2026-10-15 true',
      '2026-11-16..2026-11-22 2026-10-16..2026-10-22 true',
    ]);
  });

  it('what a longer month has beyond the last bucket counts with that, which is then no equal', () => {
    expect(shown('2026-09', 'week').at(-1)).toBe('2026-09-28..2026-09-30 2026-08-28..2026-08-31 false');
    expect(shown('2026-02', 'day').slice(-2)).toEqual([
      '2026-02-27 2026-01-27 true',
      '2026-02-28 2026-01-28..2026-01-31 false',
    ]);
  });

  it('days that a shorter month lacks have nothing to be set against', () => {
    expect(shown('2026-03', 'day').slice(-4)).toEqual([
      '2026-03-28 2026-02-28 true',
      '2026-03-29 - false',
      '2026-03-30 - false',
      '2026-03-31 - false',
    ]);
  });

  it('calendar months are set against calendar months', () => {
    expect(shown('2026-Q3', 'month')).toEqual([
      '2026-07-01..2026-07-31 2026-04-01..2026-04-30 true',
      '2026-08-01..2026-08-31 2026-05-01..2026-05-31 true',
      '2026-09-01..2026-09-30 2026-06-01..2026-06-30 true',
    ]);
  });

  it('and tile the other period, whatever both are', () => {
    const period = fc.oneof(
      fc.constantFrom(
        'mtd',
        'last-month',
        'qtd',
        'ytd',
        '7d',
        '30d',
        '90d',
        '2026-02',
        '2024-02',
        '2025',
        '2026-Q1',
      ),
      fc.tuple(fc.integer({min: 0, max: 400}), fc.integer({min: 0, max: 90})).map(([from, days]) => {
        const start = addDays(NOW, -from - days);
        const date = (at: number) => new Date(at).toISOString().slice(0, 10);
        return `${date(start)}..${date(start + days * DAY_MS)}`;
      }),
    );
    fc.assert(
      fc.property(period, fc.constantFrom('day', 'week', 'month'), (text, width) => {
        const whole = previousPeriod(parsePeriod(text, NOW));
        const all = pairs(text, width);
        expect(all.compared.length).toBeLessThanOrEqual(all.buckets.length);
        expect(all.compared[0]?.start).toBe(whole.start);
        expect(all.compared.at(-1)?.end).toBe(whole.end);
        all.compared.slice(1).forEach((piece, index) => {
          expect(piece.start).toBe(all.compared[index]?.end);
        });
      }),
    );
  });
});
