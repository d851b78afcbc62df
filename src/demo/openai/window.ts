import {DAY_MS, floorTo, HOUR_MS, type Instant, instant, MINUTE_MS, SECOND_MS} from '../../core/instant.ts';
import type {Period} from '../../core/period.ts';
import type {Json, JsonObject} from '../json.ts';
import {badParameter, refuse} from './errors.ts';
import type {Parameters} from './parameters.ts';

/** Bucket widths, and how many buckets a page holds: without being asked, and at most. */
export const WIDTHS = {
  '1m': {milliseconds: MINUTE_MS, limit: 60, most: 1_440},
  '1h': {milliseconds: HOUR_MS, limit: 24, most: 168},
  '1d': {milliseconds: DAY_MS, limit: 7, most: 31},
} as const;

/** What costs and all usage endpoints can be asked. */
export const WINDOW_PARAMETERS = ['start_time', 'end_time', 'bucket_width', 'limit', 'page'] as const;

/** The span that a request asks for. `end_time` defaults to now. */
export function windowOf(parameters: Parameters, now: Instant): Period {
  const start = parameters.integer('start_time');
  if (start === undefined) {
    throw refuse(400, "Missing required parameter: 'start_time'.", {
      param: 'start_time',
      code: 'missing_required_parameter',
    });
  }
  const end = parameters.integer('end_time') ?? Math.floor(now / SECOND_MS);
  if (end <= start) throw badParameter('end_time', "Invalid 'end_time': must be after 'start_time'.");
  return {start: instant(start * SECOND_MS), end: instant(end * SECOND_MS)};
}

/** What the buckets of an answer are cut from. */
interface Paging {
  readonly window: Period;
  readonly now: Instant;
  /** Width of a bucket in milliseconds. */
  readonly width: number;
  readonly limit: number;
}

/** One page of buckets; those at the edges of the window are clipped to it. `rows` gives the results of a bucket. */
export function page(
  parameters: Parameters,
  paging: Paging,
  rows: (bucket: Period) => readonly Json[],
): JsonObject {
  const {window, now, width, limit} = paging;
  const checksum = parameters.checksum();
  const data: Json[] = [];
  let start = window.start;
  const cursor = parameters.text('page');
  if (cursor !== undefined) {
    const next = readCursor(cursor, checksum);
    if (next === undefined || next <= window.start || next >= window.end)
      throw badParameter('page', `Invalid 'page': '${cursor}'.`);
    start = next;
  }
  while (start < window.end && data.length < limit) {
    const boundary = floorTo(start, width) + width;
    const bucket = {start, end: instant(Math.min(boundary, window.end))};
    data.push({
      object: 'bucket',
      start_time: bucket.start / SECOND_MS,
      end_time: bucket.end / SECOND_MS,
      results: rows(bucket),
    });
    start = bucket.end;
  }
  const more = start < window.end;
  return {object: 'page', data, has_more: more, next_page: more ? writeCursor(now, checksum, start) : null};
}

/** Opaque to clients: when the answer was made, which query it belongs to, and where it goes on; all in seconds. */
function writeCursor(now: Instant, checksum: number, next: Instant): string {
  const bytes = new DataView(new ArrayBuffer(20));
  bytes.setBigUint64(0, BigInt(Math.floor(now / SECOND_MS)));
  bytes.setUint32(8, checksum);
  bytes.setBigUint64(12, BigInt(next / SECOND_MS));
  return `page_${btoa(String.fromCharCode(...new Uint8Array(bytes.buffer)))}`;
}

/** Where a cursor goes on; undefined if it is none, or one of another query. */
function readCursor(cursor: string, checksum: number): Instant | undefined {
  const match = /^page_([A-Za-z0-9+/]{27}=)$/.exec(cursor);
  if (!match?.[1]) return undefined;
  const bytes = new DataView(Uint8Array.from(atob(match[1]), letter => letter.charCodeAt(0)).buffer);
  if (bytes.getUint32(8) !== checksum) return undefined;
  return instant(Number(bytes.getBigUint64(12)) * SECOND_MS);
}
