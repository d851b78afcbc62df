// Times commands in turns, so that whatever else the machine does hits all of them alike.
import {time} from './child.js';

/**
 * Runs every command once for each round, and once before, which is not counted. Throws if one does not work.
 * @param commands each with `name`, `run` (words), `env` and `check`, which throws for an answer that is wrong; what it
 *   gives is kept. `before` is awaited first, and is not timed.
 * @returns by name `{median, min, max, kept}`, times in milliseconds
 */
export async function measure(commands, rounds, warmUps = 1) {
  const all = new Map(commands.map(({name}) => [name, {took: [], kept: []}]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const {name, run, env, before, check} of commands) {
      await before?.();
      const ran = time(run, {env});
      const kept = await check?.(ran);
      if (round < 0) continue;
      all.get(name).took.push(ran.took);
      all.get(name).kept.push(kept);
    }
  }
  return new Map([...all].map(([name, {took, kept}]) => [name, {...summary(took), kept}]));
}

export function summary(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return {median: sorted[sorted.length >> 1], min: sorted[0], max: sorted.at(-1)};
}

/** Throws unless something holds. */
export function expect(holds, what) {
  if (!holds) throw new Error(`wrong: ${what}`);
}
