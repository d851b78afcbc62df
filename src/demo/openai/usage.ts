import {earlier, floorTo, type Instant, MINUTE_MS} from '../../core/instant.ts';
import type {Period} from '../../core/period.ts';
import {dayNumber, midnight} from '../day.ts';
import type {Json, JsonObject} from '../json.ts';
import {type Activity, countAfter, labelOf, requestsAt} from './activity.ts';
import type {Ledger} from './ledger.ts';
import {Parameters} from './parameters.ts';
import {USAGE_KINDS, type UsageKind} from './usage-kinds.ts';
import {vectorStores} from './vector-stores.ts';
import {page, WIDTHS, WINDOW_PARAMETERS, windowOf} from './window.ts';
import type {Dimension} from './workload.ts';

type Label = string | boolean | null;
/** A row passes if its label is one of the values. */
type Filter = readonly [dimension: Dimension, values: readonly Label[]];

/** GET /organization/usage/<segment>; undefined if there is no such endpoint. */
export function usage(segment: string, query: URLSearchParams, ledger: Ledger): JsonObject | undefined {
  if (segment === 'vector_stores') return buckets(['project_ids'], query, ledger, vectorStores);
  const kind = Object.hasOwn(USAGE_KINDS, segment) ? USAGE_KINDS[segment] : undefined;
  if (!kind) return undefined;
  return buckets(Object.keys(kind.filters), query, ledger, parameters => {
    const groupBy = parameters.choices('group_by', kind.groups) ?? [];
    const filters = filtersOf(kind, parameters);
    return bucket => rows(kind, groupBy, matching(ledger, kind, filters, bucket), bucket, ledger.now);
  });
}

/** Reads what all usage endpoints share. Buckets begin where the window does, to the minute, and end where it ends. */
function buckets(
  filters: readonly string[],
  query: URLSearchParams,
  ledger: Ledger,
  prepare: (parameters: Parameters, ledger: Ledger) => (bucket: Period) => readonly Json[],
): JsonObject {
  const parameters = new Parameters(query, [...WINDOW_PARAMETERS, 'group_by', ...filters]);
  const asked = windowOf(parameters, ledger.now);
  const {
    milliseconds: width,
    limit,
    most,
  } = WIDTHS[parameters.choice('bucket_width', ['1m', '1h', '1d'], '1d')];
  const paging = {
    window: {start: floorTo(asked.start, MINUTE_MS), end: asked.end},
    now: ledger.now,
    width,
    limit: parameters.between('limit', 1, most, limit),
  };
  return page(parameters, paging, prepare(parameters, ledger));
}

/** Reads the filters that this endpoint knows; a wrong value is an error. */
function filtersOf(kind: UsageKind, parameters: Parameters): Filter[] {
  return Object.entries(kind.filters).flatMap(([name, dimension]): Filter[] => {
    const closed = kind.closed?.[name];
    const flag = name === 'batch' ? parameters.boolean(name) : undefined;
    if (flag !== undefined) return [[dimension, [flag]]];
    const values = closed ? parameters.choices(name, closed) : parameters.list(name);
    return values ? [[dimension, values]] : [];
  });
}

/** What happened on the bucket's day and passes all filters. */
const matching = (ledger: Ledger, kind: UsageKind, filters: readonly Filter[], {start}: Period): Activity[] =>
  ledger
    .activities(dayNumber(start))
    .filter(
      activity =>
        activity.workload.spec.kind === kind.kind &&
        filters.every(([dimension, values]) => values.includes(labelOf(activity, dimension))),
    );

/** What the activities with the same labels add up to. */
interface Group {
  readonly labels: readonly Label[];
  readonly counts: number[];
}

/** The results of one bucket, which lies within one day. */
function rows(
  kind: UsageKind,
  groupBy: readonly Dimension[],
  activities: readonly Activity[],
  bucket: Period,
  now: Instant,
): Json[] {
  const groups = new Map<string, Group>();
  const day = midnight(dayNumber(bucket.start));
  const start = bucket.start - day;
  const end = earlier(bucket.end, now) - day;
  if (end <= start) return [];
  for (const activity of activities) {
    const before = requestsAt(activity, start);
    const after = requestsAt(activity, end);
    if (after === before) continue; // nothing is counted without a request
    const labels = groupBy.map(dimension => labelOf(activity, dimension));
    const name = labels.join('\n');
    let group = groups.get(name);
    if (!group) {
      group = {labels, counts: [0, ...activity.stage.units.map(() => 0)]};
      groups.set(name, group);
    }
    const {counts} = group;
    for (let index = 0; index < counts.length; index++) {
      const count = countAfter(activity, index, after) - countAfter(activity, index, before);
      counts[index] = (counts[index] ?? 0) + count;
    }
  }
  return [...groups.values()].map(({labels, counts}, index) => {
    const fields = kind.fields(counts);
    const dimensions = labelFields(kind, groupBy, labels);
    // Members come in an arbitrary order, as they do from the real API.
    return index % 3 === 2
      ? {...dimensions, ...fields, object: kind.object}
      : {object: kind.object, ...fields, ...dimensions};
  });
}

/** All dimensions of the endpoint; those that were not asked for are null. */
function labelFields(kind: UsageKind, groupBy: readonly Dimension[], labels: readonly Label[]): JsonObject {
  const fields: {[D in Dimension]?: Label} = {};
  for (const dimension of kind.groups) fields[dimension] = labels[groupBy.indexOf(dimension)] ?? null;
  return fields;
}
