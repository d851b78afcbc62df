import {tile} from '../core/bucket.ts';
import {addDays, type Instant, startOfDay} from '../core/instant.ts';
import {type Currency, type Decimal, divide, sign, subtract, ZERO} from '../core/money.ts';
import {intersect, type Period} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import type {Cell} from '../core/report.ts';
import {type LineColumn, NONE, text} from './column.ts';
import type {Line} from './line.ts';

/** Digits after the point of shares and changes: a millionth. */
const RATIO_PLACES = 6;
/** A chart of fewer days says nothing. */
const MIN_TREND_DAYS = 3;

export const money = (amount: Decimal | undefined, currency: Currency | undefined): Cell =>
  amount === undefined || currency === undefined ? NONE : {type: 'money', amount, currency};

export const costColumns: readonly LineColumn[] = [
  {
    key: 'cost',
    title: 'Cost',
    type: 'money',
    align: 'right',
    shown: 'everywhere',
    rank: 0,
    description: 'what was billed, exact; null if nothing was reported',
    cell: line => money(line.cost, line.currency),
    footer: 'cost',
  },
  {
    key: 'currency',
    title: 'Currency',
    align: 'left',
    shown: 'data',
    rank: 8,
    description: 'the currency of cost and previous_cost',
    cell: line => text(line.currency ?? null),
  },
];

/** The part of a currency's total that a line is. Null without a positive total. */
export function shareColumn(totals: ReadonlyMap<Currency, Decimal>): LineColumn {
  return {
    key: 'share',
    title: 'Share',
    type: 'share',
    align: 'right',
    shown: 'everywhere',
    rank: 4,
    description: `cost divided by the total of its currency, to ${RATIO_PLACES} places`,
    cell: ({cost, currency}) => {
      const total = currency === undefined ? undefined : totals.get(currency);
      if (cost === undefined || total === undefined || sign(total) <= 0) return NONE;
      return {type: 'share', value: divide(cost, total, RATIO_PLACES) ?? ZERO};
    },
  };
}

/** The period before, and the change against it; the change of a line that may not be compared is left blank. */
export function compareColumns(query: Query, isComparable: (line: Line) => boolean): LineColumn[] {
  const shown = query.compare ? 'everywhere' : 'data';
  return [
    {
      key: 'previous_cost',
      title: 'Before',
      type: 'money',
      align: 'right',
      shown,
      rank: 7,
      description: 'the same over the period that --compare names',
      cell: line => money(line.previous, line.currency),
      footer: 'previous',
    },
    {
      key: 'change',
      title: 'Change',
      type: 'change',
      align: 'right',
      shown,
      rank: 2,
      description: `(cost - previous_cost) / previous_cost, to ${RATIO_PLACES} places; null without a base to compare with`,
      cell: line => (isComparable(line) ? changeCell(line.cost, line.previous) : NONE),
      footer: 'change',
    },
  ];
}

/** Nothing billed now against something before is -100 %; something against nothing has no base. */
export function change(cost: Decimal | undefined, previous: Decimal | undefined): Decimal | undefined {
  if (previous === undefined || sign(previous) <= 0) return undefined;
  return divide(subtract(cost ?? ZERO, previous), previous, RATIO_PLACES);
}

function changeCell(cost: Decimal | undefined, previous: Decimal | undefined): Cell {
  const value = change(cost, previous);
  return value === undefined ? NONE : {type: 'change', value};
}

/** The cost of each day so far as a small chart, where the source tells days. */
export function trendColumn({period, now, trend, bucket}: Query): LineColumn[] {
  const soFar: Period = intersect(period, {start: period.start, end: addDays(startOfDay(now), 1)});
  const days = bucket === null ? tile(soFar, 'day').map(day => startOfDay(day.start)) : [];
  if (days.length < MIN_TREND_DAYS) return [];
  return [
    {
      key: 'trend',
      title: 'Trend',
      type: 'series',
      align: 'left',
      shown: trend ? 'table' : 'nowhere',
      rank: 5,
      description: 'the cost of each day; null where the provider does not tell days',
      cell: line => series(line, days),
    },
  ];
}

function series({days: known}: Line, days: readonly Instant[]): Cell {
  if (!known || known.size === 0) return NONE;
  return {type: 'series', values: days.map(day => known.get(day) ?? null)};
}
