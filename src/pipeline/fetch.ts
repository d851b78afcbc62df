import {tile} from '../core/bucket.ts';
import {ProviderError} from '../core/errors.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import {instant} from '../core/instant.ts';
import {intersect, isEmpty} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import type {Record} from '../core/record.ts';
import {type Filters, kindsOf, type SourceQuery} from '../drivers/driver.ts';
import {type Aggregation, indexMetrics, type Origin} from './aggregate.ts';
import type {Connected} from './connected.ts';
import {RecordFilter} from './filter.ts';
import type {SourcePlan} from './plan.ts';

/** One plan on its way into an aggregation. Making it asks nothing yet, and throws InputError if the source objects. */
export class PlanFetch {
  readonly plan: SourcePlan;
  readonly filter: RecordFilter;
  readonly #connected: Connected;
  readonly #into: Aggregation;
  readonly #origin: Origin;
  readonly #origins = new Map<string, Origin>();
  readonly #slices: readonly SourceQuery[];
  #answered = false;
  #notServed: ProviderError | undefined;

  constructor(connected: Connected, plan: SourcePlan, filters: Filters, query: Query, into: Aggregation) {
    this.plan = plan;
    this.filter = new RecordFilter(plan.local, filters);
    this.#connected = connected;
    this.#into = into;
    this.#origin = originOf(connected, plan, query);
    const pushed = Object.fromEntries(plan.pushed.map(dimension => [dimension, filters[dimension]]));
    const asked: SourceQuery = {...plan.query, filters: pushed};
    this.#slices = isEmpty(asked.window) ? [] : plan.source.slices(asked);
  }

  /** Begins all slices: a task for each, and one that judges them together. */
  start(): Promise<void>[] {
    const slices = this.#slices.map(slice => this.#read(slice));
    return [...slices, this.#conclude(slices)];
  }

  async #read(slice: SourceQuery): Promise<void> {
    const {source} = this.plan;
    try {
      for await (const records of source.fetch(slice, this.#connected.session)) {
        this.#answered = true;
        for (const record of records)
          if (this.filter.passes(record)) this.#into.add(record, this.#originOf(record));
      }
      this.#answered = true;
    } catch (error) {
      if (!(source.newer && error instanceof ProviderError && error.code === 'not_found')) throw error;
      this.#notServed = error;
    }
  }

  /** A file tells of several providers, each a part of the same account. */
  #originOf({provider}: Record): Origin {
    if (provider === undefined) return this.#origin;
    return getOrAdd(this.#origins, provider, () => ({...this.#origin, provider}));
  }

  async #conclude(slices: readonly Promise<void>[]): Promise<void> {
    await Promise.all(slices);
    const {session} = this.#connected;
    const {undecided} = this.filter;
    // What is served in part only is no older API: the rest of the figures is missing.
    if (this.#notServed && this.#answered) throw this.#notServed;
    if (this.#notServed) {
      const message = `${this.plan.source.id} is not served by this API and is left out`;
      session.note({level: 'info', code: 'not_served', message});
    }
    if (undecided.size === 0) return;
    const amounts = [...undecided].map(([currency, sum]) => `${sum.value} ${currency}`).join(' and ');
    session.note({
      level: 'warning',
      code: 'other_left_out',
      message: `${amounts} in (other) cannot be told apart: the filter leaves it out, so the figures are lower bounds`,
    });
  }
}

function originOf({driver, account}: Connected, {source, query: asked}: SourcePlan, query: Query): Origin {
  const kinds = kindsOf(source);
  const buckets = query.bucket === null ? undefined : tile(query.period, query.bucket);
  const counted = new Map<number | undefined, number>();
  return {
    provider: driver.id,
    account,
    kind: kinds.length === 1 ? kinds[0] : undefined,
    metrics: indexMetrics(source.metrics),
    buckets(bucket) {
      let count = counted.get(bucket);
      if (count === undefined) {
        const span = (bucket === undefined ? undefined : buckets?.[bucket]) ?? query.period;
        // A bucket that begins this very moment is read as well.
        const begun = {start: span.start, end: instant(asked.now + 1)};
        const soFar = intersect(intersect(span, asked.window), begun);
        count = asked.granularity === null ? 1 : Math.max(1, tile(soFar, asked.granularity).length);
        counted.set(bucket, count);
      }
      return count;
    },
  };
}
