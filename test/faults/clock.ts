import {type Instant, instant} from '../../src/core/instant.ts';
import type {Clock} from '../../src/http/clock.ts';
import type {Random} from './random.ts';

interface Timer {
  readonly at: number;
  fire(): void;
}

/** Turns of the event loop in which nothing stirs until time may jump: sockets of one process need one or two. */
const QUIET_TURNS = 12;

/**
 * A clock whose hands stand still while anything is under way, and jump to the next timer once client and servers all
 * wait. So a stall of thirty seconds costs none, and a schedule runs the same way each time.
 */
export class JumpingClock implements Clock {
  readonly start: Instant;
  #now: number;
  #timers: Timer[] = [];
  #random: Random;
  #stirred = 0;
  #running = false;
  /** Answers that a server is about to give without waiting for time to pass. */
  busy = 0;

  constructor(start: number, random: Random) {
    this.start = instant(start);
    this.#now = start;
    this.#random = random;
  }

  now = (): Instant => instant(this.#now);
  random = (): number => this.#random.next();

  /** Milliseconds that have passed. */
  get elapsed(): number {
    return this.#now - this.start;
  }

  sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, {once: true});
      this.after(milliseconds, () => {
        signal.removeEventListener('abort', abort);
        resolve();
      });
    });

  timeout = (milliseconds: number): AbortSignal => {
    const controller = new AbortController();
    this.after(milliseconds, () => controller.abort(new DOMException('timed out', 'TimeoutError')));
    return controller.signal;
  };

  after(milliseconds: number, fire: () => void): void {
    this.stir();
    this.#timers.push({at: this.#now + milliseconds, fire});
  }

  /** Something happened: time must not pass before it has had its effect. */
  stir(): void {
    this.#stirred++;
  }

  /** Lets time jump until the work is done. */
  async runWhile<T>(work: Promise<T>): Promise<T> {
    this.#running = true;
    const ended = work.finally(() => {
      this.#running = false;
    });
    let quiet = 0;
    let seen = -1;
    while (this.#running) {
      await new Promise(resolve => setImmediate(resolve));
      quiet = this.#stirred === seen && this.busy === 0 ? quiet + 1 : 0;
      seen = this.#stirred;
      if (quiet >= QUIET_TURNS) {
        this.#jump();
        quiet = 0;
      }
    }
    return ended;
  }

  #jump(): void {
    if (this.#timers.length === 0) return;
    const next = Math.min(...this.#timers.map(({at}) => at));
    const due = this.#timers.filter(({at}) => at <= next);
    this.#timers = this.#timers.filter(({at}) => at > next);
    this.#now = Math.max(this.#now, next);
    for (const {fire} of due) fire();
  }
}
