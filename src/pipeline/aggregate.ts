import type {Dimension} from '../core/dimension.ts';
import {DIMENSIONS, isIntrinsic} from '../core/dimension.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import {DAY_MS, type Instant, startOfDay} from '../core/instant.ts';
import type {Metric} from '../core/metric.ts';
import type {Currency} from '../core/money.ts';
import type {Period} from '../core/period.ts';
import {type Label, OTHER, type Record, UNATTRIBUTED} from '../core/record.ts';
import {Sum} from '../core/sum.ts';
import type {BucketIndex} from './bucket-index.ts';
import {LabelTree} from './label-tree.ts';

/** What was billed in one currency. `days` is kept only when a trend is wanted and the source tells days. */
export interface Billed {
  readonly total: Sum;
  readonly days: Map<Instant, Sum>;
}

/** A metric's sum. For a level it is divided by `buckets`, the number of buckets that it was read in. */
export interface Metered {
  readonly metric: Metric;
  readonly total: Sum;
  readonly buckets: number;
}

/** Everything that fell on one combination of labels in one bucket. */
export interface Group {
  readonly key: string;
  /** The key without the bucket: what `--top` ranks. */
  readonly labelKey: string;
  /** One label for each dimension of the grouping. */
  readonly labels: readonly Label[];
  readonly bucket: number | undefined;
  /** Null when the group mixes several. */
  provider: string | null;
  account: string | null;
  readonly costs: Map<Currency, Billed>;
  /** By kind and metric name. */
  readonly quantities: Map<string, Metered>;
}

/** One label for each dimension, and what fell on them from one origin: a group for each bucket. */
interface Combination {
  readonly labels: readonly Label[];
  readonly labelKey: string;
  readonly groups: Group[];
}

/** Where a record comes from. */
export interface Origin {
  readonly provider: string;
  readonly account: string;
  /** The kind of a record that does not say; undefined where the source has several. */
  readonly kind: string | undefined;
  readonly metrics: MetricIndex;
  /** How many buckets of the source lie in a bucket of the report: what levels are averaged over. */
  buckets(bucket: number | undefined): number;
}

export const metricKey = (kind: string, name: string): string => `${kind} ${name}`;

/** Metrics with their keys, by kind and then by name: keys are made once and not for every record. */
export type MetricIndex = ReadonlyMap<
  string,
  ReadonlyMap<string, {readonly key: string; readonly metric: Metric}>
>;

export function indexMetrics(metrics: readonly Metric[]): MetricIndex {
  const index = new Map<string, Map<string, {readonly key: string; readonly metric: Metric}>>();
  for (const metric of metrics) {
    const {kind, name} = metric;
    getOrAdd(index, kind, () => new Map()).set(name, {key: metricKey(kind, name), metric});
  }
  return index;
}

/**
 * The one generic group-by: adds up records by any dimensions and buckets, exactly. Memory grows with the groups, not
 * with the records.
 */
export class Aggregation {
  readonly groups = new Map<string, Group>();
  readonly #groupBy: readonly Dimension[];
  readonly #buckets: BucketIndex | undefined;
  readonly #trend: boolean;
  /** Groups by where their records come from, then label by label: found again without making their keys anew. */
  readonly #trees = new Map<Origin, LabelTree<Combination>>();
  /** Records of one bucket come together and share their period. */
  #last: {readonly period: Period; readonly bucket: number} | undefined;

  constructor(groupBy: readonly Dimension[], buckets: BucketIndex | undefined, trend: boolean) {
    this.#groupBy = groupBy;
    this.#buckets = buckets;
    this.#trend = trend;
  }

  add(record: Record, origin: Origin): void {
    const group = this.#group(record, origin);
    if (record.cost) {
      const {amount, currency} = record.cost;
      const billed = getOrAdd(group.costs, currency, newBilled);
      billed.total.add(amount);
      if (this.#trend && isWithinDay(record.period)) {
        getOrAdd(billed.days, startOfDay(record.period.start), newSum).add(amount);
      }
    }
    const {quantities} = record;
    const metrics = quantities && origin.metrics.get(record.kind ?? origin.kind ?? '');
    if (!metrics) return;
    for (const name in quantities) {
      const [amount, known] = [quantities[name], metrics.get(name)];
      if (amount !== undefined && known) metered(group, known.key, known.metric, origin).total.add(amount);
    }
  }

