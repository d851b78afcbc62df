import {bucketStart, nextBucket} from './bucket.ts';
import {type Budget, type BudgetPeriod, MONTHS_OF} from './budget.ts';
import {addDays, calendarDay, DAY_MS, earlier, type Instant, later, startOfDay, utc} from './instant.ts';
import type {Period} from './period.ts';

/** The time that a budget is for. Without an end: from its first day on, for good. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant | undefined;
}

/**
 * The period of a budget that a moment lies in, or undefined before its first day. Where `starts` lies within a
 * period, that one is shorter and has the whole amount.
 * @param cycleDay the billing-cycle day of the settings, for budgets without one of their own
 */
export function spanOf(
  {period, starts, cycleDay: own}: Pick<Budget, 'period' | 'starts' | 'cycleDay'>,
  at: Instant,
  cycleDay = 1,
): Span | undefined {
  if (starts !== undefined && at < starts) return undefined;
  if (period === 'total') return {start: starts ?? utc(1970, 1), end: undefined};
  const whole = periodAround(period, at, own ?? cycleDay);
  return starts === undefined ? whole : {...whole, start: later(whole.start, starts)};
}

/** The whole period around a moment: such periods tile time. */
export function periodAround(period: Exclude<BudgetPeriod, 'total'>, at: Instant, cycleDay: number): Period {
  const months = MONTHS_OF[period];
  if (months === undefined) {
    const width = period === 'day' ? 'day' : 'week';
    const start = bucketStart(at, width);
    return {start, end: nextBucket(start, width)};
  }
  const {year, month} = calendarDay(at);
  const first = month - ((month - 1) % months);
  const start = cycleStart(year, first, cycleDay);
  return at < start
    ? {start: cycleStart(year, first - months, cycleDay), end: start}
    : {start, end: cycleStart(year, first + months, cycleDay)};
}

/** The cycle day of a month; the last day of a month that is too short for it. Months out of range roll over. */
function cycleStart(year: number, month: number, cycleDay: number): Instant {
  const last = addDays(utc(year, month + 1), -1);
  return earlier(addDays(utc(year, month), cycleDay - 1), last);
}

/** The part of a span that figures are to be had of: up to the end of the running day. */
export function soFar({start, end}: Span, now: Instant): Period {
  const tomorrow = addDays(startOfDay(now), 1);
  return {start, end: end === undefined ? tomorrow : earlier(end, tomorrow)};
}

/** Whole days of a period; budgets begin and end at midnight. */
export const daysOf = ({start, end}: Period): number => Math.round((end - start) / DAY_MS);
