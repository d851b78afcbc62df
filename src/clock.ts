import {InterruptedError} from './core/errors.ts';
import {instant} from './core/instant.ts';
import type {Clock} from './http/clock.ts';

/** The clock, the patience and the chance of this machine: what tests replace. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  random: Math.random,
  sleep,
  timeout: milliseconds => AbortSignal.timeout(milliseconds),
};

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  const {setTimeout: delay} = await import('node:timers/promises');
  try {
    await delay(milliseconds, undefined, {signal});
  } catch {
    throw new InterruptedError();
  }
}
