import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {bucketStart, GRANULARITIES, nests, tile} from '../../src/core/bucket.ts';
import {
  addDays,
  formatInstant,
  type Instant,
  instant,
  parseInstant,
  startOfDay,
} from '../../src/core/instant.ts';
import {parseFromTo, parsePeriod} from '../../src/core/parse-period.ts';
import {formatPeriod, previousPeriod} from '../../src/core/period.ts';

const at = (text: string): Instant => parseInstant(text)!;
const NOW = at('2026-11-22T09:00:00Z');
const span = (text: string, now = NOW) => {
  const {start, end} = parsePeriod(text, now);
  return [formatInstant(start), formatInstant(end)].map(when => when.replace('T00:00:00Z', ''));
};
const previousOf = (text: string, now = NOW) => formatPeriod(previousPeriod(parsePeriod(text, now)));

/** Any minute of 1990 to 2090. */
const anyInstant = fc.integer({min: 10_519_200, max: 63_115_200}).map(minutes => instant(minutes * 60_000));

describe('parsePeriod', () => {
  it.each([
    ['today', '2026-11-22', '2026-11-23'],
    ['yesterday', '2026-11-21', '2026-11-22'],
    ['7d', '2026-11-16', '2026-11-23'],
    ['1d', '2026-11-22', '2026-11-23'],
    ['30d', '2026-10-24', '2026-11-23'],
    ['mtd', '2026-11-01', '2026-11-23'],
    ['last-month', '2026-10-01', '2026-11-01'],
    ['qtd', '2026-10-01', '2026-11-23'],
    ['ytd', '2026-01-01', '2026-11-23'],
    ['2026', '2026-01-01', '2027-01-01'],
    ['2026-11', '2026-11-01', '2026-12-01'],
    ['2026-Q4', '2026-10-01', '2027-01-01'],
    ['2026-q1', '2026-01-01', '2026-04-01'],
    ['2026-11-05', '2026-11-05', '2026-11-06'],
    ['2026-11-01..2026-11-15', '2026-11-01', '2026-11-16'],
    ['2026-09..2026-10', '2026-09-01', '2026-11-01'],
    ['2024-02', '2024-02-01', '2024-03-01'],
  ])('%s is %s to %s', (text, start, end) => expect(span(text)).toEqual([start, end]));

  it('knows that yesterday and last month may lie in the year before', () => {
    expect(span('yesterday', at('2026-01-01T00:00:00Z'))).toEqual(['2025-12-31', '2026-01-01']);
    expect(span('last-month', at('2026-01-31T23:59:59Z'))).toEqual(['2025-12-01', '2026-01-01']);
  });

  it.each([
    '',
    'MTD ',
    'mdt',
    '0d',
    '-7d',
    '7',
    '99999d',
    '2026-13',
    '2026-Q5',
    '2026-02-30',
    '2026-11-01..',
    '..',
    'a..b',
    '2026-11-15..2026-11-01',
    '7d..today',
    '9999',
    '9999-12',
    '9999-12-31',
    '2026..9999',
  ])('refuses %j with the rule', text =>
    expect(() => parsePeriod(text, NOW)).toThrow(
      expect.objectContaining({exitCode: 2, advice: expect.objectContaining({rule: expect.any(String)})}),
    ),
  );

  it('never accepts what it was not made for', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        try {
          const {start, end} = parsePeriod(text, NOW);
          expect(start).toBeLessThan(end);
        } catch (error) {
          expect(error).toMatchObject({exitCode: 2});
        }
      }),
    );
  });
});

describe('parseFromTo', () => {
  it('includes both dates, and excludes an instant that ends', () => {
    expect(formatPeriod(parseFromTo('2026-11-01', '2026-11-15', NOW))).toBe('2026-11-01..2026-11-15');
    expect(parseFromTo('2026-11-01T06:00:00+02:00', '2026-11-01T05:00Z', NOW)).toMatchObject({
      start: at('2026-11-01T04:00:00Z'),
      end: at('2026-11-01T05:00:00Z'),
    });
  });

  it('runs up to the running day without an end', () => {
    expect(parseFromTo('2026-11-20', undefined, NOW).end).toBe(at('2026-11-23T00:00:00Z'));
  });

  it.each([
    ['2026-11-15', '2026-11-14'],
    ['2026-11-15T00:00:30Z', undefined],
    ['2026-11-15T00:00:00', undefined],
    ['yesterday', undefined],
    ['2026-11-15', '2026-02-30'],
    ['2026-11-15T24:00:00Z', undefined],
  ])('refuses %s to %s', (from, to) =>
    expect(() => parseFromTo(from, to, NOW)).toThrow(expect.objectContaining({exitCode: 2})),
  );
});

