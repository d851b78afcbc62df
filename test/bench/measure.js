// Times commands in turns, so that whatever else the machine does hits all of them alike.
import {time} from './child.js';

/** Runs every command once for each round; one more round before, which is not counted. Throws if one does not work. */
export function measure(commands, rounds) {
  const times = new Map(commands.map(({name}) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const {name, run, env, works} of commands) {
      const ran = time(run, env);
      if (ran.status !== 0 || !works(ran))
        throw new Error(`${name} did not work: exit ${ran.status}\n${ran.stderr}${ran.stdout.slice(0, 500)}`);
      if (round >= 0) times.get(name).push(ran.took);
    }
  }
  return new Map([...times].map(([name, took]) => [name, summary(took)]));
}

function summary(took) {
  const sorted = took.toSorted((a, b) => a - b);
  return {median: sorted[sorted.length >> 1], min: sorted[0], max: sorted.at(-1)};
}
