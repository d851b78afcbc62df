import type {Instant} from './instant.ts';
import {type Money, subtract} from './money.ts';
import type {Label} from './record.ts';

/** `unknown`: no list names it, so that it may be in use, archived or gone. */
export type ProjectState = 'active' | 'archived' | 'unknown';

/** Somebody who may use a project. What is left out is not told. */
export interface Member {
  /** What records of the same provider carry as the label `user`. */
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  /** As the provider calls it: `owner`, `member`. */
  readonly role?: string;
}

/** A project as its provider describes it. What is left out is not told, or not to this key: it is neither 0 nor none. */
export interface Project {
  /** What records carry as the label `project`. */
  readonly id: string;
  readonly name?: string;
  readonly state: ProjectState;
  /** Further ids that a person may call it by. */
  readonly aliases?: readonly string[];
  readonly workspace?: Label;
  readonly createdAt?: Instant;
  readonly archivedAt?: Instant;
  readonly lastActivity?: Instant;
  /** What it has cost since it exists, as the provider says. */
  readonly spentEver?: Money;
  /** Machines it may use; an empty list means none. */
  readonly backends?: readonly string[];
  readonly members?: readonly Member[];
}

/** Whom a budget of a provider binds. */
export type BudgetScope =
  | {readonly level: 'account'}
  | {readonly level: 'project'; readonly project: Label}
  | {readonly level: 'user'; readonly user: Label};

/** A budget that is kept at the provider. Read only: nothing here is ever written. */
export interface ProviderBudget {
  readonly scope: BudgetScope;
  /** A limit bounds the spending; an alert only tells somebody. A scope may have one limit and several alerts. */
  readonly kind: 'limit' | 'alert';
  /** `unlimited`: it is known that nothing bounds it. A limit that is not known is no entry at all. */
  readonly amount: Money | 'unlimited';
  /** `month`: a calendar month, UTC. `total`: all time. `unknown`: the provider does not say. */
  readonly period: 'month' | 'total' | 'unknown';
  /** Whether spending stops there; left out where the provider does not say. */
  readonly enforced?: boolean;
  /** What counts against it in its running period, as the provider says; left out: it has to be measured. */
  readonly spent?: Money;
  /** What is left of it, as the provider says; it may be less than amount - spent, if something is reserved. */
  readonly remaining?: Money;
  /** A few words that a reader should see beside it: "no QPU jobs". */
  readonly remark?: string;
}

/** What counts against a budget as its provider says: the figure itself, or what the amount is less what is left. */
export function toldSpend({amount, spent, remaining}: ProviderBudget): Money | undefined {
  if (spent || amount === 'unlimited' || remaining?.currency !== amount.currency) return spent;
  return {amount: subtract(amount.amount, remaining.amount), currency: amount.currency};
}

/** What an account has to spend, as the provider says. Currencies may be others than those of its costs. */
export interface Funds {
  readonly balance?: Money;
  readonly spentEver?: Money;
  /** When the balance is lost. */
  readonly expires?: Instant;
}
