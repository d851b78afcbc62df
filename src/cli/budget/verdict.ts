import type {Budget} from '../../core/budget.ts';
import type {Instant} from '../../core/instant.ts';
import {type Decimal, decimal, multiply, subtract} from '../../core/money.ts';
import {crossedOn, isBeyond, isOver} from '../../pipeline/budget-line.ts';
import type {Standing} from '../../pipeline/standing.ts';
import type {Verdict} from '../../reports/budget-entry.ts';

const HUNDREDTH = decimal('0.01');

interface Line {
  readonly percent: Decimal;
  /** Whether what is projected counts, too. */
  readonly forecast: boolean;
}

/** Judges a budget by a line: over is more than the line, and what is only known to be over is over. Pure. */
export function verdictOf(
  {amount}: Pick<Budget, 'amount'>,
  standing: Standing,
  {percent, forecast}: Line,
  now: Instant,
): Verdict {
  const line = amount === null ? null : multiply(multiply(amount, percent), HUNDREDTH);
  const over = isOver(standing, amount, percent);
  const nothing = {by: undefined, percent, line, excess: null, since: undefined};
  if (amount === null || line === null) return {...nothing, over};
  if (over) {
    const known = standing.spent ?? standing.atLeast;
    return {
      ...nothing,
      over,
      by: 'spent',
      excess: known === null ? null : subtract(known, line),
      since: crossedOn(standing, amount, percent, now),
    };
  }
  const {projected} = standing;
  if (forecast && projected !== null && isBeyond(projected, amount, percent))
    return {...nothing, over: true, by: 'projected', excess: subtract(projected, line)};
  return {...nothing, over};
}
