import {DAY_MS, formatInstant, type Instant, instant, SECOND_MS} from '../core/instant.ts';

/** Tries after the first one. */
const MAX_RETRIES = 4;
const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 8_000;
/** A provider that asks us to wait longer, at once or in all between two good answers, is better reported than waited for. */
export const MAX_OBEYED_MS = 60_000;

const RETRIED_STATUS = new Set([408, 429, 500, 502, 503, 504]);

/** What one try came to, as far as retrying is concerned. */
export interface Failure {
  /** HTTP status; undefined if no whole answer came (connection, time-out, cut or unparsable body). */
  readonly status: number | undefined;
  /** The `Retry-After` header. */
  readonly retryAfter?: string | undefined;
  /** `retry_after` of the body, in seconds. */
  readonly bodyRetryAfter?: unknown;
}

export type Decision =
  | {readonly retry: true; readonly delay: number; readonly asked?: number}
  | {readonly retry: false; readonly asked?: number};

/**
 * Whether to try again and after how many milliseconds: full jitter on a doubling delay, or what the server asked for.
 * @param attempt how many tries there have been, 1 after the first
 * @param random from 0 to 1
 */
export function decideRetry(failure: Failure, attempt: number, now: Instant, random: number): Decision {
  if (failure.status !== undefined && !RETRIED_STATUS.has(failure.status)) return {retry: false};
  if (attempt > MAX_RETRIES) return {retry: false};
  const asked = retryAfter(failure, now);
  if (asked !== undefined && asked > MAX_OBEYED_MS) return {retry: false, asked};
  const ceiling = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (attempt - 1));
  const jittered = Math.round(random * ceiling);
  // A little jitter on top of what was asked for, so that slices that were refused together do not return together.
  if (asked === undefined) return {retry: true, delay: jittered};
  return {retry: true, delay: asked + Math.round(random * BASE_DELAY_MS), asked};
}

/** The wait that the server asks for, in milliseconds, from header (seconds or HTTP date) or body (seconds). */
function retryAfter(
  {retryAfter: header = '', bodyRetryAfter: body}: Failure,
  now: Instant,
): number | undefined {
  const text = header.trim();
  if (SECONDS.test(text)) return Number(text) * SECOND_MS;
  // Only what has the name of a month in it: Date.parse would take "-5" for a day in May.
  const date = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(date)) return Math.max(0, date - now);
  if (typeof body === 'string' && SECONDS.test(body)) return Number(body) * SECOND_MS;
  return typeof body === 'number' && body >= 0 ? body * SECOND_MS : undefined;
}

const SECONDS = /^\d+(\.\d+)?$/;
const YEAR_MS = 366 * DAY_MS;

/** For messages: "90 s", or the time of day when it is far; some servers ask for more than any calendar has. */
export function describeWait(milliseconds: number, now: Instant): string {
  if (milliseconds < 600_000) return `${Math.ceil(milliseconds / SECOND_MS)} s`;
  if (!(milliseconds < YEAR_MS)) return 'more than a year';
  return `until ${formatInstant(instant(now + Math.ceil(milliseconds)))}`;
}
