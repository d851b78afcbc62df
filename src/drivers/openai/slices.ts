import {bucketStart, type Granularity, tile} from '../../core/bucket.ts';
import {addDays, earlier, floorTo, type Instant, instant, MINUTE_MS, startOfDay} from '../../core/instant.ts';
import {isEmpty, type Period} from '../../core/period.ts';
import type {SourceQuery} from '../driver.ts';

/** The bucket widths of this API. */
export const WIDTHS = {minute: '1m', hour: '1h', day: '1d'} as const;
export type Width = keyof typeof WIDTHS;

export const widthOf = (granularity: Granularity | null): Width =>
  granularity === 'minute' || granularity === 'hour' ? granularity : 'day';

/** UTC days that one request may cover: the most buckets the API gives are 31 days, 168 hours or 1440 minutes. */
const USAGE_DAYS = {minute: 1, hour: 7, day: 31} as const;
const COSTS_DAYS = 180;

/** Costs know whole UTC days only, so the running day is asked for up to its end. */
export const costsSlices = (query: SourceQuery): SourceQuery[] => cut(query, query.window, COSTS_DAYS);

/**
 * Usage is asked for up to the minute that is running: the API clips its buckets to the window that is asked for, and
 * a time in the future is not promised to work. A window that has not begun gives no slice.
 */
export function usageSlices(query: SourceQuery): SourceQuery[] {
  const nextMinute = instant(floorTo(query.now, MINUTE_MS) + MINUTE_MS);
  const window = {start: query.window.start, end: earlier(query.window.end, nextMinute)};
  return cut(query, window, USAGE_DAYS[widthOf(query.granularity)]);
}

/**
 * Cuts at UTC midnights, so that no bucket of any width is cut in two. Counting whole days from the first midnight
 * keeps a window that begins within a day inside the limit as well.
 */
function cut(query: SourceQuery, window: Period, days: number): SourceQuery[] {
  const slices: SourceQuery[] = [];
  let start: Instant = window.start;
  while (!isEmpty({start, end: window.end})) {
    const end = earlier(addDays(startOfDay(start), days), window.end);
    slices.push({...query, window: {start, end}});
    start = end;
  }
  return slices;
}

/** A bucket that a slice must bring: the part of it that lies in the slice, by the start of the whole bucket. */
export const expectedBuckets = (window: Period, width: Width): Map<Instant, Period> =>
  new Map(tile(window, width).map(part => [bucketStart(part.start, width), part]));
