import type {LabelDimension} from '../core/dimension.ts';
import {pairBuckets} from '../core/paired-buckets.ts';
import type {Period} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import {OTHER, UNATTRIBUTED} from '../core/record.ts';
import type {Filters} from '../drivers/driver.ts';
import {Aggregation} from './aggregate.ts';
import {BucketIndex} from './bucket-index.ts';
import type {Connected} from './connected.ts';
import {PlanFetch} from './fetch.ts';
import {entries, NameBook, type NamesByDimension, type UnknownValue} from './names.ts';
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
  readonly unknown: readonly UnknownValue[];
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
  const earlier = {...query, period: query.compare ?? query.period};
  const pairs = query.bucket === null ? undefined : pairBuckets(query.period, query.compare, query.bucket);
  const index = (buckets: readonly Period[] | undefined) => buckets && new BucketIndex(buckets);
  const current = new Aggregation(query.groupBy, index(pairs?.buckets), query.trend);
  const before = new Aggregation(query.groupBy, index(pairs?.compared), false);
  // All are cut into slices before the first is asked: an objection must not leave requests behind.
  const fetches = plans.map(plan => new PlanFetch(connected, plan, filters, query, current));
  const fetchesBefore = previous.map(plan => new PlanFetch(connected, plan, filters, earlier, before));
  const all = [...fetches, ...fetchesBefore];
  const fetched = allOrNothing(
    connected,
    all.flatMap(fetch => fetch.start()),
  );
  const wanted = (dimension: LabelDimension) =>
    fetched.then(() => idsOf(dimension, query, [current, before]));
  const told = shownNames.filter(dimension =>
    plans.some(({query: asked}) => asked.split.includes(dimension)),
  );
  // Giving up also breaks off the names, perhaps sooner than it stops the rest; what failed first is what counts.
  const [figures, names] = await Promise.allSettled([fetched, book.forDisplay(told, wanted)]);
  if (figures.status === 'rejected') throw figures.reason;
  if (names.status === 'rejected') throw names.reason;
  return {
    current,
    previous: before,
    names: names.value,
    unknown: [...unknown, ...unseen(filters, connected, all)],
  };
}

/** Filter values that no record had, where there is no list of names to look them up in. */
function unseen(filters: Filters, {driver}: Connected, fetches: readonly PlanFetch[]): UnknownValue[] {
  return entries(filters).flatMap(([dimension, values]) => {
    const listed = driver.names.some(source => source.dimension === dimension);
    const judged = fetches.every(({plan}) => plan.local.includes(dimension));
    if (listed || !judged) return [];
    return values
      .filter(value => !fetches.some(({filter}) => filter.hasSeen(dimension, value)))
      .map(value => ({dimension, value, listed: false}));
  });
}

/** Waits for all; on the first failure cancels the others, waits for them to stop, and throws that failure. */
export async function allOrNothing(connected: Connected, tasks: readonly Promise<void>[]): Promise<void> {
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
