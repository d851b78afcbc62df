import type {Instant} from '../core/instant.ts';
import {type Decimal, decimal, multiply} from '../core/money.ts';
import type {Cell, Column} from '../core/report.ts';
import type {BudgetEntry, CheckedEntry} from './budget-entry.ts';
import {NONE, text} from './column.ts';

/** A column with the way from an entry to its cell. */
export interface EntryColumn<E> extends Column {
  cell(entry: E): Cell;
}

const HUNDREDTH = decimal('0.01');
const LEVELS = {
  ok: 'good',
  warning: 'fair',
  critical: 'fair',
  exceeded: 'bad',
  not_begun: 'none',
  unknown: 'none',
} as const;

type Shape = Partial<Pick<Column, 'align' | 'shown' | 'rank' | 'title' | 'type'>>;

function column<E>(key: string, description: string, shape: Shape, cell: (entry: E) => Cell): EntryColumn<E> {
  const title = key.replaceAll('_', ' ').replace(/^./, first => first.toUpperCase());
  return {key, title, align: 'left', shown: 'everywhere', rank: 9, description, ...shape, cell};
}

const amount = {align: 'right', type: 'money'} as const;
const data = {shown: 'data'} as const;
const flagged = {...data, type: 'flag'} as const;
const dated = {...data, type: 'instant'} as const;

const money = (amount: Decimal | null, {currency}: BudgetEntry): Cell =>
  amount === null ? NONE : {type: 'money', amount, currency};
const instantCell = (value: Instant | undefined, date = false): Cell =>
  value === undefined ? NONE : {type: 'instant', value, date};
const flag = (value: boolean | undefined): Cell => (value === undefined ? NONE : {type: 'flag', value});
const listed = (items: readonly string[]): Cell => text(items.length > 0 ? items.join(', ') : null);

/** What a person sees where there is no projection. */
const UNPROJECTED = {too_early: 'too early', no_end: 'no end', unknown: ''} as const;

/** Columns of `usage budget list`. */
export const budgetColumns: readonly EntryColumn<BudgetEntry>[] = [
  column('scope', 'what the budget is for', {rank: 0}, ({scope}) => text(scope)),
  column('kept_by', 'usage for budgets kept here, else the provider', {rank: 4, title: 'Kind'}, entry =>
    text(entry.keptBy, entry.keptBy === 'usage' ? 'own' : entry.kind),
  ),
  column('kind', 'limit, or alert for what only tells somebody', data, ({kind}) => text(kind)),
  column('provider', 'the provider; null where the scope spans several', data, ({provider}) =>
    text(provider),
  ),
  column('account', 'the account; null where the scope spans several', data, ({account}) => text(account)),
  column(
    'amount',
    'what may be spent in the period; null if unlimited',
    {...amount, rank: 2, title: 'Budget'},
    entry => (entry.amount === null ? text(null, 'unlimited') : money(entry.amount, entry)),
  ),
  column('unlimited', 'whether there is no limit', flagged, ({amount}) => flag(amount === null)),
  column('currency', 'the currency of all amounts of the row', data, ({currency}) => text(currency)),
  column('period', 'day, week, month, quarter, year, total; or unknown', {rank: 3}, ({period}) =>
    text(period),
  ),
  column('period_start', 'the first day that counts', dated, ({standing}) =>
    instantCell(standing.span?.start),
  ),
  column(
    'period_end',
    'the end of the period, not included; null for a total',
    {...dated, title: 'Until'},
    ({standing}) => instantCell(standing.span?.end),
  ),
  column(
    'spent',
    'what was spent in the period so far, exact; null if it cannot be told',
    {...amount, rank: 0},
    entry => {
      const {spent, atLeast} = entry.standing;
      if (spent !== null || atLeast === null) return money(spent, entry);
      return {type: 'bound', amount: atLeast, currency: entry.currency};
    },
  ),
  column('at_least', 'where spent cannot be told: what it is at the least', {...data, ...amount}, entry =>
    money(entry.standing.atLeast, entry),
  ),
  column(
    'percent',
    'spent in percent of the amount, to 4 places',
    {align: 'right', type: 'percent', rank: 5, title: 'Used'},
    entry => {
      const {percent} = entry.standing;
      return percent === null ? NONE : {type: 'percent', value: percent};
    },
  ),
  column(
    'bar',
    'percent as a part of 1, drawn',
    {shown: 'table', type: 'bar', rank: 1, title: ''},
    ({standing}) =>
      standing.percent === null ? NONE : {type: 'bar', value: multiply(standing.percent, HUNDREDTH)},
  ),
  column('remaining', 'amount less spent; negative beyond it', {...amount, rank: 7, title: 'Left'}, entry =>
    money(entry.standing.remaining, entry),
  ),
  column(
    'projected',
    'at the end of the period by the run rate of its complete days; null with fewer than 3 of them',
    {...amount, rank: 6},
    entry => {
      const {projected, unprojected} = entry.standing;
      return projected === null
        ? text(null, UNPROJECTED[unprojected ?? 'unknown'] || undefined)
        : money(projected, entry);
    },
  ),
  column(
    'state',
    'ok, warning, critical, exceeded, not_begun; or unknown',
    {type: 'state', rank: 0},
    ({standing}) => ({
      type: 'state',
      value: standing.state,
      level: LEVELS[standing.state],
    }),
  ),
  column('over_since', 'the day on which it was exceeded, if days are told', dated, ({overSince}) =>
    instantCell(overSince, true),
  ),
  column('warn', 'percents at which it is in warning', data, ({warn}) => listed(warn)),
  column('enforced', 'whether the provider stops the spending there', flagged, ({enforced}) =>
    flag(enforced),
  ),
  column('rates', 'your own rates that the figures rest on, in USD', data, ({standing}) =>
    listed([...standing.rates].map(([currency, rate]) => `${currency}=${rate}`)),
  ),
  column('not_counted', 'accounts that cannot tell the costs of such a scope', data, ({notCounted}) =>
    listed(notCounted),
  ),
  column('error', 'why spent cannot be told', data, ({error}) => text(error ?? null)),
  column('remark', 'what the provider says beside it', data, ({remark}) => text(remark ?? null)),
];

/** Columns of `usage budget check` in formats for machines. */
export const checkColumns: readonly EntryColumn<CheckedEntry>[] = [
  column<CheckedEntry>('result', 'within, over, or unknown', {rank: 0}, ({verdict: {over}}) =>
    text(over === undefined ? 'unknown' : over ? 'over' : 'within'),
  ),
  ...budgetColumns,
  column(
    'line_percent',
    'the line that was checked, in percent of the amount',
    {...data, type: 'percent'},
    ({verdict}) => ({
      type: 'percent',
      value: verdict.percent,
    }),
  ),
  column('line', 'the same in money', {...data, ...amount}, entry => money(entry.verdict.line, entry)),
  column('over_by', 'how much is beyond the line, at the least', {...data, ...amount}, entry =>
    money(entry.verdict.excess, entry),
  ),
  column('over_what', 'what is beyond the line: spent, or only projected', data, ({verdict}) =>
    text(verdict.by ?? null),
  ),
  column('line_crossed_on', 'the day since which it is beyond the line', dated, ({verdict}) =>
    instantCell(verdict.since, true),
  ),
];
