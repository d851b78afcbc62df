import {describe, expect, it} from 'vitest';
import {instant} from '../../src/core/instant.ts';
import {Gate} from '../../src/http/gate.ts';
import {fakeClock, NOW} from '../support/session.ts';

const {signal} = new AbortController();

/** Work that is under way until it is let go. */
function held() {
  let running = 0;
  let most = 0;
  const releases: (() => void)[] = [];
  const work = async () => {
    most = Math.max(most, ++running);
    await new Promise<void>(resolve => releases.push(resolve));
    running--;
  };
  return {work, releases, most: () => most};
}

describe('Gate', () => {
  it('lets through so many at a time, and all in the end, in order', async () => {
    const gate = new Gate(3, fakeClock());
    const {work, releases, most} = held();
    const order: number[] = [];
    const all = Array.from({length: 10}, (_, index) =>
      gate.through(work, signal).then(() => order.push(index)),
    );
    for (let done = 0; done < 10; done++) {
      while (releases.length <= done) await Promise.resolve();
      releases[done]?.();
    }
    await Promise.all(all);
    expect(most()).toBe(3);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('makes room again when work fails', async () => {
    const gate = new Gate(1, fakeClock());
    const failing = async () => {
      throw new Error('no');
    };
    await expect(gate.through(failing, signal)).rejects.toThrow('no');
    await expect(gate.through(async () => 'yes', signal)).resolves.toBe('yes');
  });

  it('holds everybody back during a pause', async () => {
    const clock = fakeClock();
    const gate = new Gate(4, clock);
    gate.holdUntil(instant(NOW + 5_000));
    gate.holdUntil(instant(NOW + 2_000)); // a shorter one does not cut it
    await Promise.all([1, 2].map(() => gate.through(async () => undefined, signal)));
    expect(clock.now()).toBeGreaterThanOrEqual(NOW + 5_000);
    const before = clock.slept.length;
    await gate.through(async () => undefined, signal);
    expect(clock.slept).toHaveLength(before);
  });

  it('gives up a pause when the run is over', async () => {
    const gate = new Gate(1, fakeClock());
    gate.holdUntil(instant(NOW + 5_000));
    await expect(gate.through(async () => undefined, AbortSignal.abort())).rejects.toThrow();
  });
});
