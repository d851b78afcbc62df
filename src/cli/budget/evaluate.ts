import {type Budget, FULL_PERCENT, WARNING_PERCENT} from '../../core/budget.ts';
import {soFar, spanOf} from '../../core/budget-span.ts';
import type {Instant} from '../../core/instant.ts';
import {crossedOn} from '../../pipeline/budget-line.ts';
import {type Detail, measure, type Spend} from '../../pipeline/spend.ts';
import {type Standing, standingOf} from '../../pipeline/standing.ts';
import type {BudgetEntry} from '../../reports/budget-entry.ts';
import type {Asking} from './asking.ts';
import {problemHint, problemMessage} from './problem.ts';
import {keptScope} from './scopes.ts';

/** A budget of ours, what was measured for it, and how it stands. */
export interface Evaluated {
  readonly budget: Budget;
  /** Undefined if it has not begun. */
  readonly spend: Spend | undefined;
  readonly standing: Standing;
}

/** Measures what each budget's scope has cost in its running period. */
export async function evaluate(
  budgets: readonly Budget[],
  {measuring, preferences}: Asking,
  detail: Detail,
): Promise<readonly Evaluated[]> {
  const {now} = measuring;
  const {rates, defaults} = preferences;
  const spans = budgets.map(budget => spanOf(budget, now, defaults.billingCycleDay));
  const begun = budgets.flatMap((budget, index) => {
    const span = spans[index];
    return span ? [{budget, target: {scope: keptScope(budget.scope), window: soFar(span, now)}}] : [];
  });
  const spends = await measure(
    begun.map(({target}) => target),
    measuring,
    detail,
  );
  const spendOf = new Map(begun.map(({budget}, index) => [budget, spends[index]]));
  return budgets.map((budget, index) => {
    const spend = spendOf.get(budget);
    return {budget, spend, standing: standingOf(budget, spans[index], spend, rates, now)};
  });
}

/** The row of a budget of ours. */
export function entryOf({budget, spend, standing}: Evaluated, now: Instant): BudgetEntry {
  const {scope, amount, currency, period, warn = [WARNING_PERCENT]} = budget;
  const settled = keptScope(scope);
  const owner = settled.kind === 'owner' || settled.kind === 'project' ? settled.owner : undefined;
  return {
    scope,
    keptBy: 'usage',
    kind: 'limit',
    provider: owner?.kind === 'provider' ? owner.name : null,
    account: owner?.kind === 'account' ? owner.name : null,
    amount,
    currency,
    period,
    enforced: undefined,
    warn,
    standing,
    overSince: amount === null ? undefined : crossedOn(standing, amount, FULL_PERCENT, now),
    notCounted: spend?.blind ?? [],
    error: problemMessage(budget, standing, spend),
    hint: problemHint(budget, standing, spend),
    remark: undefined,
  };
}