describe('previousPeriod', () => {
  it.each([
    ['mtd', '2026-10-01..2026-10-22'],
    ['qtd', '2026-07-01..2026-08-22'],
    ['ytd', '2025-01-01..2025-11-22'],
    ['2026-11', '2026-10-01..2026-10-31'],
    ['last-month', '2026-09-01..2026-09-30'],
    ['2026-Q4', '2026-07-01..2026-09-30'],
    ['2026', '2025-01-01..2025-12-31'],
    ['7d', '2026-11-09..2026-11-15'],
    ['today', '2026-11-21'],
    ['2026-11-05..2026-11-06', '2026-11-03..2026-11-04'],
  ])('of %s is %s', (text, expected) => expect(previousOf(text)).toBe(expected));

  it('takes the days that the shorter month has', () => {
    expect(previousOf('mtd', at('2026-03-31T12:00:00Z'))).toBe('2026-02-01..2026-02-28');
    expect(previousOf('mtd', at('2026-03-01T12:00:00Z'))).toBe('2026-02-01');
    expect(previousOf('mtd', at('2026-04-30T12:00:00Z'))).toBe('2026-03-01..2026-03-30');
    expect(previousOf('ytd', at('2024-02-29T12:00:00Z'))).toBe('2023-01-01..2023-02-28');
  });
});

describe('tile', () => {
  it('covers any period without gap or overlap, in buckets of its width', () => {
    fc.assert(
      fc.property(
        anyInstant,
        fc.integer({min: 1, max: 4_000}),
        fc.constantFrom(...GRANULARITIES),
        (start, minutes, granularity) => {
          const period = {start, end: instant(start + minutes * 60_000)};
          const buckets = tile(period, granularity);
          expect(buckets[0]?.start).toBe(period.start);
          expect(buckets.at(-1)?.end).toBe(period.end);
          buckets.forEach((bucket, index) => {
            expect(bucket.start).toBeLessThan(bucket.end);
            if (index > 0) expect(bucket.start).toBe(buckets[index - 1]?.end);
            expect(bucketStart(instant(bucket.end - 1), granularity)).toBe(
              bucketStart(bucket.start, granularity),
            );
          });
        },
      ),
      {numRuns: 200},
    );
  });

  it('begins weeks on Monday', () => {
    expect(formatInstant(bucketStart(NOW, 'week'))).toBe('2026-11-16T00:00:00Z');
    expect(formatInstant(bucketStart(at('2026-11-16T00:00:00Z'), 'week'))).toBe('2026-11-16T00:00:00Z');
    fc.assert(
      fc.property(
        anyInstant,
        moment => void expect(new Date(bucketStart(moment, 'week')).getUTCDay()).toBe(1),
      ),
    );
  });

  it('nests finer widths in coarser ones, but no weeks in months', () => {
    expect(nests('week', 'month')).toBe(false);
    fc.assert(
      fc.property(
        anyInstant,
        fc.constantFrom(...GRANULARITIES),
        fc.constantFrom(...GRANULARITIES),
        (moment, fine, coarse) => {
          if (!nests(fine, coarse)) return;
          const start = bucketStart(moment, fine);
          expect(bucketStart(start, coarse)).toBe(bucketStart(moment, coarse));
        },
      ),
    );
  });
});

describe('days', () => {
  it('are as long as UTC has them', () => {
    fc.assert(
      fc.property(
        anyInstant,
        moment => void expect(addDays(startOfDay(moment), 1) - startOfDay(moment)).toBe(86_400_000),
      ),
    );
  });

  it('survive being printed and read', () => {
    fc.assert(
      fc.property(anyInstant, moment => void expect(parseInstant(formatInstant(moment))).toBe(moment)),
    );
  });
});
