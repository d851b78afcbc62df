import type {BudgetPeriod} from '../core/budget.ts';
import type {Instant} from '../core/instant.ts';
import type {Currency, Decimal} from '../core/money.ts';
import type {Standing} from '../pipeline/standing.ts';

/** A budget, whoever keeps it, and how it stands: one row. */
export interface BudgetEntry {
  readonly scope: string;
  /** `usage` for those kept here, else the provider. */
  readonly keptBy: string;
  /** A limit bounds the spending; an alert only tells somebody. */
  readonly kind: 'limit' | 'alert';
  /** Null where the scope spans several. */
  readonly provider: string | null;
  readonly account: string | null;
  /** Null: unlimited. */
  readonly amount: Decimal | null;
  readonly currency: Currency;
  readonly period: BudgetPeriod | 'unknown';
  /** Whether the provider stops the spending there; undefined if it does not say, or the budget is kept here. */
  readonly enforced: boolean | undefined;
  readonly warn: readonly Decimal[];
  readonly standing: Standing;
  /** Since when all of it is spent, if that is known. */
  readonly overSince: Instant | undefined;
  /** Accounts that cannot tell the costs of such a scope. */
  readonly notCounted: readonly string[];
  /** Why its figures cannot be told, and what to do about it. */
  readonly error: string | undefined;
  readonly hint: string | undefined;
  readonly remark: string | undefined;
}

/** What `usage budget check` made of an entry. */
export interface Verdict {
  /** Undefined: what is not known decides. */
  readonly over: boolean | undefined;
  /** What is over: what is spent, or only what is projected. */
  readonly by: 'spent' | 'projected' | undefined;
  /** The line that was checked, in percent of the amount. */
  readonly percent: Decimal;
  /** The same in money; null for unlimited ones. */
  readonly line: Decimal | null;
  /** How much the spend (or its projection) is beyond the line, at the least. */
  readonly excess: Decimal | null;
  readonly since: Instant | undefined;
}

export type CheckedEntry = BudgetEntry & {readonly verdict: Verdict};
