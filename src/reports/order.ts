import {getOrAdd} from '../core/get-or-add.ts';
import {compareDecimals, type Decimal} from '../core/money.ts';
import type {Query, Sort} from '../core/query.ts';
import {OTHER} from '../core/record.ts';
import type {Cell} from '../core/report.ts';
import type {LineColumn} from './column.ts';
import {byCurrency, type Line} from './line.ts';
import type {MetricOrder} from './metric-order.ts';

type Order<T> = (a: T, b: T) => number;

/**
 * Sorts lines: what was cut off comes last, "nothing reported" last but that, and amounts of different currencies are
 * kept apart instead of being compared. Ties keep a stable, alphabetical order, so that a report can be repeated.
 */
export function sortLines(
  lines: readonly Line[],
  query: Query,
  columns: readonly LineColumn[],
  metrics: MetricOrder,
): Line[] {
  const sort = query.sort ?? defaultSort(query);
  const explicit = query.wide && !query.sort ? byLeader(metrics) : byField(sort, columns);
  const ranks = new Map(lines.map(line => [line, rankOf(line, metrics)]));
  const byMetric: Order<Line> = (a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0);
  const orders: Order<Line>[] = [
    ...(query.sort ? [] : [byBucket]),
    (a, b) => Number(isOther(a)) - Number(isOther(b)),
    ...(query.sort ? [] : [byMetric]),
    ...(isMoney(sort) ? [(a: Line, b: Line) => byCurrency(a.currency, b.currency)] : []),
    explicit,
    // What costs nothing here (users, say, whose cost nobody tells) is ranked by what it used.
    ...(query.report === 'report' && !query.sort ? HEADLINES.map(sorted => byField(sorted, columns)) : []),
    byBucket,
    byLabels,
    byMetric,
    (a, b) => compareText(a.group.key, b.group.key), // an id may read like a special row
  ];
  return [...lines].sort((a, b) => first(orders, a, b));
}

const HEADLINES: readonly Sort[] = [
  {field: 'tokens', direction: 'desc'},
  {field: 'requests', direction: 'desc'},
];

/** Most first: by cost or by quantity. */
const defaultSort = ({report}: Query): Sort => ({
  field: report === 'usage' ? 'quantity' : 'cost',
  direction: 'desc',
});

const isMoney = ({field}: Sort): boolean => field === 'cost' || field === 'previous_cost';

export const isOther = (line: Line): boolean => line.labels.includes(OTHER);

const byBucket: Order<Line> = (a, b) => (a.group.bucket ?? 0) - (b.group.bucket ?? 0);

const byLabels: Order<Line> = (a, b) => compareText(describe(a), describe(b));
const describe = (line: Line): string =>
  [...line.labels.map(({id}) => id), line.provider, line.account, line.currency].join('\u0000');

/** Lines about money have no kind and stay as they are. */
const rankOf = ({kind, metric}: Line, order: MetricOrder): number =>
  kind === undefined ? 0 : order.rankOf(kind, metric?.metric.name);

/** With `--wide`: most first, by the first metric of each kind. */
function byLeader(order: MetricOrder): Order<Line> {
  const leading = ({kind = '', amounts}: Line): Decimal | undefined =>
    amounts.find(({metric}) => metric.name === order.leaderOf(kind))?.value;
  return (a, b) => {
    const [left, right] = [leading(a), leading(b)];
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined);
    return compareDecimals(right, left);
  };
}

function byField({field, direction}: Sort, columns: readonly LineColumn[]): Order<Line> {
  const column = columns.find(({key}) => key === field);
  return column ? byCell(column, direction) : () => 0;
}

function byCell(column: LineColumn, direction: Sort['direction']): Order<Line> {
  const factor = direction === 'asc' ? 1 : -1;
  const cells = new Map<Line, Cell>();
  const cellOf = (line: Line): Cell => getOrAdd(cells, line, () => column.cell(line));
  return (a, b) => {
    const [left, right] = [cellOf(a), cellOf(b)];
    if (left.type === 'none' || right.type === 'none')
      return Number(left.type === 'none') - Number(right.type === 'none');
    return factor * compareCells(left, right);
  };
}

/** What people would call smaller: by value, or by the text that is shown. */
export function compareCells(a: Cell, b: Cell): number {
  const [left, right] = [decimalOf(a), decimalOf(b)];
  if (left !== undefined && right !== undefined) return compareDecimals(left, right);
  if (a.type === 'instant' && b.type === 'instant') return a.value - b.value;
  if (a.type === 'text' && b.type === 'text')
    return compareText(a.display ?? a.value ?? '', b.display ?? b.value ?? '');
  return 0;
}

function decimalOf(cell: Cell): Decimal | undefined {
  if (cell.type === 'money') return cell.amount;
  return cell.type === 'quantity' || cell.type === 'share' || cell.type === 'change' ? cell.value : undefined;
}

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

function first(orders: readonly Order<Line>[], a: Line, b: Line): number {
  for (const order of orders) {
    const result = order(a, b);
    if (result !== 0) return result;
  }
  return 0;
}
