import {daysOf, type Span} from '../core/budget-span.ts';
import {type Instant, startOfDay} from '../core/instant.ts';
import {compareDecimals, type Decimal, decimal, divide, multiply, ZERO} from '../core/money.ts';
import type {Standing} from './standing.ts';

/** Fewer complete days than this make no run rate. */
const MIN_COMPLETE_DAYS = 3;
/** Digits after the point of a projection, which is a guess anyway. */
const PLACES = 6;

/**
 * What will be spent at the end of a period, if it goes on as in its complete days: never less than what is spent.
 * @param before what was spent before the running day; undefined if that is not known
 */
export function project(
  spent: Decimal | null,
  before: Decimal | undefined,
  {start, end}: Span,
  now: Instant,
): Pick<Standing, 'projected' | 'unprojected'> {
  const nothing = (unprojected: Standing['unprojected']) => ({projected: null, unprojected});
  if (end === undefined) return nothing('no_end');
  if (spent === null || before === undefined) return nothing('unknown');
  const today = startOfDay(now);
  const complete = daysOf({start, end: today < end ? today : end});
  if (complete < MIN_COMPLETE_DAYS) return nothing('too_early');
  const whole = multiply(before, decimal(daysOf({start, end})));
  const projected = divide(whole, decimal(complete), PLACES) ?? ZERO;
  return {projected: compareDecimals(projected, spent) < 0 ? spent : projected, unprojected: null};
}
