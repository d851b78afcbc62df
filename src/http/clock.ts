import type {Instant} from '../core/instant.ts';

/** Time and chance, injected so that tests neither sleep nor guess. */
export interface Clock {
  now(): Instant;
  /** Rejects when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** A signal that is aborted after so many milliseconds. */
  timeout(milliseconds: number): AbortSignal;
  /** From 0 up to 1. */
  random(): number;
}
