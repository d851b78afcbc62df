import {type Budget, CRITICAL_PERCENT, FULL_PERCENT, WARNING_PERCENT} from '../core/budget.ts';
import type {Span} from '../core/budget-span.ts';
import type {Instant} from '../core/instant.ts';
import {
  add,
  type Currency,
  type Decimal,
  decimal,
  divide,
  multiply,
  sign,
  subtract,
  ZERO,
} from '../core/money.ts';
import {convert, type Rates, ratesBetween} from '../core/rates.ts';
import {isBeyond, reaches} from './budget-line.ts';
import {project} from './projection.ts';
import type {Spend} from './spend.ts';
import type {Costs} from './spend-part.ts';

type BudgetState = 'ok' | 'warning' | 'critical' | 'exceeded' | 'not_begun' | 'unknown';

/** What keeps a figure from being known. */
export type Problem =
  | {readonly kind: 'failed'; readonly accounts: readonly string[]}
  | {readonly kind: 'currency'; readonly currencies: readonly Currency[]}
  | {readonly kind: 'undecided'; readonly undecided: Costs}
  | {readonly kind: 'no_account'}
  | {readonly kind: 'unknown_scope'}
  | {readonly kind: 'untold'};

/** How a budget stands, in its own currency. Null is "cannot be told" throughout. */
export interface Standing {
  readonly span: Span | undefined;
  readonly spent: Decimal | null;
  /** Where the spend is not known: what it is at the least; null if not even that. */
  readonly atLeast: Decimal | null;
  /** Where the spend is not known, but bounded: what it is at the most. */
  readonly atMost: Decimal | null;
  /** Of the amount, to four places; null if it is unlimited or 0. */
  readonly percent: Decimal | null;
  readonly remaining: Decimal | null;
  /** At the end of the period, by the run rate of the complete days so far; never less than what is spent. */
  readonly projected: Decimal | null;
  /** Why there is no projection. */
  readonly unprojected: 'too_early' | 'no_end' | 'unknown' | null;
  readonly state: BudgetState;
  /** Spend by day in the budget's currency, if all of it is known by day: what `crossedOn` reads. */
  readonly days: ReadonlyMap<Instant, Decimal> | undefined;
  /** The person's own rates that the figures rest on. */
  readonly rates: Rates;
  readonly problem: Problem | undefined;
}

const HUNDRED = decimal('100');
const PERCENT_PLACES = 4;

/** Sets the spend of a budget's scope against its amount; without a span it has not begun. Pure. */
export function standingOf(
  budget: Pick<Budget, 'amount' | 'currency' | 'warn'>,
  span: Span | undefined,
  spend: Spend | undefined,
  rates: Rates,
  now: Instant,
): Standing {
  const {amount, currency} = budget;
  if (!span || !spend) return {...UNKNOWN, span, state: 'not_begun'};
  const used = ratesBetween([...spend.costs.keys(), ...spend.undecided.keys()], currency, rates);
  const known = total(spend.costs, currency, rates);
  const open = total(spend.undecided, currency, rates);
  const problem = problemOf(spend, [...known.foreign, ...open.foreign]);
  const bounds = boundsOf(spend, known, open, problem);
  const spent = problem ? null : known.sum;
  const before = spend.before && total(spend.before, currency, rates).sum;
  return {
    span,
    spent,
    atLeast: problem ? bounds.low : null,
    atMost: problem ? bounds.high : null,
    percent: percentOf(spent, amount),
    remaining: spent === null || amount === null ? null : subtract(amount, spent),
    ...project(spent, before, span, now),
    state: stateOf(budget, bounds),
    days: problem ? undefined : daysIn(spend, currency, rates),
    rates: used,
    problem,
  };
}

/** How a budget stands of which nothing can be told. */
export const unknownStanding = (problem: Problem): Standing => ({
  ...UNKNOWN,
  span: undefined,
  state: 'unknown',
  problem,
});

