import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {BUDGET_PERIODS, type BudgetPeriod} from '../../src/core/budget.ts';
import {daysOf, periodAround, soFar, spanOf} from '../../src/core/budget-span.ts';
import {
  calendarDay,
  DAY_MS,
  formatDate,
  instant,
  parseDate,
  startOfDay,
  utc,
} from '../../src/core/instant.ts';

const at = (date: string) => parseDate(date)!;
const shown = (period: Exclude<BudgetPeriod, 'total'>, date: string, cycleDay = 1) => {
  const {start, end} = periodAround(period, at(date), cycleDay);
  return `${formatDate(start)}..${formatDate(end)}`;
};

const periods = fc.constantFrom(...BUDGET_PERIODS.filter(period => period !== 'total'));
const moments = fc.integer({min: utc(1999, 1), max: utc(2101, 1)}).map(instant);
const cycleDays = fc.integer({min: 1, max: 31});

describe('periods', () => {
  it('tile time: the one around a moment holds it, and its neighbours touch it', () => {
    fc.assert(
      fc.property(periods, moments, cycleDays, (period, moment, day) => {
        const here = periodAround(period, moment, day);
        expect(here.start).toBeLessThanOrEqual(moment);
        expect(here.end).toBeGreaterThan(moment);
        const next = periodAround(period, here.end, day);
        const before = periodAround(period, instant(here.start - 1), day);
        expect([before.end, next.start]).toEqual([here.start, here.end]);
        // Any moment of it has the same one around it.
        const last = periodAround(period, instant(here.end - 1), day);
        expect(last).toEqual(here);
      }),
    );
  });

  it('begin at midnight, and months on their day or the last one that the month has', () => {
    fc.assert(
      fc.property(periods, moments, cycleDays, (period, moment, day) => {
        const {start} = periodAround(period, moment, day);
        expect(start % DAY_MS).toBe(0);
        if (period === 'day' || period === 'week') return;
        const {year, month, day: first} = calendarDay(start);
        const last = calendarDay(instant(utc(year, month + 1) - 1)).day;
        expect(first).toBe(Math.min(day, last));
        if (period === 'quarter') expect(month % 3).toBe(1);
        if (period === 'year') expect(month).toBe(1);
      }),
    );
  });

  it.each([
    ['day', '2026-11-22', 1, '2026-11-22..2026-11-23'],
    ['week', '2026-11-22', 1, '2026-11-16..2026-11-23'], // a Sunday: the last day of an ISO week
    ['week', '2026-11-23', 1, '2026-11-23..2026-11-30'],
    ['month', '2026-11-22', 1, '2026-11-01..2026-12-01'],
    ['month', '2026-02-27', 31, '2026-01-31..2026-02-28'],
    ['month', '2026-02-28', 31, '2026-02-28..2026-03-31'],
    ['month', '2024-02-28', 31, '2024-01-31..2024-02-29'],
    ['month', '2024-02-29', 31, '2024-02-29..2024-03-31'],
    ['month', '2024-02-29', 30, '2024-02-29..2024-03-30'],
    ['month', '2026-12-31', 31, '2026-12-31..2027-01-31'],
    ['month', '2026-11-14', 15, '2026-10-15..2026-11-15'],
    ['month', '2026-11-15', 15, '2026-11-15..2026-12-15'],
    ['quarter', '2026-11-22', 1, '2026-10-01..2027-01-01'],
    ['quarter', '2026-10-14', 15, '2026-07-15..2026-10-15'],
    ['quarter', '2027-01-14', 15, '2026-10-15..2027-01-15'],
    ['year', '2026-11-22', 1, '2026-01-01..2027-01-01'],
    ['year', '2026-01-14', 15, '2025-01-15..2026-01-15'],
  ] as const)('a %s around %s with cycle day %i is %s', (period, date, day, expected) => {
    expect(shown(period, date, day)).toBe(expected);
  });
});

describe('the span of a budget', () => {
  it('has not begun before its first day', () => {
    const starts = at('2026-11-10');
    expect(spanOf({period: 'month', starts}, instant(starts - 1))).toBeUndefined();
    expect(spanOf({period: 'month', starts}, starts)).toEqual({start: starts, end: at('2026-12-01')});
    expect(spanOf({period: 'month', starts}, at('2026-12-05'))).toEqual({
      start: at('2026-12-01'),
      end: at('2027-01-01'),
    });
  });

  it('takes its own cycle day before that of the settings, and the first of the month without either', () => {
    const around = (own: number | undefined, setting: number | undefined) =>
      formatDate(spanOf({period: 'month', ...(own && {cycleDay: own})}, at('2026-11-22'), setting)!.start);
    expect(around(undefined, undefined)).toBe('2026-11-01');
    expect(around(undefined, 10)).toBe('2026-11-10');
    expect(around(5, 10)).toBe('2026-11-05');
    expect(around(1, 10)).toBe('2026-11-01');
  });

  it('of a total has no end', () => {
    const starts = at('2025-03-01');
    expect(spanOf({period: 'total', starts}, at('2026-11-22'))).toEqual({start: starts, end: undefined});
  });

  it('so far is up to the end of the running day, and within the span', () => {
    const now = instant(at('2026-11-22') + 9 * 3_600_000);
    expect(soFar({start: at('2026-11-01'), end: at('2026-12-01')}, now)).toEqual({
      start: at('2026-11-01'),
      end: at('2026-11-23'),
    });
    expect(soFar({start: at('2026-11-22'), end: at('2026-11-23')}, now).end).toBe(at('2026-11-23'));
    expect(soFar({start: at('2025-01-01'), end: undefined}, now).end).toBe(at('2026-11-23'));
    fc.assert(
      fc.property(periods, moments, cycleDays, (period, moment, day) => {
        const part = soFar(periodAround(period, moment, day), moment);
        expect(part.end).toBeGreaterThan(moment);
        expect(part.end - startOfDay(moment)).toBe(DAY_MS);
        expect(daysOf(part)).toBe((part.end - part.start) / DAY_MS);
      }),
    );
  });
});
