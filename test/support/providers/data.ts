import Big from 'big.js';
import {getOrAdd} from '../../../src/core/get-or-add.ts';
import {addDays, formatDate, type Instant, instant, parseDate} from '../../../src/core/instant.ts';

// What really happened, as the test servers know it: from 1 October to 22 November 2026, nine in the morning.

const FIRST = parseDate('2026-10-01')!;
const DAYS = Array.from({length: 53}, (_, day) => addDays(FIRST, day));
const at = (day: Instant, minutes: number): Instant => instant(day + minutes * 60_000);
const pick = <T>(values: readonly T[], index: number): T => values[index % values.length]!;

/** A line of OpenAI's bill for one UTC day. */
export interface Charge {
  readonly day: Instant;
  readonly project: string | null;
  readonly line: string;
  readonly key: string | null;
  /** US dollars, exact. */
  readonly value: string;
}

export const PROJECTS = {proj_alpha: 'Alpha', proj_beta: 'Beta', proj_old: 'Old lab'} as const;
export const USERS = {'user-ann': 'Ann', 'user-bob': 'Bob'} as const;
export const KEYS = {key_ci: 'ci', key_app: 'app'} as const;

const PROJECT_IDS = [...Object.keys(PROJECTS), null];
const LINES = [
  'gpt-4o-2024-08-06, input',
  'gpt-4o-2024-08-06, output',
  'assistants api | file search',
  'Web search tool calls',
];
const VALUES = [
  '0.13080438340307526',
  '0.003627500000000000000000000000000001',
  '12.5',
  '0',
  '0.0000001',
  '-2.25',
  '310.99999999999999999999',
  '0.000427',
];

export const CHARGES: readonly Charge[] = DAYS.flatMap((day, index) =>
  [0, 1, 2, 3, 4].map(line => ({
    day,
    project: pick(PROJECT_IDS, index * 3 + (line >> 1)),
    line: pick(LINES, line + index),
    key: pick(['key_ci', 'key_app', null], index + line),
    value: new Big(pick(VALUES, index * 3 + line)).plus(new Big(index).times('0.0101')).toFixed(),
  })),
);

/** One use of an OpenAI endpoint. */
export interface Call {
  readonly at: Instant;
  readonly kind: string;
  readonly project: string | null;
  readonly user: string | null;
  readonly key: string | null;
  readonly model: string | null;
  readonly batch: boolean;
  readonly quantities: {readonly [metric: string]: number};
}

export const CALLS: readonly Call[] = DAYS.flatMap((day, index) => {
  const who = {
    project: pick(PROJECT_IDS, index),
    user: pick(['user-ann', 'user-bob', null], index),
    key: pick(['key_ci', 'key_app', null], index),
    batch: index % 4 === 0,
  };
  return [
    {
      at: at(day, 95),
      kind: 'completions',
      ...who,
      model: 'gpt-4o',
      quantities: {
        input_tokens: 90_000_000 + index * 1_001,
        input_cached_tokens: 4_000 + index,
        output_tokens: 7_000 + index,
        num_model_requests: 30 + index,
      },
    },
    {
      at: at(day, 490),
      kind: 'completions',
      ...who,
      model: 'o4-mini',
      quantities: {input_tokens: 11 * index, output_tokens: 13 * index, num_model_requests: 1},
    },
    {
      at: at(day, 125),
      kind: 'embeddings',
      ...who,
      batch: false,
      model: 'embed-3',
      quantities: {input_tokens: 512 + index, num_model_requests: 2},
    },
    ...(index % 5 === 0
      ? [
          {
            at: at(day, 60),
            kind: 'images',
            ...who,
            batch: false,
            model: 'image-1',
            quantities: {images: 3, num_model_requests: 1},
          },
        ]
      : []),
  ];
});

/** Bytes that each project keeps, a level that holds for a whole day. */
export const STORES: readonly {readonly day: Instant; readonly project: string; readonly bytes: number}[] =
  DAYS.flatMap((day, index) => [
    {day, project: 'proj_alpha', bytes: 1_000_000 + 1_000 * index},
    ...(index % 2 === 0 ? [{day, project: 'proj_beta', bytes: 50_000}] : []),
  ]);

/** A job of IonQ. */
export interface Job {
  readonly day: Instant;
  readonly job: string;
  readonly project: string;
  readonly user: string;
  readonly amount: string;
  /** Microseconds. */
  readonly time: string;
}

/** Eight projects a day, of which IonQ lists five. */
export const JOBS: readonly Job[] = DAYS.flatMap((day, index) =>
  Array.from({length: index % 3 === 2 ? 2 : 8}, (_, job) => ({
    day,
    job: `job-${formatDate(day)}-${job}`,
    project: `lab-${job}`,
    user: pick(['64b03577072d45001c85e9c4', '64dd217730fd9d001c38fa6a'], job),
    amount: new Big('25.7899')
      .times(job + 1)
      .plus(new Big('0.956544').times(index))
      .toFixed(),
    time: new Big('1566154.312523').times(job + 1).toFixed(),
  })),
);
export const LABS: {readonly [project: string]: string} = Object.fromEntries(
  Array.from({length: 8}, (_, lab) => [`lab-${lab}`, lab === 0 ? 'Alpha' : `Lab ${lab}`]),
);

/** Something that MIOSA metered. */
export interface Metered {
  readonly at: Instant;
  readonly external_user_id: string | null;
  readonly external_project_id: string | null;
  readonly workspace_id: string;
  readonly sandbox_seconds: string;
  readonly computer_seconds: string;
  readonly storage_gb_hours: string;
  readonly credit_cents: string;
}

export const WORKSPACES = {
  '11111111-1111-4111-8111-111111111111': 'Clinic',
  '22222222-2222-4222-8222-222222222222': 'Research',
} as const;

export const METERED: readonly Metered[] = DAYS.flatMap((day, index) =>
  [30, 500].map((minutes, half) => ({
    at: at(day, minutes),
    external_user_id: pick(['user_clinic_42', 'ann@example.org', null], index + half),
    external_project_id: pick(['alpha', null], index),
    workspace_id: pick(Object.keys(WORKSPACES), index + half),
    sandbox_seconds: String(14_400 + index),
    computer_seconds: half ? '0' : '3600',
    storage_gb_hours: new Big('2.5').plus(new Big('0.001').times(index)).toFixed(),
    credit_cents: new Big(312).plus(new Big('0.125').times(index)).toFixed(),
  })),
);

export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) getOrAdd(groups, keyOf(item), () => []).push(item);
  return groups;
}
