import {Random} from './random.ts';

/*
 * What really happened, made up from a seed as whole numbers: the truth that every answer of `usage` is held against.
 * Nothing here or in truth.ts comes from src, so no mistake there can be made here as well.
 */

/** Days since 1970, UTC. */
export type Day = number;
export const dayOf = (date: string): Day => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
export const dateOf = (day: Day): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** The running day: it is nine in the morning, UTC. */
export const TODAY = dayOf('2026-11-22');
const FIRST = dayOf('2026-09-28');

/** Amounts are counted in units of 10^-PLACES. */
const PLACES = 40;
const ONE = 10n ** BigInt(PLACES);

/** The plain text of so many units, without exponent and superfluous zeros. */
export function plain(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(PLACES + 1, '0');
  const whole = digits.slice(0, -PLACES);
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** A line of OpenAI's bill for a day. */
interface Charge {
  readonly day: Day;
  readonly project_id: string | null;
  readonly line_item: string | null;
  readonly currency: string;
  readonly units: bigint;
}

/** Calls of an OpenAI endpoint on a day. */
interface Call {
  readonly day: Day;
  readonly kind: 'completions' | 'embeddings';
  readonly project_id: string | null;
  readonly model: string;
  readonly input_tokens: bigint;
  readonly output_tokens: bigint;
  readonly num_model_requests: bigint;
}

/** Jobs of one IonQ project on a day. */
export interface Jobs {
  readonly day: Day;
  readonly project: string;
  readonly units: bigint;
  /** Units of microseconds. */
  readonly time: bigint;
  readonly count: bigint;
}

/** What MIOSA metered of one project on a day, before the ninth hour. */
export interface Metered {
  readonly day: Day;
  readonly external_project_id: string | null;
  readonly workspace_id: string;
  readonly units: bigint;
  readonly sandbox_seconds: bigint;
}

export interface World {
  readonly charges: readonly Charge[];
  readonly calls: readonly Call[];
  readonly jobs: readonly Jobs[];
  /** Of all of IonQ's amounts. */
  readonly unit: 'USD' | 'CREDITS';
  readonly metered: readonly Metered[];
}

/** Ids that a careless program trips over; they are data here. */
const IDS = [
  'proj_alpha',
  'proj_beta',
  '__proto__',
  'constructor',
  'toString',
  '=1+1',
  'ナレッジ 🗾',
  'a"b,c',
  '%2e%2e/',
  '(other)',
  'null',
  'x'.repeat(300),
];
const LINES = ['gpt-5, input', 'gpt-5, output', 'web search | calls', '__proto__'];
const MODELS = ['gpt-5-2026-01-01', 'embed-3', 'hasOwnProperty'];

export function makeWorld(seed: number): World {
  const random = new Random(seed, 'world');
  const days = Array.from({length: TODAY - FIRST + 1}, (_, index) => FIRST + index);
  const ids = random.shuffled(IDS).slice(0, 7);
  const projects = [...ids.slice(0, 4), null];
  const busy = <T>(chance: number, most: number, make: (day: Day, index: number) => T): T[] =>
    days.flatMap(day =>
      random.chance(chance)
        ? Array.from({length: random.whole(1, most)}, (_, index) => make(day, index))
        : [],
    );
  return {
    charges: busy(0.8, 4, day => ({
      day,
      project_id: random.pick(projects),
      line_item: random.pick([...LINES, null]),
      currency: random.chance(0.05) ? 'eur' : 'usd',
      units: amount(random),
    })),
    calls: busy(0.7, 3, day => ({
      day,
      kind: random.pick(['completions', 'embeddings'] as const),
      project_id: random.pick(projects),
      model: random.pick(MODELS),
      input_tokens: random.digits(random.whole(1, 14)),
      output_tokens: random.digits(random.whole(1, 9)),
      num_model_requests: random.digits(random.whole(1, 6)),
    })),
    jobs: busy(0.7, 8, (day, index) => ({
      day,
      project: `lab-${index}`,
      units: random.digits(random.whole(5, 10)) * 10n ** BigInt(PLACES - 6) + BigInt(index) * ONE, // no two the same
      time: random.digits(random.whole(5, 13)) * 10n ** BigInt(PLACES - 6),
      count: BigInt(random.whole(1, 9)),
    })),
    unit: random.pick(['USD', 'CREDITS'] as const),
    metered: busy(0.8, 3, day => ({
      day,
      external_project_id: random.pick(projects),
      workspace_id: random.pick(['ws-1', 'ws-2']),
      units: amount(random),
      sandbox_seconds: random.digits(random.whole(1, 6)),
    })),
  };
}

/** So many digits before the point at most, and exactly so many places behind it. */
const money = (random: Random, digits: number, places: number): bigint =>
  random.digits(random.whole(1, digits + places)) * 10n ** BigInt(PLACES - places);

/** Amounts as they are met, and as they are feared: long, tiny, huge, negative, nothing. */
function amount(random: Random): bigint {
  const drawn = random.next();
  if (drawn < 0.4) return money(random, 4, 2);
  if (drawn < 0.6) return money(random, 3, 17);
  if (drawn < 0.7) return money(random, 1, 34);
  if (drawn < 0.75) return random.digits(40) * ONE;
  if (drawn < 0.8) return random.digits(2);
  if (drawn < 0.9) return -money(random, 4, 6);
  return 0n;
}
