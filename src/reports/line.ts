import type {Dimension, LabelDimension} from '../core/dimension.ts';
import {DIMENSIONS, isIntrinsic} from '../core/dimension.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import type {Instant} from '../core/instant.ts';
import type {Metric} from '../core/metric.ts';
import {type Currency, type Decimal, divide, ZERO} from '../core/money.ts';
import type {Period} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import {type Label, OTHER, UNATTRIBUTED} from '../core/record.ts';
import type {Group, Metered} from '../pipeline/aggregate.ts';
import type {Figures} from '../pipeline/run.ts';
import type {Buckets} from './buckets.ts';
import type {MetricOrder} from './metric-order.ts';

/** A metric's amount over the span of a line: a sum, or the mean of a level. */
export interface Amount {
  readonly metric: Metric;
  readonly value: Decimal;
}

/** One row before it has columns. Which of the optional parts it has depends on the report. */
export interface Line {
  readonly group: Group;
  readonly provider: string | null;
  readonly account: string | null;
  readonly labels: readonly Label[];
  readonly bucket: Period | undefined;
  readonly currency?: Currency;
  readonly cost?: Decimal;
  readonly previous?: Decimal;
  readonly days?: ReadonlyMap<Instant, Decimal>;
  /** Quantities of the whole group; with `usage --wide` those of one kind. */
  readonly amounts: readonly Amount[];
  /** Which of the amounts this line is about: one metric, or with `--wide` one kind. */
  readonly kind?: string;
  readonly metric?: Amount;
}

/** Digits after the point that the mean of a level is rounded to. */
const MEAN_PLACES = 6;

const amountOf = ({metric, total, buckets}: Metered): Amount => ({
  metric,
  value:
    metric.statistic === 'sum'
      ? total.value
      : (divide(total.value, String(buckets) as Decimal, MEAN_PLACES) ?? ZERO),
});

const amountsOf = (group: Group | undefined, order: MetricOrder): readonly Amount[] =>
  [...(group?.quantities.values() ?? [])].map(amountOf).sort((a, b) => order.compare(a.metric, b.metric));

/**
 * Lines with money: one for each currency of a group. A group's quantities stand in its first line only, so that
 * adding up the lines counts them once. Groups that cost something only in the period before are lines, too.
 */
export function costLines(query: Query, figures: Figures, buckets: Buckets, order: MetricOrder): Line[] {
  const lines: Line[] = [];
  for (const [key, group] of allGroups(figures)) {
    const current = figures.current.groups.get(key);
    const previous = figures.previous.groups.get(key);
    let amounts = query.report === 'report' ? amountsOf(current, order) : NO_AMOUNTS;
    const currencies = currenciesOf(current, previous);
    for (const currency of currencies) {
      const billed = current?.costs.get(currency);
      const before = previous?.costs.get(currency);
      // Set one after the other: spreading what may be missing takes longer than all the rest.
      const line: Draft<Line> = {...lineBase(group, buckets), amounts, currency};
      if (billed) line.cost = billed.total.value;
      if (billed && billed.days.size > 0)
        line.days = new Map([...billed.days].map(([day, sum]) => [day, sum.value]));
      if (before) line.previous = before.total.value;
      lines.push(line);
      amounts = NO_AMOUNTS;
    }
    if (currencies.length === 0 && amounts.length > 0) lines.push({...lineBase(group, buckets), amounts});
  }
  return lines;
}

type Draft<T> = {-readonly [K in keyof T]: T[K]};
const NO_AMOUNTS: readonly Amount[] = [];

function currenciesOf(current: Group | undefined, previous: Group | undefined): readonly Currency[] {
  if (current && !previous && current.costs.size === 1) return [...current.costs.keys()];
  return [...new Set([...(current?.costs.keys() ?? []), ...(previous?.costs.keys() ?? [])])].sort(byCurrency);
}

/** Lines of metered quantities: one a metric, or with `--wide` one a kind. */
export function usageLines(query: Query, figures: Figures, buckets: Buckets, order: MetricOrder): Line[] {
  return [...figures.current.groups.values()].flatMap(group => {
    const base = lineBase(group, buckets);
    const amounts = amountsOf(group, order);
    if (!query.wide) {
      const {provider, account, labels, bucket} = base;
      // Spelt out: spreading takes three times as long, and there are very many.
      return amounts.map(metric => ({
        group,
        provider,
        account,
        labels,
        bucket,
        amounts: [metric],
        kind: metric.metric.kind,
        metric,
      }));
    }
    const kinds = [...new Set(amounts.map(({metric}) => metric.kind))];
    return kinds.map(kind => ({...base, kind, amounts: amounts.filter(({metric}) => metric.kind === kind)}));
  });
}

const lineBase = (group: Group, buckets: Buckets) => ({
  group,
  provider: group.provider,
  account: group.account,
  labels: group.labels,
  bucket: buckets.periodOf(group.bucket),
});

function allGroups({current, previous}: Figures): ReadonlyMap<string, Group> {
  if (previous.groups.size === 0) return current.groups;
  return new Map([...previous.groups, ...current.groups]);
}

/** Dollars first, then by code: amounts of different currencies cannot be ranked against each other. */
export function byCurrency(a: Currency | undefined, b: Currency | undefined): number {
  const [left, right] = [rank(a), rank(b)]; // code units: a collator would take 15 ms to load
  return left === right ? 0 : left < right ? -1 : 1;
}

const rank = (currency: Currency | undefined): string => (currency === 'USD' ? '' : (currency ?? '\uffff'));

/** Ids and names of labels as a report shows them. */
export interface LabelText {
  readonly id: string | null;
  readonly name: string | null;
  /** What people see: the name; the id without one; both where two ids share a name. */
  readonly display: string;
}

/** Builds the look-up of label texts for all lines, so that names that occur twice can be told apart. */
export function labelTexts(
  groupBy: readonly Dimension[],
  lines: readonly Line[],
  names: Figures['names'],
): (line: Line, dimension: Dimension) => LabelText {
  const named = groupBy.filter(
    (dimension): dimension is LabelDimension => DIMENSIONS[dimension].named && !isIntrinsic(dimension),
  );
  const nameOf = (line: Line, dimension: LabelDimension, label: Label) =>
    names(dimension, line.account, label.id) ?? label.name ?? null;
  const idsByName = new Map<string, Set<string>>();
  for (const line of lines) {
    for (const dimension of named) {
      const label = line.labels[groupBy.indexOf(dimension)];
      const name = label && nameOf(line, dimension, label);
      if (!label || !name) continue;
      const key = `${dimension} ${name}`;
      getOrAdd(idsByName, key, () => new Set()).add(`${line.account}/${label.id}`);
    }
  }
  return (line, dimension) => {
    const label = line.labels[groupBy.indexOf(dimension)] ?? UNATTRIBUTED;
    if (label === OTHER || label === UNATTRIBUTED) return {id: null, name: label.id, display: label.id};
    if (isIntrinsic(dimension) || !DIMENSIONS[dimension].named)
      return {id: label.id, name: label.id, display: label.id};
    const name = nameOf(line, dimension, label);
    const shared = name !== null && (idsByName.get(`${dimension} ${name}`)?.size ?? 0) > 1;
    return {id: label.id, name, display: name === null ? label.id : shared ? `${name} (${label.id})` : name};
  };
}
