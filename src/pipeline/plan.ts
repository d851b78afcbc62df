import {type Granularity, nests} from '../core/bucket.ts';
import {type Dimension, flagOf, isIntrinsic, type LabelDimension} from '../core/dimension.ts';
import {addDays, ceilTo, DAY_MS, floorTo, MINUTE_MS, startOfDay, utc} from '../core/instant.ts';
import {formatPeriod, intersect, isEmpty, type Period} from '../core/period.ts';
import type {Query, ReportKind} from '../core/query.ts';
import {canSplit, kindsOf, type Source, type SourceQuery} from '../drivers/driver.ts';

/** How one source takes part in a query. Names in filters are still to be turned into ids. */
export interface SourcePlan {
  readonly source: Source;
  readonly query: SourceQuery;
  /** Dimensions whose filter the API applies. */
  readonly pushed: readonly LabelDimension[];
  /** Dimensions whose filter is applied to the records. */
  readonly local: readonly LabelDimension[];
  /** Asked groupings that it cannot do: its records land in `(unattributed)`. */
  readonly missing: readonly Dimension[];
  /** The days it counts whole because it knows no finer time, if that is more than was asked. */
  readonly widened: Period | undefined;
}

/** Why a source cannot take part. */
export interface Incapable {
  readonly source: Source;
  readonly why: 'filter' | 'bucket';
  readonly dimension?: LabelDimension;
}

export const isPlan = (plan: SourcePlan | Incapable): plan is SourcePlan => 'query' in plan;

/** The sources of a driver that a report draws on. */
export function relevantSources(
  sources: readonly Source[],
  query: Pick<Query, 'report' | 'kinds'>,
): Source[] {
  return sources.filter(source => {
    if (query.report === 'costs') return source.billed;
    if (query.report === 'usage') return wantedKinds(source, query.kinds).length > 0;
    return true;
  });
}

const wantedKinds = (source: Source, kinds: readonly string[]): string[] =>
  kindsOf(source).filter(kind => kinds.length === 0 || kinds.includes(kind));

/** Whether a source's records can be told apart by a dimension. Quantities have a kind; a bill need not have. */
export function canGroup(source: Source, dimension: Dimension, report: ReportKind): boolean {
  if (dimension === 'kind') return report === 'usage' || !source.billed || kindsOf(source).length === 1;
  return isIntrinsic(dimension) || canSplit(source, dimension);
}

/**
 * Plans one source: which splits, filters, granularity and window to ask for, so that it is never asked for what it
 * cannot do. Filters that the API lacks are applied to the records, which means splitting by them.
 */
export function planSource(source: Source, query: Query): SourcePlan | Incapable {
  const granularity = chooseGranularity(source, query.bucket);
  if (granularity === undefined) return {source, why: 'bucket'};
  const filtered = Object.keys(query.filters) as LabelDimension[];
  const pushed = filtered.filter(dimension => source.filters.includes(dimension));
  const local = filtered.filter(dimension => !source.filters.includes(dimension));
  const impossible = local.find(
    (dimension, index) => !canSplit(source, dimension) || (source.splits === 'one' && index > 0),
  );
  if (impossible) return {source, why: 'filter', dimension: impossible};

  const asked = query.groupBy.filter((dimension): dimension is LabelDimension => canSplit(source, dimension));
  const wanted = [...new Set([...local, ...asked])];
  const split = source.splits === 'one' ? wanted.slice(0, 1) : wanted;
  const missing = query.groupBy.filter(
    dimension => !isIntrinsic(dimension) && !split.some(taken => taken === dimension),
  );
  const {window, widened} = chooseWindow(source, query);
  return {
    source,
    query: {window, now: query.now, granularity, split, filters: {}, kinds: wantedKinds(source, query.kinds)},
    pushed,
    local,
    missing,
    widened,
  };
}

/** The coarsest width that fits into the buckets; without buckets the whole window at once, or days. */
function chooseGranularity(source: Source, bucket: Granularity | null): Granularity | null | undefined {
  if (bucket !== null) return source.granularities.filter(fine => nests(fine, bucket)).at(-1);
  if (source.whole) return null;
  return source.granularities.includes('day') ? 'day' : source.granularities.at(-1);
}

/** Nothing is metered after the running day. Windows are widened to what the source can count, never narrowed. */
function chooseWindow(source: Source, {period, now}: Query): {window: Period; widened: Period | undefined} {
  const soFar = intersect(period, {start: utc(1970, 1), end: addDays(startOfDay(now), 1)});
  if (isEmpty(soFar)) return {window: soFar, widened: undefined};
  const step = source.resolution === 'day' ? DAY_MS : MINUTE_MS;
  const window = {start: floorTo(soFar.start, step), end: ceilTo(soFar.end, step)};
  const same = window.start === soFar.start && window.end === soFar.end;
  return {window, widened: same ? undefined : window};
}

/** For messages: what a source can split by, as the flags spell it. */
export function abilities(source: Source): string {
  const names = source.dimensions.map(flagOf);
  if (names.length === 0) return 'nothing';
  return source.splits === 'one' && names.length > 1 ? `one of ${names.join(', ')}` : names.join(', ');
}

export const describeWidened = (widened: Period): string => formatPeriod(widened);
