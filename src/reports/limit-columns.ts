import type {Money} from '../core/money.ts';
import type {ProviderBudget} from '../core/project.ts';
import type {Cell} from '../core/report.ts';
import {NONE, text} from './column.ts';
import {money} from './money-columns.ts';
import {column, type ProjectColumn} from './project-column.ts';
import {isRest, type Standing} from './project-lines.ts';

export const amountCell = (amount: Money | undefined): Cell => money(amount?.amount, amount?.currency);

/** "unlimited" and "unknown" are words and no amounts: machines get null, and the kind in a column of its own. */
export function budgetCell({budget}: Pick<Standing, 'budget'>): Cell {
  return budget.amount === 'unlimited' ? text(null, 'unlimited') : amountCell(budget.amount);
}

/** People read what a budget of 0 means instead of the time that it is for. */
export const periodCell = ({budget}: Pick<Standing, 'budget'>): Cell =>
  budget.amount === 'unlimited' ? NONE : text(PERIODS[budget.period], budget.remark);

const PERIODS: {readonly [P in ProviderBudget['period']]: string} = {
  month: 'month',
  total: 'all time',
  unknown: 'unknown',
};

/** What a provider lets a project spend, and how far it is used up. */
export const limitColumns: readonly ProjectColumn[] = [
  column({
    key: 'budget_kind',
    title: 'Budget kind',
    rank: 9,
    shown: 'data',
    description: 'limited, unlimited (none is set), or unknown',
    cell: line => {
      if (isRest(line)) return NONE;
      if (!line.standing) return text('unknown');
      return text(line.standing.budget.amount === 'unlimited' ? 'unlimited' : 'limited');
    },
  }),
  column({
    key: 'budget',
    type: 'money',
    title: 'Budget',
    right: true,
    rank: 2,
    description:
      'what the provider lets it spend; null if unlimited or unknown, 0 where nothing may be spent',
    cell: ({standing}) => (standing ? budgetCell(standing) : NONE),
  }),
  column({
    key: 'budget_period',
    title: 'Per',
    rank: 3,
    description: 'what the budget is for: month (UTC), all time, or unknown',
    cell: ({standing}) => (standing ? periodCell(standing) : NONE),
  }),
  column({
    key: 'budget_remark',
    title: 'Remark',
    rank: 12,
    shown: 'data',
    description: 'what the budget means, where that is not plain: no QPU jobs',
    cell: ({standing}) => text(standing?.budget.remark ?? null),
  }),
  column({
    key: 'budget_enforced',
    type: 'flag',
    title: 'Enforced',
    rank: 12,
    shown: 'data',
    description: 'whether spending stops at the budget; null where the provider does not say',
    cell: ({standing}) =>
      standing?.budget.enforced === undefined ? NONE : {type: 'flag', value: standing.budget.enforced},
  }),
  column({
    key: 'budget_spent',
    type: 'money',
    title: 'Spent of it',
    right: true,
    rank: 10,
    shown: 'data',
    description: 'what counts against the budget: in the running month, or since the project exists',
    cell: ({standing}) => amountCell(standing?.spent),
  }),
  column({
    key: 'remaining',
    type: 'money',
    title: 'Left',
    right: true,
    rank: 4,
    description: 'budget - budget_spent; negative if it is exceeded',
    cell: ({standing}) => amountCell(standing?.remaining),
  }),
  column({
    key: 'used',
    type: 'share',
    title: 'Used',
    right: true,
    rank: 1,
    description: 'budget_spent / budget, to 6 places',
    cell: ({standing}) => (standing?.used === undefined ? NONE : {type: 'share', value: standing.used}),
  }),
  column({
    key: 'budget_currency',
    title: 'Budget currency',
    rank: 12,
    shown: 'data',
    description: 'the currency of budget, budget_spent and remaining',
    cell: ({standing}) => text(currencyOf(standing) ?? null),
  }),
];

const currencyOf = (standing: Standing | undefined): string | undefined =>
  standing?.budget.amount === 'unlimited' ? standing.spent?.currency : standing?.budget.amount.currency;
