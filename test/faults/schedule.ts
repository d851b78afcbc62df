import type {Family, Fault} from './fault.ts';
import {FAULTS} from './kinds/all.ts';
import {drawQuestion, type Question, simpleQuestion} from './questions.ts';
import {Random} from './random.ts';
import {SURROUNDINGS, type Surroundings} from './surroundings.ts';
import type {Provider} from './truth.ts';

/** Which fault meets which request: drawn from the seed, the request and how often it came, whatever the order. */
export interface Schedule {
  readonly seed: number;
  readonly question: Question;
  readonly format: 'json' | 'ndjson' | 'csv';
  readonly strict: boolean;
  /** What is wrong with the network itself, and for whom. */
  readonly surroundings: Surroundings | undefined;
  /** The fault of a request that comes for the so-manieth time, from 1. */
  faultOf(provider: Provider, target: string, attempt: number): Fault | undefined;
  /** Whose every request fails for ever in passing ways. */
  readonly dying: Provider | undefined;
}

export function drawSchedule(seed: number): Schedule {
  const random = new Random(seed, 'schedule');
  const drawn = random.next();
  if (drawn < 0.5) return single(seed, random);
  if (drawn < 0.9) return storm(seed, random);
  if (drawn < 0.96) return dying(seed, random);
  return surrounded(seed, random);
}

const fits = (provider: Provider) => (fault: Fault) => !fault.provider || fault.provider === provider;

/** Families first, so that the many ways of one do not crowd out the others. */
function drawFault(
  provider: Provider,
  random: Random,
  allowed: (fault: Fault) => boolean = () => true,
): Fault {
  const faults = FAULTS.filter(fits(provider)).filter(allowed);
  for (;;) {
    const family = random.pick([...new Set(faults.map(fault => fault.family))] satisfies Family[]);
    const fault = random.pick(faults.filter(candidate => candidate.family === family));
    if (random.chance(fault.weight ?? 1)) return fault;
  }
}

/** One fault of one provider, once, twice or always. */
function single(seed: number, random: Random): Schedule {
  const around = circumstances(seed, random);
  const victim = random.pick(around.question.scope.providers);
  const fault = drawFault(victim, random);
  const times =
    fault.nature === 'passing' ? random.whole(1, 2) : random.pick([1, 2, Number.POSITIVE_INFINITY]);
  const everywhere = random.chance(0.7);
  return {
    ...around,
    faultOf(provider, target, attempt) {
      if (provider !== victim || attempt > times) return undefined;
      // Some requests only, so that others have answered before.
      return everywhere || new Random(seed, 'where', target).chance(0.4) ? fault : undefined;
    },
  };
}

/** Many faults of everybody. */
function storm(seed: number, random: Random): Schedule {
  const rate = random.pick([0.03, 0.15, 0.5]);
  const patience = random.pick([1, 2, 3, 9]);
  const onlyPassing = random.chance(0.6);
  return {
    ...circumstances(seed, random),
    faultOf(provider, target, attempt) {
      const own = new Random(seed, provider, target, attempt);
      if (attempt > patience || !own.chance(rate)) return undefined;
      return drawFault(
        provider,
        own,
        ({nature}) => !onlyPassing || nature === 'passing' || nature === 'harmless',
      );
    },
  };
}

/** A provider that was well, and fails from some request on. */
function dying(seed: number, random: Random): Schedule {
  const around = circumstances(seed, random);
  const victim = random.pick(around.question.scope.providers);
  const ways = Array.from({length: random.whole(1, 3)}, () =>
    drawFault(victim, random, ({nature}) => nature === 'passing'),
  );
  let served = 0;
  const healthy = random.whole(0, 6);
  return {
    ...around,
    dying: victim,
    faultOf(provider, target, attempt) {
      if (provider !== victim || served++ < healthy) return undefined;
      return new Random(seed, target, attempt).pick(ways);
    },
  };
}

function surrounded(seed: number, random: Random): Schedule {
  return {...circumstances(seed, random), surroundings: random.pick(SURROUNDINGS), faultOf: () => undefined};
}

const circumstances = (seed: number, random: Random) => ({
  seed,
  question: drawQuestion(random),
  format: random.pick(['json', 'json', 'ndjson', 'csv'] as const),
  strict: random.chance(0.1),
  surroundings: undefined,
  dying: undefined,
});

/** A question about closed days of one provider, with faults to order: what it must come to is known. */
export const ordered = (seed: number, victim: Provider, faultOf: Schedule['faultOf']): Schedule => ({
  seed,
  question: simpleQuestion(victim),
  format: 'json',
  strict: false,
  surroundings: undefined,
  dying: undefined,
  faultOf,
});
