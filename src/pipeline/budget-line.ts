import {FULL_PERCENT} from '../core/budget.ts';
import {soFar} from '../core/budget-span.ts';
import {addDays, type Instant, startOfDay} from '../core/instant.ts';
import {add, compareDecimals, type Decimal, decimal, multiply, sign, ZERO} from '../core/money.ts';
import type {Standing} from './standing.ts';

const HUNDRED = decimal('100');

/** Whether so much is more than a part of the amount. Exact. */
export const isBeyond = (spent: Decimal, amount: Decimal, percent: Decimal): boolean =>
  compareDecimals(multiply(spent, HUNDRED), multiply(amount, percent)) > 0;
export const reaches = (spent: Decimal, amount: Decimal, percent: Decimal): boolean =>
  compareDecimals(multiply(spent, HUNDRED), multiply(amount, percent)) >= 0;

/** Whether a standing is beyond a line: undefined if what is not known decides. */
export function isOver(
  {spent, atLeast, atMost, state}: Standing,
  amount: Decimal | null,
  percent: Decimal,
): boolean | undefined {
  if (amount === null || state === 'not_begun') return false;
  if (spent !== null) return isBeyond(spent, amount, percent);
  if (atLeast !== null && isBeyond(atLeast, amount, percent)) return true;
  return atMost !== null && !isBeyond(atMost, amount, percent) ? false : undefined;
}

/** The highest of some lines that a figure has come to, `full` and above only if it is beyond them. */
export const linesReached = (
  figure: Decimal,
  amount: Decimal,
  percents: readonly Decimal[],
): readonly Decimal[] =>
  percents.filter(percent =>
    compareDecimals(percent, FULL_PERCENT) < 0
      ? sign(figure) > 0 && reaches(figure, amount, percent)
      : isBeyond(figure, amount, percent),
  );

/** The day since which the spend has been beyond a line without a break; undefined if it is not, or days are not told. */
export function crossedOn(
  {days, span}: Pick<Standing, 'days' | 'span'>,
  amount: Decimal,
  percent: Decimal,
  now: Instant,
): Instant | undefined {
  if (!days || !span) return undefined;
  const {start, end} = soFar(span, now);
  let sum: Decimal = ZERO;
  let since: Instant | undefined;
  for (let day = startOfDay(start); day < end; day = addDays(day, 1)) {
    sum = add(sum, days.get(day) ?? ZERO);
    if (isBeyond(sum, amount, percent)) since ??= day;
    else since = undefined;
  }
  return since;
}
