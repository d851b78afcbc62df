import {setImmediate as nextTurn} from 'node:timers/promises';
import {describe, expect, it} from 'vitest';
import {instant} from '../../src/core/instant.ts';
import {Gate} from '../../src/http/gate.ts';
import {fakeClock, NOW} from '../support/session.ts';

const {signal} = new AbortController();
const nothing = async () => undefined;
const same = <T>(answer: T): T => answer;

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
    const gate = new Gate(3, fakeClock(), signal);
    const {work, releases, most} = held();
    const order: number[] = [];
    const all = Array.from({length: 10}, (_, index) =>
      gate.through(work, same).then(() => order.push(index)),
    );
    for (let done = 0; done < 10; done++) {
      while (releases.length <= done) await nextTurn();
      releases[done]?.();
    }
    await Promise.all(all);
    expect(most()).toBe(3);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('makes room again when work fails', async () => {
    const gate = new Gate(1, fakeClock(), signal);
    const failing = async () => {
      throw new Error('no');
    };
    await expect(gate.through(failing, same)).rejects.toThrow('no');
    await expect(gate.through(async () => 'yes', same)).resolves.toBe('yes');
  });

  it.each([
    [1, 'small', 8],
    [1024 * 1024, 'large', 3],
  ])(
    'reads an answer when the next request is under way, if answers of %i bytes (%s) leave room',
    async (size, _, most) => {
      const gate = new Gate(2, fakeClock(), signal);
      const story: string[] = [];
      const all = [1, 2, 3, 4, 5, 6].map(name =>
        gate.through(
          async () => story.push(`ask ${name}`),
          () => story.push(`read ${name}`),
          () => size,
        ),
      );
      await Promise.all(all);
      const count = (word: string, to: number) =>
        story.slice(0, to).filter(step => step.startsWith(word)).length;
      const unread = story.map((_step, at) => count('ask', at + 1) - count('read', at + 1));
      expect(story).toHaveLength(12);
      expect(Math.max(...unread)).toBeLessThanOrEqual(most);
      expect(story.indexOf('ask 3') < story.indexOf('read 1')).toBe(size === 1);
    },
  );

  it('holds everybody back during a pause', async () => {
    const clock = fakeClock();
    const gate = new Gate(4, clock, signal);
    gate.slowDown(instant(NOW + 5_000), 0);
    gate.slowDown(instant(NOW + 2_000), 0); // a shorter one does not cut it
    await Promise.all([1, 2].map(() => gate.through(nothing, same)));
    expect(clock.now()).toBeGreaterThanOrEqual(NOW + 5_000);
    const before = clock.slept.length;
    await gate.through(nothing, same);
    expect(clock.slept).toHaveLength(before);
  });

  it('gives up a pause when the run is over', async () => {
    const controller = new AbortController();
    const clock = {
      ...fakeClock(),
      sleep: (_: number, until: AbortSignal) =>
        new Promise<void>((_resolve, reject) => until.addEventListener('abort', () => reject(until.reason))),
    };
    const gate = new Gate(1, clock, controller.signal);
    gate.slowDown(instant(NOW + 5_000), 0);
    const waiting = [gate.through(nothing, same), gate.through(nothing, same)];
    controller.abort();
    for (const outcome of await Promise.allSettled(waiting)) expect(outcome.status).toBe('rejected');
  });

  /** How many of twenty go side by side. */
  async function width(gate: Gate): Promise<number> {
    const {work, releases, most} = held();
    const all = Promise.all(Array.from({length: 20}, () => gate.through(work, same)));
    for (let done = 0; done < 20; done++) {
      while (releases.length <= done) await nextTurn();
      releases[done]?.();
    }
    await all;
    return most();
  }

  it('halves its width once for all that were refused together, and wins it back answer by answer', async () => {
    const gate = new Gate(8, fakeClock(), signal);
    const turns: number[] = [];
    await Promise.all(Array.from({length: 8}, () => gate.through(async turn => turns.push(turn), same)));
    for (const turn of turns) gate.slowDown(NOW, turn);
    expect(await width(gate)).toBe(4);
    const turn = await gate.through(async now => now, same);
    gate.slowDown(NOW, turn);
    expect(await width(gate)).toBe(2);
    for (let answers = 0; answers < 3; answers++) gate.speedUp();
    expect(await width(gate)).toBe(5);
    for (let answers = 0; answers < 99; answers++) gate.speedUp();
    expect(await width(gate)).toBe(8);
  });

  it('never closes altogether', async () => {
    const gate = new Gate(2, fakeClock(), signal);
    for (let times = 0; times < 5; times++) gate.slowDown(NOW, await gate.through(async turn => turn, same));
    expect(await width(gate)).toBe(1);
  });
});
