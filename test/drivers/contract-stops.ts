import {describe, expect, test} from 'vitest';
import {InterruptedError} from '../../src/core/errors.ts';
import {expectNoSecret, expectProviderError} from './contract-expect.ts';
import {stallBefore, stallInside, status} from './contract-failures.ts';
import {attempt, from, type Outcome, type Subject} from './contract-rig.ts';

/** For each try, in real milliseconds: the only real waits of the contract. */
const TINY = 20;

export function describeStops(subject: Subject): void {
  describe('stopped', () => {
    test.each([
      ['before the answer', stallBefore],
      ['inside the body', stallInside],
    ])('a server that stalls %s is a time-out', async (_, failure) => {
      expectProviderError(await attempt(subject, {fail: from(0, failure), timeout: TINY}), 'timeout');
    });

    test('an abort in flight interrupts', async () => {
      const controller = new AbortController();
      const fail = from(0, () => controller.abort());
      const outcome = await attempt(subject, {fail, signal: controller.signal});
      expectInterrupted(outcome);
      expect(outcome.received.length).toBe(1);
    });

    test.each([429, 503])('an abort while waiting after a %i interrupts', async code => {
      const controller = new AbortController();
      const {signal} = controller;
      const outcome = await attempt(subject, {
        fail: from(0, status(code)),
        signal,
        prepare: ({clock}) => {
          clock.sleep = async () => {
            controller.abort();
            signal.throwIfAborted();
          };
        },
      });
      expectInterrupted(outcome);
      expect(outcome.received.length).toBe(1);
    });

    test('an abort before the start asks nothing', async () => {
      const outcome = await attempt(subject, {signal: AbortSignal.abort()});
      expectInterrupted(outcome);
      expect(outcome.received).toEqual([]);
    });
  });
}

function expectInterrupted(outcome: Outcome): void {
  expect(outcome.records).toBeUndefined();
  expect(outcome.error).toBeInstanceOf(InterruptedError);
  expectNoSecret(outcome);
}