const UNKNOWN = {
  spent: null,
  atLeast: null,
  atMost: null,
  percent: null,
  remaining: null,
  projected: null,
  unprojected: 'unknown',
  days: undefined,
  rates: new Map<Currency, Decimal>(),
  problem: undefined,
} as const;

interface Total {
  readonly sum: Decimal;
  /** Currencies that there is money in and no rate for. */
  readonly foreign: readonly Currency[];
}

function total(costs: Costs, into: Currency, rates: Rates): Total {
  const foreign: Currency[] = [];
  let sum: Decimal = ZERO;
  for (const [currency, amount] of costs) {
    const converted = amount === ZERO ? ZERO : convert({amount, currency}, into, rates);
    if (converted === undefined) foreign.push(currency);
    else sum = add(sum, converted);
  }
  return {sum, foreign};
}

function problemOf({missing, failures, undecided}: Spend, foreign: readonly Currency[]): Problem | undefined {
  if (missing === 'no_account') return {kind: 'no_account'};
  if (failures.size > 0) return {kind: 'failed', accounts: [...failures.keys()]};
  if (missing === 'unknown') return {kind: 'unknown_scope'};
  if (foreign.length > 0) return {kind: 'currency', currencies: [...new Set(foreign)].sort()};
  return undecided.size > 0 ? {kind: 'undecided', undecided} : undefined;
}

interface Bounds {
  readonly low: Decimal | null;
  /** Null: there is no telling. */
  readonly high: Decimal | null;
}

/** What is missing altogether can only add to what is known; what is undecided may be in or out. */
function boundsOf(
  {missing, failures}: Spend,
  known: Total,
  open: Total,
  problem: Problem | undefined,
): Bounds {
  if (missing) return {low: null, high: null};
  if (!problem) return {low: known.sum, high: known.sum};
  const low = sign(open.sum) < 0 ? add(known.sum, open.sum) : known.sum;
  const high = sign(open.sum) > 0 ? add(known.sum, open.sum) : known.sum;
  const bounded = failures.size === 0 && known.foreign.length + open.foreign.length === 0;
  return {low, high: bounded ? high : null};
}

function stateAt(spent: Decimal, amount: Decimal, warn: readonly Decimal[]): BudgetState {
  if (isBeyond(spent, amount, FULL_PERCENT)) return 'exceeded';
  if (sign(spent) <= 0) return 'ok'; // nothing of nothing is no cause for alarm
  if (reaches(spent, amount, CRITICAL_PERCENT)) return 'critical';
  return warn.some(percent => reaches(spent, amount, percent)) ? 'warning' : 'ok';
}

function stateOf(
  {amount, warn = [WARNING_PERCENT]}: Pick<Budget, 'amount' | 'warn'>,
  {low, high}: Bounds,
): BudgetState {
  if (amount === null) return low === null || low !== high ? 'unknown' : 'ok';
  const atLeast = low === null ? 'unknown' : stateAt(low, amount, warn);
  if (atLeast === 'exceeded') return 'exceeded';
  return high !== null && stateAt(high, amount, warn) === atLeast ? atLeast : 'unknown';
}

function percentOf(spent: Decimal | null, amount: Decimal | null): Decimal | null {
  if (spent === null || amount === null) return null;
  return divide(multiply(spent, HUNDRED), amount, PERCENT_PLACES) ?? null;
}

function daysIn({days}: Spend, into: Currency, rates: Rates): ReadonlyMap<Instant, Decimal> | undefined {
  if (!days) return undefined;
  const sums = new Map<Instant, Decimal>();
  for (const [currency, byDay] of days) {
    for (const [day, amount] of byDay) {
      const converted = convert({amount, currency}, into, rates) ?? ZERO; // what has no rate is zero, or a problem
      sums.set(day, add(sums.get(day) ?? ZERO, converted));
    }
  }
  return sums;
}
