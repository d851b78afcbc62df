import type {Instant} from '../core/instant.ts';
import type {Notice} from '../core/notice.ts';
import {ratesInWords} from '../core/rates.ts';
import type {Report, SourceStatus} from '../core/report.ts';
import {budgetColumns, checkColumns, type EntryColumn} from './budget-columns.ts';
import type {BudgetEntry, CheckedEntry} from './budget-entry.ts';

/** What a report on budgets is built from besides its entries. */
interface Build {
  readonly now: Instant;
  readonly fields: readonly string[] | undefined;
  readonly sources: readonly SourceStatus[];
  readonly notices: readonly Notice[];
}

/** `usage budget list`. */
export const budgetReport = (entries: readonly BudgetEntry[], build: Build): Report =>
  reportOf('usage/budget@1', entries, budgetColumns, build);

/** `usage budget check`, in the formats of reports. */
export const checkReport = (entries: readonly CheckedEntry[], build: Build): Report =>
  reportOf('usage/budget-check@1', entries, checkColumns, build);

function reportOf<E extends BudgetEntry>(
  schema: string,
  entries: readonly E[],
  columns: readonly EntryColumn<E>[],
  {now, fields, sources, notices}: Build,
): Report {
  const rows = entries.map(entry => columns.map(column => column.cell(entry)));
  return {
    schema,
    title: 'Budgets',
    generatedAt: now,
    period: undefined,
    compare: undefined,
    groupBy: [],
    bucket: null,
    columns: columns.map((column, index) =>
      column.rank > 0 && column.shown === 'everywhere' && rows.every(row => row[index]?.type === 'none')
        ? {...column, shown: 'data'}
        : column,
    ),
    fields,
    rows,
    footer: [],
    totals: [],
    sources,
    notices,
    provisionalFrom: undefined,
    remarks: remarksOf(entries),
  };
}

/** What the figures of a table rest on that no column of it says. */
function remarksOf(entries: readonly BudgetEntry[]): string[] {
  const rates = new Map(entries.flatMap(({standing}) => [...standing.rates]));
  const early = entries.some(({standing}) => standing.unprojected === 'too_early');
  return [
    ...(rates.size > 0 ? [`converted at your own rates: ${ratesInWords(rates)}`] : []),
    ...(early ? ['too early to project: fewer than 3 days of the period are complete'] : []),
  ];
}
