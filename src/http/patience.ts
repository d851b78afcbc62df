import {type Instant, SECOND_MS} from '../core/instant.ts';
import {MAX_OBEYED_MS} from './retry.ts';

/** A provider that has given no good answer for so long is taken for dead. Waits that it asked for do not count. */
const DEAD_AFTER_MS = 45 * SECOND_MS;
/** The shortest time worth giving a try. */
const MIN_TRY_MS = 5 * SECOND_MS;
/** Retries for each request in flight before any good answer; each of those gives half a retry back. */
const RETRIES_EACH = 4;
const MIN_RETRIES = 10;

/**
 * What one run may spend on one provider that fails, over all of its requests: a number of retries, and the time since
 * its last good answer. So a provider that dies costs seconds, however many requests wait for it.
 */
export class Patience {
  readonly #most: number;
  readonly #limit: number;
  #retries: number;
  #lastGood: Instant;
  #obeyed = 0;
  #pausedUntil = 0;

  /** @param timeout of a try, in milliseconds: whoever gives tries longer gives the provider longer. */
  constructor(width: number, timeout: number, now: Instant) {
    this.#most = Math.max(MIN_RETRIES, width * RETRIES_EACH);
    this.#retries = this.#most;
    this.#limit = Math.max(DEAD_AFTER_MS, timeout + MIN_TRY_MS);
    this.#lastGood = now;
  }

  answered(now: Instant): void {
    this.#lastGood = now;
    this.#obeyed = 0;
    this.#retries = Math.min(this.#most, this.#retries + 0.5);
  }

  /** Milliseconds that a try beginning now may take at most. */
  left(now: Instant): number {
    return Math.max(MIN_TRY_MS, this.#lastGood + this.#limit + this.#obeyed - now);
  }

  /**
   * Whether a retry after so many milliseconds is worth it, and if so spends it.
   * @param asked how much of the delay the provider asked for; undefined if it did not
   */
  spend(now: Instant, delay: number, asked = 0): boolean {
    // Requests that are refused together wait out the same pause, which counts once.
    const more = Math.max(0, now + asked - Math.max(now, this.#pausedUntil));
    const obeyed = this.#obeyed + more;
    const end = this.#lastGood + this.#limit + obeyed;
    if (this.#retries < 1 || obeyed > MAX_OBEYED_MS || now + delay >= end) return false;
    this.#retries--;
    this.#obeyed = obeyed;
    this.#pausedUntil = Math.max(this.#pausedUntil, now + asked);
    return true;
  }
}