  #group(record: Record, origin: Origin): Group {
    const bucket = this.#bucketOf(record.period);
    const {groups, labels, labelKey} = this.#combination(record, origin);
    const known = groups[bucket ?? 0];
    if (known) return known;
    const key = bucket === undefined ? labelKey : `${bucket} ${labelKey}`;
    const {provider, account} = origin;
    const group = getOrAdd(this.groups, key, () => ({
      key,
      labelKey,
      labels,
      bucket,
      provider,
      account,
      costs: new Map(),
      quantities: new Map(),
    }));
    groups[bucket ?? 0] = group;
    if (group.provider !== provider) group.provider = null;
    if (group.account !== account) group.account = null;
    return group;
  }

  #bucketOf(period: Period): number | undefined {
    if (!this.#buckets) return undefined;
    if (this.#last?.period !== period) this.#last = {period, bucket: this.#buckets.indexOf(period)};
    return this.#last.bucket;
  }

  #combination(record: Record, origin: Origin): Combination {
    let tree = getOrAdd(this.#trees, origin, newTree);
    for (const dimension of this.#groupBy) tree = tree.at(labelOf(dimension, record, origin));
    if (!tree.value) {
      const labels = this.#groupBy.map(dimension => labelOf(dimension, record, origin));
      tree.value = {labels, labelKey: this.#labelKey(labels, origin), groups: []};
    }
    return tree.value;
  }

  /**
   * Ids are only unique within an account, and so are "(other)" and "(unattributed)"; plain values such as a model
   * name mean the same everywhere. Lengths keep hostile ids from running into each other.
   */
  #labelKey(labels: readonly Label[], origin: Origin): string {
    let scoped = false;
    let key = '';
    labels.forEach((label, index) => {
      const dimension = this.#groupBy[index];
      const special = label === OTHER ? 'o' : label === UNATTRIBUTED ? 'u' : '';
      if (special || (dimension && DIMENSIONS[dimension].named)) scoped = true;
      key += special || `${label.id.length}:${label.id}`;
    });
    return scoped ? `${key}@${origin.provider}/${origin.account}` : key;
  }

  /** Takes in the groups of another aggregation over the same grouping. */
  merge(other: Aggregation): void {
    for (const [key, group] of other.groups) {
      const known = this.groups.get(key);
      if (known) mergeGroup(known, group);
      else this.groups.set(key, group);
    }
  }
}

/** Adds one group to another, in place. */
export function mergeGroup(into: Group, from: Group): void {
  if (into.provider !== from.provider) into.provider = null;
  if (into.account !== from.account) into.account = null;
  for (const [currency, billed] of from.costs) {
    const known = getOrAdd(into.costs, currency, newBilled);
    known.total.add(billed.total.value);
    for (const [day, sum] of billed.days) getOrAdd(known.days, day, newSum).add(sum.value);
  }
  for (const [key, metered] of from.quantities) {
    getOrAdd(into.quantities, key, () => ({...metered, total: new Sum()})).total.add(metered.total.value);
  }
}

function labelOf(dimension: Dimension, record: Record, origin: Origin): Label {
  if (!isIntrinsic(dimension)) return record.labels[dimension] ?? UNATTRIBUTED;
  if (dimension === 'provider') return {id: origin.provider};
  if (dimension === 'account') return {id: origin.account};
  const kind = record.kind ?? origin.kind;
  return kind === undefined ? UNATTRIBUTED : {id: kind};
}

function metered(group: Group, key: string, metric: Metric, origin: Origin): Metered {
  const known = group.quantities.get(key);
  if (known) return known;
  const buckets = metric.statistic === 'mean' ? origin.buckets(group.bucket) : 1;
  const fresh = {metric, total: new Sum(), buckets};
  group.quantities.set(key, fresh);
  return fresh;
}

const isWithinDay = ({start, end}: Period): boolean => end - startOfDay(start) <= DAY_MS;

const newTree = (): LabelTree<Combination> => new LabelTree();
const newSum = (): Sum => new Sum();
const newBilled = (): Billed => ({total: new Sum(), days: new Map()});
