import {bucketStart, nextBucket} from '../../core/bucket.ts';
import {ProviderError, type ProviderErrorCode} from '../../core/errors.ts';
import {
  DAY_MS,
  earlier,
  formatDate,
  formatInstant,
  HOUR_MS,
  type Instant,
  later,
  startOfDay,
} from '../../core/instant.ts';
import type {Period} from '../../core/period.ts';
import {expectedBuckets, type Width} from './slices.ts';

/**
 * Checks that the buckets of a slice are those that were asked for, each once: the API sends empty buckets for quiet
 * times, so a bucket that does not come is a hole in the figures and not a zero.
 */
export class BucketLedger {
  readonly #path: string;
  readonly #width: Width;
  readonly #now: Instant;
  readonly #awaited: Map<Instant, Period>;
  readonly #seen = new Set<Instant>();

  constructor(path: string, window: Period, width: Width, now: Instant) {
    this.#path = path;
    this.#width = width;
    this.#now = now;
    this.#awaited = expectedBuckets(window, width);
  }

  /**
   * Ticks a bucket off and gives the part of it that was asked for. Throws ProviderError if it comes twice, overlaps
   * another, or covers more or less time than was asked for.
   */
  take(bucket: Period): Period {
    const whole = bucketStart(bucket.start, this.#width);
    const name = `the ${this.#width} of ${this.#name(whole)}`;
    if (bucket.end <= bucket.start) this.#fail('bad_response', `${name} ending before it starts`);
    if (this.#seen.has(whole)) this.#fail('repeated_bucket', `${name} twice`);
    const awaited = this.#awaited.get(whole);
    if (!awaited || bucket.start < awaited.start) {
      return this.#fail('outside_window', `${formatInstant(bucket.start)}, which was not asked for`);
    }
    // What lies in the future holds nothing yet, so a running bucket may be told by its full width.
    const end = awaited.end > this.#now ? later(awaited.end, nextBucket(whole, this.#width)) : awaited.end;
    if (bucket.end > end) this.#fail('outside_window', `${name} reaching up to ${formatInstant(bucket.end)}`);
    if (bucket.start > awaited.start || (bucket.end < awaited.end && this.#isOver(awaited))) {
      this.#fail('missing_bucket', `only a part of ${name}`);
    }
    this.#seen.add(whole);
    return {start: bucket.start, end: earlier(bucket.end, awaited.end)};
  }

  /**
   * Throws ProviderError if a bucket of a day that is over did not come. Those of the running day may be late; gives
   * the day if one is that should be there by now.
   */
  close(): string | undefined {
    let late: string | undefined;
    for (const [whole, awaited] of this.#awaited) {
      if (this.#seen.has(whole)) continue;
      if (this.#isOver(awaited))
        this.#fail('missing_bucket', `no bucket for the ${this.#width} of ${this.#name(whole)}`);
      if (awaited.start <= this.#now - HOUR_MS) late ??= formatDate(awaited.start);
    }
    return late;
  }

  #isOver(bucket: Period): boolean {
    return bucket.end <= startOfDay(this.#now);
  }

  #name(at: Instant): string {
    return at % DAY_MS === 0 && this.#width === 'day' ? formatDate(at) : formatInstant(at);
  }

  #fail(code: ProviderErrorCode, what: string): never {
    throw new ProviderError(code, `OpenAI answered ${this.#path} with ${what}`, {
      provider: 'openai',
      rule: 'figures with a hole or an overlap are not counted',
      hint: 'try again; if it lasts, report it',
    });
  }
}
