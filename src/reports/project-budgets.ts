import type {BudgetScope, ProviderBudget} from '../core/project.ts';
import type {Column, Row, Section} from '../core/report.ts';
import {Sum} from '../core/sum.ts';
import type {Group} from '../pipeline/aggregate.ts';
import type {ProjectWhole} from '../pipeline/project.ts';
import {NONE, text} from './column.ts';
import {amountCell, budgetCell, periodCell} from './limit-columns.ts';
import {type Standing, standingOf} from './project-lines.ts';
import {column} from './project-parts.ts';

const LEVELS = ['project', 'account', 'user'] as const;

/** Every budget that binds the project: its own, its account's, and those of the users who spend in it. */
export function budgetSection(whole: ProjectWhole): Section {
  const {budgets, project, users} = whole;
  const spenders = new Set([
    ...(users ?? []).flatMap(({labels: [label]}) => label?.id ?? []),
    ...(project.members ?? []).map(({id}) => id),
  ]);
  const binding = LEVELS.flatMap(level => budgets.filter(({scope}) => scope.level === level)).filter(
    ({scope}) => scope.level !== 'user' || spenders.has(scope.user.id),
  );
  return {
    key: 'budgets',
    title: 'Budgets',
    subtitle: 'kept by the provider',
    shape: 'table',
    columns: BUDGET_COLUMNS,
    rows: binding.map(budget => row(budget, whole)),
    footer: [],
  };
}

export const BUDGET_COLUMNS: readonly Column[] = [
  column('scope', 'Of', 'whom it binds: project, account, or user', 'everywhere', 0),
  column('user_id', 'User id', 'the user, if it is of one', 'data', 9),
  column('user_name', 'User', 'the name of the user', 'data', 9),
  column('kind', 'Kind', 'limit, or alert: an alert stops nothing', 'everywhere', 1),
  column('budget', 'Amount', 'null if unlimited', 'everywhere', 0, 'right', 'money'),
  column('budget_period', 'Per', 'month (UTC), all time, or unknown', 'everywhere', 3),
  column('spent', 'Spent', 'what counts against it', 'everywhere', 4, 'right', 'money'),
  column('used', 'Used', 'spent / budget, to 6 places', 'everywhere', 1, 'right', 'share'),
  column('remaining', 'Left', 'what is left', 'everywhere', 2, 'right', 'money'),
  column('enforced', 'Enforced', 'whether spending stops there', 'everywhere', 5, 'left', 'flag'),
  column('currency', 'Currency', 'the currency of all amounts', 'data', 9),
  column('remark', 'Remark', 'what it means, where that is not plain', 'data', 9),
];

function row(budget: ProviderBudget, whole: ProjectWhole): Row {
  const standing = standingOf(budget, monthOf(budget.scope, whole));
  const user = budget.scope.level === 'user' ? budget.scope.user : undefined;
  const {spent, remaining, used} = standing;
  return [
    text(budget.scope.level, user ? `user ${user.name ?? user.id}` : undefined),
    text(user?.id ?? null),
    text(user?.name ?? null),
    text(budget.kind),
    budgetCell(standing),
    periodCell(standing),
    amountCell(spent),
    used === undefined ? NONE : {type: 'share', value: used},
    amountCell(remaining),
    budget.enforced === undefined ? NONE : {type: 'flag', value: budget.enforced},
    text(currencyOf(standing) ?? null),
    text(budget.remark ?? null),
  ];
}

const currencyOf = ({budget: {amount}, spent}: Standing): string | undefined =>
  amount === 'unlimited' ? spent?.currency : amount.currency;

/** What a monthly budget is set against; costs by user are not known for a whole month. */
function monthOf(scope: BudgetScope, {month, candidate}: ProjectWhole): Group | 'unread' | undefined {
  if (!month || scope.level === 'user') return 'unread';
  if (scope.level === 'project') return month.find(({labels: [label]}) => label?.id === candidate.label.id);
  return totalOf(month);
}

/** All groups as one. */
function totalOf(groups: readonly Group[]): Group | undefined {
  const [first] = groups;
  if (!first) return undefined;
  const costs: Group['costs'] = new Map();
  for (const group of groups) {
    for (const [currency, {total}] of group.costs) {
      const known = costs.get(currency) ?? {total: new Sum(), days: new Map()};
      costs.set(currency, known);
      known.total.add(total.value);
    }
  }
  return {...first, costs};
}
