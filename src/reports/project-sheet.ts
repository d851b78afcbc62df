import {formatDate} from '../core/instant.ts';
import {type Decimal, divide, sign} from '../core/money.ts';
import type {Notice} from '../core/notice.ts';
import {formatPeriod} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import type {Cell, Column, Report, Row, Section, Sheet, SourceStatus, Total} from '../core/report.ts';
import type {ProjectWhole} from '../pipeline/project.ts';
import {text} from './column.ts';
import {amountCell} from './limit-columns.ts';
import {budgetSection} from './project-budgets.ts';
import {daysCell, projectColumns} from './project-columns.ts';
import {type ProjectLine, projectLines} from './project-lines.ts';
import {itemSection, memberSection} from './project-parts.ts';
import {withoutVoid} from './void.ts';

/** What the sheet of one project is built from. */
export interface SheetBuild {
  readonly query: Query;
  readonly whole: ProjectWhole;
  readonly sources: readonly SourceStatus[];
  readonly notices: readonly Notice[];
  readonly provisionalFrom: Report['provisionalFrom'];
  /** Items to list; the others are added up. */
  readonly top: number;
}

/** One project in sections: facts, days, members, items, budgets. Pure. */
export function buildSheet({query, whole, sources, notices, provisionalFrom, top}: SheetBuild): Sheet {
  const {candidate, project, budgets, spend, month, users, items} = whole;
  const {connected} = candidate.account;
  const account = {connected, list: {projects: [project], budgets}, spend: spend && [spend], month};
  const lines = projectLines({accounts: [account]}, query);
  const totals: Total[] = lines.flatMap(({cost}) =>
    cost ? [{currency: cost.currency, cost: cost.amount}] : [],
  );
  const span = `costs of ${formatPeriod(query.period)}`;
  const share = shareOf(totals);
  const sections = [
    factsSection(lines, query, connected.account !== connected.driver.id),
    daysSection(lines),
    memberSection(whole, users, share, span),
    ...(items ? [itemSection(items, share, span, top)] : []),
    budgetSection(whole),
  ].map(tidy);
  const frame: Report = {
    schema: 'usage/project@1',
    title: candidate.label.name ?? candidate.label.id,
    generatedAt: query.now,
    period: query.period,
    compare: undefined,
    groupBy: ['project'],
    bucket: null,
    columns: [],
    fields: undefined,
    rows: [],
    footer: [],
    totals,
    sources,
    notices,
    provisionalFrom,
  };
  return {frame, sections};
}

/** Tables without the columns that tell nothing. */
const tidy = (section: Section): Section =>
  section.shape === 'table'
    ? {...section, columns: section.columns.map((column, index) => withoutVoid(column, index, section.rows))}
    : section;

const RATIO_PLACES = 6;

/** The part of a currency's total that an amount is. */
const shareOf =
  (totals: readonly Total[]) =>
  (amount: Decimal, currency: string): Decimal | undefined => {
    const total = totals.find(one => one.currency === currency)?.cost ?? undefined;
    return total === undefined || sign(total) <= 0 ? undefined : divide(amount, total, RATIO_PLACES);
  };

export type Share = ReturnType<typeof shareOf>;

/** The columns of the list, for this one project, and a chart for people. Further currencies are told in `totals`. */
function factsSection(lines: readonly ProjectLine[], query: Query, showAccount: boolean): Section {
  const [first, ...others] = lines;
  const listed = projectColumns(query, showAccount, new Set()).map(
    (column): FactColumn => ({column: reshown(column), cell: first ? column.cell(first) : text(null)}),
  );
  const more = others.map(
    ({cost}): FactColumn => ({column: forPeople('cost', 'Cost'), cell: amountCell(cost)}),
  );
  const charts = lines.map(
    ({days}): FactColumn => ({column: forPeople('trend', 'Days'), cell: daysCell(days, query)}),
  );
  const all = [...listed.filter(({column}) => column.key !== 'trend'), ...more, ...charts];
  return {
    key: 'project',
    title: '',
    shape: 'facts',
    columns: all.map(({column}) => column),
    rows: [all.map(({cell}) => cell)],
    footer: [],
  };
}

interface FactColumn {
  readonly column: Column;
  readonly cell: Cell;
}

/** On a page of its own a project has room for what a list keeps for machines; its name is the title. */
function reshown(column: Column): Column {
  if (column.key === 'project_name') return {...column, shown: 'data'};
  return SPOKEN.has(column.key) ? {...column, shown: 'everywhere'} : column;
}

const SPOKEN: ReadonlySet<string> = new Set([
  'project_id',
  'budget_spent',
  'budget_enforced',
  'workspace_name',
  'created_at',
  'archived_at',
]);

const forPeople = (key: string, title: string): Column => ({
  key,
  title,
  align: 'left',
  shown: 'table',
  rank: 0,
  description: '',
});

/** What was billed on each day, for machines: people have the chart. */
function daysSection(lines: readonly ProjectLine[]): Section {
  const columns = [
    dataColumn('date', 'Day', 'the UTC day'),
    dataColumn('cost', 'Cost', 'what was billed for it, exact'),
    dataColumn('currency', 'Currency', 'the currency of cost'),
  ];
  const rows = lines.flatMap(({cost, days}): Row[] =>
    [...days]
      .sort(([a], [b]) => a - b)
      .map(([day, amount]) => [
        text(formatDate(day)),
        amountCell(cost && {amount, currency: cost.currency}),
        text(cost?.currency ?? null),
      ]),
  );
  return {key: 'days', title: 'Days', shape: 'data', columns, rows, footer: []};
}

const dataColumn = (key: string, title: string, description: string): Column => ({
  key,
  title,
  align: 'left',
  shown: 'data',
  rank: 9,
  description,
});
