import {getOrAdd} from '../core/get-or-add.ts';
import {compareDecimals, type Decimal} from '../core/money.ts';
import type {Query, Sort} from '../core/query.ts';
import {OTHER} from '../core/record.ts';
import type {Cell} from '../core/report.ts';
import type {LineColumn} from './column.ts';
import {byCurrency, type Line} from './line.ts';

type Order<T> = (a: T, b: T) => number;

/**
 * Sorts lines: what was cut off comes last, "nothing reported" last but that, and amounts of different currencies are
 * kept apart instead of being compared. Ties keep a stable, alphabetical order, so that a report can be repeated.
 */
export function sortLines(lines: readonly Line[], query: Query, columns: readonly LineColumn[]): Line[] {
  const sort = query.sort ?? defaultSort(query, columns);
  const column = columns.find(({key}) => key === sort.field);
  const explicit: Order<Line> = column ? byCell(column, sort.direction) : () => 0;
  const orders: Order<Line>[] = [
    ...(query.sort ? [] : [byBucket]),
    (a, b) => Number(isOther(a)) - Number(isOther(b)),
    ...(query.report === 'usage' && !query.sort ? [byKindAndMetric(lines)] : []),
    ...(isMoney(sort) ? [(a: Line, b: Line) => byCurrency(a.currency, b.currency)] : []),
    explicit,
    byBucket,
    byLabels,
  ];
  return [...lines].sort((a, b) => first(orders, a, b));
}

/** Most first: by cost, by quantity, or with `--wide` by the first metric. */
function defaultSort({report, wide}: Query, columns: readonly LineColumn[]): Sort {
  if (report !== 'usage') return {field: 'cost', direction: 'desc'};
  const first = wide ? columns.find(({align}) => align === 'right')?.key : undefined;
  return {field: first ?? 'quantity', direction: 'desc'};
}

const isMoney = ({field}: Sort): boolean => field === 'cost' || field === 'previous_cost';

export const isOther = (line: Line): boolean => line.labels.includes(OTHER);

const byBucket: Order<Line> = (a, b) => (a.group.bucket ?? 0) - (b.group.bucket ?? 0);

const byLabels: Order<Line> = (a, b) => compareText(describe(a), describe(b));
const describe = (line: Line): string =>
  [...line.labels.map(({id}) => id), line.provider, line.account, line.currency].join('\u0000');

/** Kinds and metrics in the order in which the provider lists them. */
function byKindAndMetric(lines: readonly Line[]): Order<Line> {
  const seen = new Map<string, number>();
  for (const line of lines) {
    const key = metricOrderKey(line);
    if (!seen.has(key)) seen.set(key, seen.size);
  }
  return (a, b) => (seen.get(metricOrderKey(a)) ?? 0) - (seen.get(metricOrderKey(b)) ?? 0);
}

const metricOrderKey = ({kind, metric}: Line): string => `${kind} ${metric?.metric.name ?? ''}`;

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

function compareCells(a: Cell, b: Cell): number {
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
