import {type Granularity, tile} from './bucket.ts';
import {type Instant, instant} from './instant.ts';
import type {NamedPeriod, Period} from './period.ts';

/** The buckets of a period, and what each of them is set against in another period. */
export interface PairedBuckets {
  readonly buckets: readonly Period[];
  /** Tiles the other period; the n-th belongs to the n-th bucket. Fewer if that period is shorter. */
  readonly compared: readonly Period[];
  /** How the other period is cut: the same, or by day where its pieces begin on other days than buckets do. */
  readonly comparedBy: Granularity;
}

/**
 * Pairs buckets so that those with equally many days are compared: the first day with the first day, and so on. Whole
 * calendar months are set against months. What the other period has beyond the last bucket counts with that.
 */
export function pairBuckets(
  period: NamedPeriod,
  compare: NamedPeriod | undefined,
  width: Granularity,
): PairedBuckets {
  const buckets = tile(period, width);
  if (!compare) return {buckets, compared: [], comparedBy: width};
  if (width === 'month' && period.months && period.months === compare.months)
    return {buckets, compared: tile(compare, width), comparedBy: width};
  const shift = compare.start - period.start;
  const at = (moment: Instant): Instant => instant(Math.min(moment + shift, compare.end));
  const pieces = buckets
    .map(({start, end}) => ({start: at(start), end: at(end)}))
    .filter(({start, end}) => start < end);
  const last = pieces.pop();
  return {
    buckets,
    compared: last ? [...pieces, {...last, end: compare.end}] : [],
    comparedBy: width === 'week' || width === 'month' ? 'day' : width,
  };
}

/** Whether a bucket and what it is set against can be compared: they are equally long, or whole months. */
export function areAlike({buckets, compared, comparedBy}: PairedBuckets, index: number): boolean {
  const [bucket, other] = [buckets[index], compared[index]];
  if (!bucket || !other) return false;
  return comparedBy === 'month' || other.end - other.start === bucket.end - bucket.start;
}
