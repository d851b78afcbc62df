import {tile} from '../core/bucket.ts';
import type {LabelDimension} from '../core/dimension.ts';
import {ProviderError} from '../core/errors.ts';
import {intersect, isEmpty} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import {OTHER, UNATTRIBUTED} from '../core/record.ts';
import {kindsOf, type SourceQuery} from '../drivers/driver.ts';
import {Aggregation, metricKey, type Origin} from './aggregate.ts';
import {BucketIndex} from './bucket-index.ts';
import type {Connected} from './connected.ts';
import {RecordFilter} from './filter.ts';
import {NameBook, type NamesByDimension, type ResolvedFilters} from './names.ts';
import type {SourcePlan} from './plan.ts';

/** What is to be fetched from one account. */
export interface AccountPlan {
  readonly connected: Connected;
  readonly plans: readonly SourcePlan[];
  /** The billed sources again, over the period to compare with. */
  readonly previous: readonly SourcePlan[];
}

export interface AccountFigures {
  readonly current: Aggregation;
  readonly previous: Aggregation;
  readonly names: NamesByDimension;
  readonly unknown: ResolvedFilters['unknown'];
}

/**
 * Fetches everything of one account side by side and adds it up. All or nothing: when one part fails the rest is
 * given up and the first failure is thrown, so that no partial sum can pass for a whole one.
 */
export async function collectAccount(
  query: Query,
  {connected, plans, previous}: AccountPlan,
  shownNames: readonly LabelDimension[],
): Promise<AccountFigures> {
  const book = new NameBook(connected);
  const {filters, unknown} = await book.resolve(query.filters);
  const current = newAggregation(query, query.trend);
  const before = newAggregation({...query, period: query.compare ?? query.period}, false);
  const fetched = allOrNothing(connected, [
    ...plans.flatMap(plan => fetchPlan(connected, plan, filters, query, current)),
    ...previous.flatMap(plan =>
      fetchPlan(connected, plan, filters, {...query, period: query.compare ?? query.period}, before),
    ),
  ]);
  const wanted = (dimension: LabelDimension) =>
    fetched.then(() => idsOf(dimension, query, [current, before]));
  const told = shownNames.filter(dimension =>
    plans.some(({query: asked}) => asked.split.includes(dimension)),
  );
  const [names] = await Promise.all([book.forDisplay(told, wanted), fetched]);
  return {current, previous: before, names, unknown};
}

function newAggregation({groupBy, bucket, period}: Query, trend: boolean): Aggregation {
  return new Aggregation(groupBy, bucket === null ? undefined : new BucketIndex(period, bucket), trend);
}

/** One task for each slice of the plan. */
function fetchPlan(
  connected: Connected,
  plan: SourcePlan,
  filters: ResolvedFilters['filters'],
  query: Query,
  into: Aggregation,
): Promise<void>[] {
  if (isEmpty(plan.query.window)) return [];
  const pushed = Object.fromEntries(plan.pushed.map(dimension => [dimension, filters[dimension]]));
  const asked: SourceQuery = {...plan.query, filters: pushed};
  const filter = new RecordFilter(plan.local, filters);
  const origin = originOf(connected, plan, query);
  return plan.source.slices(asked).map(async slice => {
    try {
      for await (const record of plan.source.fetch(slice, connected.session)) {
        if (filter.passes(record)) into.add(record, origin);
      }
    } catch (error) {
      if (!(plan.source.newer && error instanceof ProviderError && error.code === 'not_found')) throw error;
      connected.session.note({
        level: 'info',
        code: 'not_served',
        message: `${plan.source.id} is not served by this API and is left out`,
      });
    }
    noteUndecided(connected, filter);
  });
}

function noteUndecided(connected: Connected, filter: RecordFilter): void {
  if (filter.undecided.size === 0) return;
  const amounts = [...filter.undecided].map(([currency, sum]) => `${sum.value} ${currency}`).join(' and ');
  connected.session.note({
    level: 'warning',
    code: 'other_left_out',
    message: `${amounts} in (other) cannot be told apart: the filter leaves it out, so the figures are lower bounds`,
  });
}

function originOf({driver, account}: Connected, {source, query: asked}: SourcePlan, query: Query): Origin {
  const kinds = kindsOf(source);
  const buckets = query.bucket === null ? undefined : tile(query.period, query.bucket);
  const counted = new Map<number | undefined, number>();
  return {
    provider: driver.id,
    account,
    kind: kinds.length === 1 ? kinds[0] : undefined,
    metrics: new Map(source.metrics.map(metric => [metricKey(metric.kind, metric.name), metric])),
    buckets(bucket) {
      let count = counted.get(bucket);
      if (count === undefined) {
        const span = (bucket === undefined ? undefined : buckets?.[bucket]) ?? query.period;
        const soFar = intersect(intersect(span, asked.window), {start: span.start, end: asked.now});
        count = asked.granularity === null ? 1 : Math.max(1, tile(soFar, asked.granularity).length);
        counted.set(bucket, count);
      }
      return count;
    },
  };
}

/** Waits for all; on the first failure cancels the others, waits for them to stop, and throws that failure. */
async function allOrNothing(connected: Connected, tasks: readonly Promise<void>[]): Promise<void> {
  let failed: {readonly error: unknown} | undefined;
  await Promise.all(
    tasks.map(task =>
      task.catch((error: unknown) => {
        if (failed) return;
        failed = {error};
        connected.cancel();
      }),
    ),
  );
  if (failed) throw failed.error;
}

function idsOf(
  dimension: LabelDimension,
  {groupBy}: Query,
  aggregations: readonly Aggregation[],
): ReadonlySet<string> {
  const index = groupBy.indexOf(dimension);
  const ids = new Set<string>();
  for (const {groups} of aggregations) {
    for (const {labels} of groups.values()) {
      const label = labels[index];
      if (label && label !== OTHER && label !== UNATTRIBUTED) ids.add(label.id);
    }
  }
  return ids;
}
