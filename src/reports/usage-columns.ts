import {getOrAdd} from '../core/get-or-add.ts';
import type {Metric} from '../core/metric.ts';
import type {Decimal} from '../core/money.ts';
import type {Query} from '../core/query.ts';
import type {Cell, QuantitiesByKind} from '../core/report.ts';
import {Sum} from '../core/sum.ts';
import {type LineColumn, NONE, text} from './column.ts';
import type {Amount, Line} from './line.ts';
import {summarize} from './summary.ts';

/** The headline quantities of `usage report`, and all of them for machines. */
export const headlineColumns: readonly LineColumn[] = [
  headline('requests', 'Requests', 'model requests of all kinds'),
  headline('tokens', 'Tokens', 'input and output tokens of all kinds'),
  {
    key: 'quantities',
    title: 'Other usage',
    type: 'quantities',
    align: 'left',
    shown: 'everywhere',
    rank: 9,
    description: 'every metered quantity, by kind and metric',
    cell: ({amounts}) =>
      amounts.length === 0
        ? NONE
        : {type: 'quantities', values: byKind(amounts), summary: () => summarize(amounts)},
  },
];

function headline(key: 'requests' | 'tokens', title: string, description: string): LineColumn {
  return {
    key,
    title,
    type: 'quantity',
    align: 'right',
    shown: 'everywhere',
    rank: key === 'requests' ? 8 : 6,
    description,
    cell: ({amounts}) => {
      const counted = amounts.filter(({metric}) => metric.headline === key);
      if (counted.length === 0) return NONE;
      const sum = counted.reduce((total, {value}) => total.add(value), new Sum());
      return {type: 'quantity', value: sum.value, unit: key};
    },
  };
}

function byKind(amounts: readonly Amount[]): QuantitiesByKind {
  const kinds = new Map<string, [string, Decimal][]>();
  for (const {metric, value} of amounts) getOrAdd(kinds, metric.kind, () => []).push([metric.name, value]);
  return Object.fromEntries([...kinds].map(([kind, metrics]) => [kind, Object.fromEntries(metrics)]));
}

/** Columns of `usage usage`: one row a metric, or one column a metric with `--wide`. */
export function meteredColumns({wide, groupBy}: Query, metrics: readonly Metric[]): LineColumn[] {
  const kind: LineColumn = {
    key: 'kind',
    title: 'Kind',
    align: 'left',
    shown: 'everywhere',
    rank: 1,
    description: 'what was used: one of the --kind values',
    cell: line => text(line.kind ?? null),
  };
  return [...(groupBy.includes('kind') ? [] : [kind]), ...(wide ? wideColumns(metrics) : longColumns)];
}

const longColumns: readonly LineColumn[] = [
  metricText(
    'metric',
    'Metric',
    0,
    'the name of the metric, as the provider calls it',
    metric => metric.name,
  ),
  {
    key: 'quantity',
    title: 'Quantity',
    type: 'quantity',
    align: 'right',
    shown: 'everywhere',
    rank: 0,
    description: 'how much, exact',
    cell: ({metric}) => (metric ? quantity(metric) : NONE),
  },
  metricText('unit', 'Unit', 2, 'the unit of the quantity', metric => metric.unit),
  metricText(
    'statistic',
    'Statistic',
    8,
    'sum; or mean for a level, which is not added up over time',
    metric => metric.statistic,
    'data',
  ),
];

function metricText(
  key: string,
  title: string,
  rank: number,
  description: string,
  get: (metric: Metric) => string,
  shown: 'everywhere' | 'data' = 'everywhere',
): LineColumn {
  return {
    key,
    title,
    align: 'left',
    shown,
    rank,
    description,
    cell: ({metric}: Line) => text(metric ? get(metric.metric) : null),
  };
}

function wideColumns(metrics: readonly Metric[]): LineColumn[] {
  const names = [...new Map(metrics.map(metric => [metric.name, metric])).values()];
  return names.map((metric, index) => ({
    key: metric.name,
    title: metric.name,
    type: 'quantity',
    align: 'right',
    shown: 'everywhere',
    rank: 2 + index,
    description: `in ${metric.unit}${metric.statistic === 'mean' ? ', mean over the buckets' : ''}`,
    cell: ({amounts}) => {
      const found = amounts.find(amount => amount.metric.name === metric.name);
      return found ? quantity(found) : NONE;
    },
  }));
}

const quantity = ({metric, value}: Amount): Cell => ({
  type: 'quantity',
  value,
  unit: metric.unit,
});
