import type {Instant} from '../core/instant.ts';
import type {Clock} from './clock.ts';

/**
 * Lets a number of requests of one provider through at a time, in order, and holds all of them back while the provider
 * asks for a pause: when one slice meets a 429 the others need not find out by themselves.
 */
export class Gate {
  readonly #waiting: (() => void)[] = [];
  readonly #clock: Clock;
  #free: number;
  #pausedUntil = 0;

  constructor(width: number, clock: Clock) {
    this.#free = width;
    this.#clock = clock;
  }

  /** Runs the work when there is room. Rejects if the signal is aborted while waiting out a pause. */
  async through<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>(resolve => this.#waiting.push(resolve));
    try {
      for (let wait = this.#pause(); wait > 0; wait = this.#pause()) await this.#clock.sleep(wait, signal);
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }

  /** Holds back whatever has not started until that time. */
  holdUntil(at: Instant): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, at);
  }

  #pause(): number {
    return this.#pausedUntil - this.#clock.now();
  }
}
