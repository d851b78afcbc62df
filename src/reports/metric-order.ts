import {getOrAdd} from '../core/get-or-add.ts';
import type {Metric} from '../core/metric.ts';
import {metricKey} from '../pipeline/aggregate.ts';

/** The order in which providers list kinds and metrics. Answers come in any order; a report must not depend on it. */
export class MetricOrder {
  readonly #ranks = new Map<string, number>();
  readonly #first = new Map<string, Metric>();
  /** Ranks by the metric itself: a key is made of two texts each time. */
  readonly #known = new Map<Metric, number>();

  constructor(metrics: readonly Metric[]) {
    for (const metric of metrics) {
      getOrAdd(this.#first, metric.kind, () => metric);
      getOrAdd(this.#ranks, metricKey(metric.kind, metric.name), () => this.#ranks.size);
    }
  }

  /** Its place in the list; for a kind that of its first metric. What is not listed comes last. */
  rankOf(kind: string, name = this.#first.get(kind)?.name ?? ''): number {
    return this.#ranks.get(metricKey(kind, name)) ?? this.#ranks.size;
  }

  /** The name of the metric that groups of a kind are ranked by, where all of its metrics stand side by side. */
  leaderOf(kind: string): string | undefined {
    return this.#first.get(kind)?.name;
  }

  compare(a: Metric, b: Metric): number {
    return this.#rankOf(a) - this.#rankOf(b);
  }

  #rankOf(metric: Metric): number {
    return getOrAdd(this.#known, metric, () => this.rankOf(metric.kind, metric.name));
  }
}
