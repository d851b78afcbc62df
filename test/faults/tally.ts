import type {Family} from './fault.ts';
import {lineOf, type Verdict} from './trial.ts';

type End = 'untouched' | 'ridden out' | 'failed honestly' | 'wrong';

/** How a run ended: whole although something struck, honest about what is missing, or wrong. */
export function endOf({wrong, struck, schedule, code}: Verdict): End {
  if (wrong.length > 0) return 'wrong';
  if (struck.length === 0 && !schedule.surroundings) return 'untouched';
  return code === 0 ? 'ridden out' : 'failed honestly';
}

interface Counts {
  runs: number;
  struck: number;
  readonly ends: {[E in End]: number};
}

/** Counts runs, in all and by the families of the faults that struck in them. */
export class Tally {
  readonly #families = new Map<Family, Counts>();
  readonly #all = none();
  readonly #wrong: Verdict[] = [];
  #requests = 0;
  #slowest = 0;

  add(verdict: Verdict): void {
    const end = endOf(verdict);
    count(this.#all, end, verdict.struck.length);
    this.#requests += verdict.requests;
    if (verdict.schedule.dying) this.#slowest = Math.max(this.#slowest, verdict.seconds);
    if (end === 'wrong') this.#wrong.push(verdict);
    const families = new Map<Family, number>();
    for (const {fault} of verdict.struck) families.set(fault.family, (families.get(fault.family) ?? 0) + 1);
    if (verdict.schedule.surroundings) families.set('surroundings', 1);
    for (const [family, struck] of families) {
      const counts = this.#families.get(family) ?? none();
      this.#families.set(family, counts);
      count(counts, end, struck);
    }
  }

  get wrong(): readonly Verdict[] {
    return this.#wrong;
  }

  get runs(): number {
    return this.#all.runs;
  }

  /** The report as Markdown. A run counts under each family that struck in it. */
  toString(): string {
    const line = (name: string, {runs, struck, ends}: Counts) =>
      `| ${[name, runs, struck, ends['ridden out'], ends['failed honestly'], ends.wrong].join(' | ')} |`;
    const families = [...this.#families].sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      '| what went wrong | runs | answers spoilt | ridden out | failed honestly | wrong |',
      '|---|---:|---:|---:|---:|---:|',
      ...families.map(([name, counts]) => line(name, counts)),
      line('**all**', this.#all),
      '',
      `${this.#all.runs} schedules, of which ${this.#all.ends.untouched} met no request; ${this.#requests} requests over real sockets.`,
      ...(this.#slowest > 0
        ? [`The slowest run with a provider that died took ${this.#slowest.toFixed(0)} s of its clock.`]
        : []),
    ].join('\n');
  }
}

const none = (): Counts => ({
  runs: 0,
  struck: 0,
  ends: {untouched: 0, 'ridden out': 0, 'failed honestly': 0, wrong: 0},
});

function count(counts: Counts, end: End, struck: number): void {
  counts.runs++;
  counts.struck += struck;
  counts.ends[end]++;
}

/** Everything one needs to understand a run. */
export const describeRun = (verdict: Verdict): string =>
  [
    `seed ${verdict.schedule.seed}: ${lineOf(verdict.schedule)}`,
    `  exit ${verdict.code}, ${verdict.requests} requests, ${verdict.seconds.toFixed(1)} s on its clock; whole: ${verdict.answered.join(', ') || 'nobody'}`,
    ...(verdict.schedule.surroundings ? [`  surroundings: ${verdict.schedule.surroundings.name}`] : []),
    ...[
      ...new Set(
        verdict.struck.map(
          ({fault, provider, figures}) => `${provider}${figures ? '' : ' (names)'}: ${fault.name}`,
        ),
      ),
    ].map(text => `  fault: ${text}`),
    ...verdict.wrong.slice(0, 8).map(text => `  WRONG: ${text}`),
    ...verdict.stderr
      .split('\n')
      .filter(Boolean)
      .slice(0, 8)
      .map(text => `  stderr: ${text}`),
  ].join('\n');
