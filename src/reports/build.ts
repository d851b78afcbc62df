import type {LabelDimension} from '../core/dimension.ts';
import {DIMENSIONS, isIntrinsic} from '../core/dimension.ts';
import type {Metric} from '../core/metric.ts';
import {ZERO} from '../core/money.ts';
import type {Notice} from '../core/notice.ts';
import type {Query, ReportKind} from '../core/query.ts';
import type {Column, Report} from '../core/report.ts';
import type {Figures} from '../pipeline/run.ts';
import type {Silence} from '../pipeline/silence.ts';
import {Buckets} from './buckets.ts';
import type {LineColumn} from './column.ts';
import {bucketColumns, dimensionColumns, originColumns} from './dimension-columns.ts';
import {costLines, type Line, labelTexts, usageLines} from './line.ts';
import {MetricOrder} from './metric-order.ts';
import {compareColumns, costColumns, shareColumn, trendColumn} from './money-columns.ts';
import {sortLines} from './order.ts';
import {cutToTop, withoutBuckets} from './top.ts';
import {footerRow, isSilent, totalsOf} from './totals.ts';
import {headlineColumns, meteredColumns} from './usage-columns.ts';
import {withoutVoid} from './void.ts';

const TITLES: {readonly [R in ReportKind]: string} = {
  report: 'Billed costs and usage',
  costs: 'Costs as billed',
  usage: 'Metered usage',
};

/** What a report is built from besides the figures. */
export interface Build {
  readonly query: Query;
  readonly figures: Figures;
  /** Every metric that the asked sources can report: the columns of `--wide`. */
  readonly metrics: readonly Metric[];
  readonly notices: readonly Notice[];
  /** Whether accounts go by other names than their providers. */
  readonly showAccounts: boolean;
}

/** Turns figures into the report that every renderer prints: lines, order, columns, totals. Pure. */
export function buildReport({query, figures, metrics, notices, showAccounts}: Build): Report {
  const buckets = new Buckets(query);
  const {silence} = figures;
  const {lines, columns} = arrange(query, figures, {buckets, silence, metrics, showAccounts});
  const totals = totalsOf(lines, silence);
  const rows = lines.map(line => columns.map(column => column.cell(line)));
  return {
    schema: `usage/${query.report}@1`,
    title: TITLES[query.report],
    generatedAt: query.now,
    period: query.period,
    compare: query.compare,
    groupBy: query.groupBy,
    bucket: query.bucket,
    columns: columns.map((column, index) => withoutVoid(column, index, rows)),
    fields: query.fields,
    rows,
    footer: hasSums(query.fields, columns) ? totals.map(total => footerRow(total, columns)) : [],
    totals,
    sources: figures.sources,
    notices,
    provisionalFrom: figures.provisionalFrom,
  };
}

/** Whether a column that adds up is shown: a line that says no more than "Total" is none. */
const hasSums = (fields: readonly string[] | undefined, columns: readonly LineColumn[]): boolean =>
  columns.some(({key, footer}) => footer && footer !== 'label' && (fields?.includes(key) ?? true));

function arrange(query: Query, all: Figures, setting: Setting) {
  const {buckets, metrics} = setting;
  const order = new MetricOrder(metrics);
  const linesOf = (figures: Figures) =>
    (query.report === 'usage' ? usageLines : costLines)(query, figures, buckets, order);
  const columnsFor = (lines: readonly Line[]) => columnsOf(query, all, lines, setting);
  const sorted = (lines: readonly Line[]) => sortLines(lines, query, columnsFor(lines), order);
  const figures =
    query.top === undefined
      ? all
      : cutToTop(all, query.groupBy, sorted(linesOf(withoutBuckets(all, query.groupBy))), query.top);
  const lines = sorted(linesOf(figures));
  return {lines, columns: columnsFor(lines)};
}

interface Setting {
  readonly buckets: Buckets;
  readonly silence: Silence;
  readonly metrics: readonly Metric[];
  readonly showAccounts: boolean;
}

function columnsOf(
  query: Query,
  figures: Pick<Figures, 'names' | 'provisionalFrom'>,
  lines: readonly Line[],
  setting: Setting,
): LineColumn[] {
  const {metrics, showAccounts} = setting;
  const texts = labelTexts(query.groupBy, lines, figures.names);
  return withOwnKeys([
    ...bucketColumns(query, figures.provisionalFrom),
    ...originColumns(query.groupBy, showAccounts, texts),
    ...dimensionColumns(query.groupBy, texts),
    ...(query.report === 'usage' ? meteredColumns(query, metrics) : moneyColumns(query, lines, setting)),
  ]);
}

/** A unit that a file counts in may be called like a column of ours, and a key that comes twice hides one of them. */
function withOwnKeys(columns: readonly LineColumn[]): LineColumn[] {
  const taken = new Set<string>();
  return columns.map(column => {
    let {key} = column;
    while (taken.has(key)) key += '_';
    taken.add(key);
    return key === column.key ? column : {...column, key};
  });
}

function moneyColumns(query: Query, lines: readonly Line[], {buckets, silence}: Setting): LineColumn[] {
  const compared = compareColumns(
    query,
    line => buckets.isComparable(line.group.bucket) && !isSilent(silence, line),
  );
  if (query.report === 'costs') return [...costColumns, ...(query.compare ? compared : [])];
  const totals = new Map(totalsOf(lines, silence).map(({currency, cost}) => [currency, cost ?? ZERO]));
  return [...costColumns, shareColumn(totals), ...compared, ...trendColumn(query), ...headlineColumns];
}

/** All columns that a query's report will have, before anything is fetched: for `--fields` and `--sort`. */
export function describeColumns(query: Query, metrics: readonly Metric[]): readonly Column[] {
  return columnsOf(query, {names: () => undefined, provisionalFrom: undefined}, [], {
    buckets: new Buckets(query),
    silence: new Map(),
    metrics,
    showAccounts: false,
  });
}

/** Dimensions whose names the picked columns show or rows are sorted by; nothing else is looked up. */
export function shownNames(query: Query): LabelDimension[] {
  const named = query.groupBy.filter(
    (dimension): dimension is LabelDimension => DIMENSIONS[dimension].named && !isIntrinsic(dimension),
  );
  const {fields, sort} = query;
  return named.filter(dimension => {
    const column = `${dimension}_name`;
    return (fields?.includes(column) ?? true) || sort?.field === column;
  });
}

/** The sum of each currency, over all lines. */
