import {setImmediate as nextTurn} from 'node:timers/promises';
import type {Instant} from '../core/instant.ts';
import type {Clock} from './clock.ts';

/** Bytes. Pages of a report are smaller than this by far, and pages of a million rows larger. */
const MOST_UNREAD = 512 * 1024;

/**
 * Lets a number of requests of one provider through at a time, in order. When one of them is told to slow down all do:
 * nobody starts before the pause is over, and then half as many as before go side by side, one more with each good
 * answer. So slices that were refused together do not come back together.
 */
export class Gate {
  readonly #waiting: (() => void)[] = [];
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #most: number;
  #width: number;
  #inside = 0;
  /** What answers that nobody has read yet take, in bytes. */
  #unread = 0;
  #pausedUntil = 0;
  #asleep = false;
  #turns = 0;
  /** Requests that entered before this turn do not narrow the gate once more. */
  #narrowedAt = 0;

  constructor(width: number, clock: Clock, signal: AbortSignal) {
    this.#most = width;
    this.#width = width;
    this.#clock = clock;
    this.#signal = signal;
  }

  /**
   * Asks when there is room, told its turn, and reads the answer when whoever was let in after it is under way: reading
   * takes time in which nobody would be asked. Rejects if the signal is aborted before.
   * @param sizeOf what an answer takes, in bytes: while much is unread nobody else is let in
   */
  async through<T, U>(
    ask: (turn: number) => Promise<T>,
    read: (answer: T) => U,
    sizeOf: (answer: T) => number = () => 0,
  ): Promise<U> {
    await new Promise<void>(resolve => {
      this.#waiting.push(resolve);
      this.#admit();
    });
    let answer: T;
    let size = 0;
    try {
      this.#signal.throwIfAborted();
      answer = await ask(this.#turns++);
      size = sizeOf(answer);
      this.#unread += size;
    } finally {
      this.#inside--;
      this.#admit();
    }
    try {
      await nextTurn();
      return read(answer);
    } finally {
      this.#unread -= size;
      this.#admit();
    }
  }

  /** Holds back whatever has not started until that time, and halves the width unless that turn was of the same rush. */
  slowDown(until: Instant, turn: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
    if (turn < this.#narrowedAt) return;
    this.#narrowedAt = this.#turns;
    this.#width = Math.max(1, Math.floor(this.#width / 2));
  }

  /** After a good answer: one more at a time, up to the full width. */
  speedUp(): void {
    if (this.#width >= this.#most) return;
    this.#width++;
    this.#admit();
  }

  #admit(): void {
    const pause = this.#signal.aborted ? 0 : this.#pausedUntil - this.#clock.now();
    if (pause > 0) {
      this.#wait(pause);
      return;
    }
    while ((this.#inside < this.#width && this.#unread < MOST_UNREAD) || this.#signal.aborted) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#inside++;
      next();
    }
  }

  #wait(pause: number): void {
    if (this.#asleep || this.#waiting.length === 0) return;
    this.#asleep = true;
    const wake = () => {
      this.#asleep = false;
      this.#admit();
    };
    this.#clock.sleep(pause, this.#signal).then(wake, wake);
  }
}
