import {drawSchedule} from './schedule.ts';
import {describeRun, endOf, Tally} from './tally.ts';
import {tryOut} from './trial.ts';

/** Runs schedules from a seed on and prints the report. Gives the exit code: 1 if any run was wrong. */
export async function main(argv: readonly string[], print: (text: string) => void): Promise<number> {
  const number = (flag: string): number | undefined => {
    const at = argv.indexOf(flag);
    const value = at < 0 ? undefined : Number(argv[at + 1]);
    if (value !== undefined && !(Number.isInteger(value) && value >= 0))
      throw new Error(`${flag} wants a whole number`);
    return value;
  };
  const seed = number('--seed');
  if (seed !== undefined && number('--runs') === undefined) {
    const verdict = await tryOut(drawSchedule(seed));
    print(`${describeRun(verdict)}\n  ${endOf(verdict)}\n`);
    return verdict.wrong.length === 0 ? 0 : 1;
  }
  const first = seed ?? 1;
  const runs = number('--runs') ?? 1_000;
  const tally = new Tally();
  for (let next = first; next < first + runs; next++) {
    const verdict = await tryOut(drawSchedule(next));
    tally.add(verdict);
    if (verdict.wrong.length > 0)
      print(`${describeRun(verdict)}\n  again: npm run test:faults -- --seed ${next}\n`);
  }
  print(`\nseeds ${first} to ${first + runs - 1}\n\n${tally}\n`);
  return tally.wrong.length === 0 ? 0 : 1;
}
