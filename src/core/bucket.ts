import {
  addDays,
  addMonths,
  DAY_MS,
  earlier,
  floorTo,
  HOUR_MS,
  type Instant,
  instant,
  MINUTE_MS,
  startOfDay,
  startOfMonth,
} from './instant.ts';
import {isEmpty, type Period} from './period.ts';

/** Widths of a time bucket, finest first. Weeks are ISO weeks: they begin on Monday. */
export const GRANULARITIES = ['minute', 'hour', 'day', 'week', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

const EPOCH_MONDAY = 4 * DAY_MS; // 1970-01-05

export function bucketStart(at: Instant, granularity: Granularity): Instant {
  switch (granularity) {
    case 'minute':
      return floorTo(at, MINUTE_MS);
    case 'hour':
      return floorTo(at, HOUR_MS);
    case 'day':
      return startOfDay(at);
    case 'week':
      return instant(floorTo(instant(at - EPOCH_MONDAY), 7 * DAY_MS) + EPOCH_MONDAY);
    case 'month':
      return startOfMonth(at);
  }
}

/** The start of the bucket after the one that starts at `start`. */
export function nextBucket(start: Instant, granularity: Granularity): Instant {
  switch (granularity) {
    case 'minute':
      return instant(start + MINUTE_MS);
    case 'hour':
      return instant(start + HOUR_MS);
    case 'day':
      return addDays(start, 1);
    case 'week':
      return addDays(start, 7);
    case 'month':
      return addMonths(start, 1);
  }
}

/** The buckets that cover a period, in order; the first and the last are clipped to it, so they tile it exactly. */
export function tile(period: Period, granularity: Granularity): Period[] {
  const buckets: Period[] = [];
  if (isEmpty(period)) return buckets;
  let start = period.start;
  while (start < period.end) {
    const next = nextBucket(bucketStart(start, granularity), granularity);
    const end = earlier(next, period.end);
    buckets.push({start, end});
    start = end;
  }
  return buckets;
}

/** Whether every bucket of `fine` lies in exactly one bucket of `coarse`. Weeks do not nest in months. */
export function nests(fine: Granularity, coarse: Granularity): boolean {
  if (fine === coarse) return true;
  return fine !== 'week' && GRANULARITIES.indexOf(fine) < GRANULARITIES.indexOf(coarse);
}
