import {formatInstant, type Instant, SECOND_MS} from '../core/instant.ts';

/** Tries after the first one. */
const MAX_RETRIES = 4;
const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 8_000;
/** A provider that asks us to wait longer is better reported than waited for. */
const MAX_OBEYED_MS = 60_000;

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
  | {readonly retry: true; readonly delay: number}
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
  return {retry: true, delay: asked === undefined ? jittered : asked + Math.round(random * BASE_DELAY_MS)};
}

/** The wait that the server asks for, in milliseconds, from header (seconds or HTTP date) or body (seconds). */
function retryAfter(failure: Failure, now: Instant): number | undefined {
  const header = failure.retryAfter?.trim();
  if (header && /^\d+(\.\d+)?$/.test(header)) return Number(header) * SECOND_MS;
  if (header) {
    const date = Date.parse(header);
    if (Number.isFinite(date)) return Math.max(0, date - now);
  }
  const body = failure.bodyRetryAfter;
  return typeof body === 'number' && body >= 0 ? body * SECOND_MS : undefined;
}

/** For messages: "90 s", or the time of day when it is far. */
export const describeWait = (milliseconds: number, now: Instant): string =>
  milliseconds < 600_000
    ? `${Math.ceil(milliseconds / SECOND_MS)} s`
    : `until ${formatInstant((now + milliseconds) as Instant)}`;
