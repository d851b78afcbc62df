import type {Instant} from './instant.ts';
import type {Currency, Decimal} from './money.ts';

/** How long a budget lasts before it begins anew. Weeks are ISO weeks; `total` never begins anew. */
export const BUDGET_PERIODS = ['day', 'week', 'month', 'quarter', 'year', 'total'] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/** The periods that a billing-cycle day moves: those made of months. */
export const MONTHS_OF: {readonly [P in BudgetPeriod]?: 1 | 3 | 12} = {month: 1, quarter: 3, year: 12};

/** What somebody may spend on something in a while. One of a scope and period; another one replaces it. */
export interface Budget {
  /** As `formatScope` writes it. */
  readonly scope: string;
  /** Null: unlimited, to be looked at and never over. */
  readonly amount: Decimal | null;
  readonly currency: Currency;
  readonly period: BudgetPeriod;
  /** The first day that counts; always there for `total`. */
  readonly starts?: Instant;
  /** 1 to 31: the day of the month on which months, quarters and years begin. Left out: as the settings say. */
  readonly cycleDay?: number;
  /** Percent of the amount at which to warn, ascending. Left out: `WARNING_PERCENT`. */
  readonly warn?: readonly Decimal[];
}

/** Percent of the amount from which on a budget is in warning, unless it has lines of its own. */
export const WARNING_PERCENT = '80' as Decimal;
/** Percent of the amount from which on a budget is critical. */
export const CRITICAL_PERCENT = '90' as Decimal;
/** Percent of the amount beyond which a budget is exceeded: all of it may be spent. */
export const FULL_PERCENT = '100' as Decimal;

/** What tells budgets apart: there is one of each scope and period. */
export const budgetKey = ({scope, period}: Pick<Budget, 'scope' | 'period'>): string => `${scope} ${period}`;

const PLACE = new Map(BUDGET_PERIODS.map((period, place) => [period, place]));

/** By scope in code-unit order, then from short periods to long ones. */
export function compareBudgets(a: Budget, b: Budget): number {
  if (a.scope !== b.scope) return a.scope < b.scope ? -1 : 1;
  return (PLACE.get(a.period) ?? 0) - (PLACE.get(b.period) ?? 0);
}
