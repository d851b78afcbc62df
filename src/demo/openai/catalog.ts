import {type DayNumber, dayOf} from '../day.ts';

/** List prices in dollars per million: tokens, characters, seconds, calls, images or sessions. */
export interface Prices {
  /** Uncached text and image input. */
  readonly input?: number;
  readonly cached?: number;
  /** Only models that bill writing to the cache have it. */
  readonly write?: number;
  readonly audio?: number;
  readonly cachedAudio?: number;
  readonly output?: number;
  readonly audioOutput?: number;
  /** The one price of everything that is not billed by tokens of several sorts. */
  readonly unit?: number;
}

/** A model by its two names. */
export interface Model {
  /** As usage rows name it: the dated snapshot. */
  readonly id: string;
  /** As line items name it, if that differs. */
  readonly billedAs?: string;
}

/** A model, or a new price of the same one, from a day on. */
interface Era {
  readonly from: DayNumber;
  readonly model: Model;
  readonly prices: Prices;
}

const era = (from: string, id: string, prices: Prices, billedAs?: string): Era => ({
  from: dayOf(from),
  model: {id, ...(billedAs && {billedAs})},
  prices,
});

/** What a team uses for a purpose, as new models come out; oldest first. */
const FAMILIES = {
  flagship: [
    era('2024-01-01', 'gpt-4-0125-preview', {input: 10, output: 30}),
    era('2024-05-13', 'gpt-4o-2024-05-13', {input: 5, output: 15}),
    era('2024-08-06', 'gpt-4o-2024-08-06', {input: 2.5, cached: 1.25, output: 10}),
    era('2025-04-14', 'gpt-4.1-2025-04-14', {input: 2, cached: 0.5, output: 8}),
    era('2025-08-07', 'gpt-5-2025-08-07', {input: 1.25, cached: 0.125, output: 10}),
    era('2025-12-11', 'gpt-5.2-2025-12-11', {input: 1.75, cached: 0.175, output: 14}),
    era('2026-07-09', 'gpt-5.6-terra', {input: 2.5, cached: 0.25, write: 3.125, output: 15}),
    era('2026-07-30', 'gpt-5.6-terra', {input: 2, cached: 0.2, write: 2.5, output: 12}),
    era('2026-09-22', 'gpt-6-sol', {input: 2, cached: 0.2, write: 2.5, output: 10}),
  ],
  mini: [
    era('2024-01-01', 'gpt-3.5-turbo-0125', {input: 0.5, output: 1.5}),
    era('2024-07-18', 'gpt-4o-mini-2024-07-18', {input: 0.15, cached: 0.075, output: 0.6}),
    era('2025-04-14', 'gpt-4.1-mini-2025-04-14', {input: 0.4, cached: 0.1, output: 1.6}),
    era('2025-08-07', 'gpt-5-mini-2025-08-07', {input: 0.25, cached: 0.025, output: 2}),
    era('2026-07-30', 'gpt-5.6-luna', {input: 0.2, cached: 0.02, write: 0.25, output: 1.2}),
  ],
  small: [
    era('2024-01-01', 'gpt-3.5-turbo-0125', {input: 0.5, output: 1.5}),
    era('2025-04-14', 'gpt-4.1-nano-2025-04-14', {input: 0.1, cached: 0.025, output: 0.4}),
    era('2025-08-07', 'gpt-5-nano-2025-08-07', {input: 0.05, cached: 0.005, output: 0.4}),
    era('2026-09-22', 'gpt-6-luna', {input: 0.1, cached: 0.01, write: 0.125, output: 0.5}),
  ],
  reasoning: [
    era('2024-09-12', 'o1-preview-2024-09-12', {input: 15, cached: 7.5, output: 60}),
    era('2025-04-16', 'o3-2025-04-16', {input: 2, cached: 0.5, output: 8}),
    era('2026-04-23', 'gpt-5.5-2026-04-23', {input: 5, cached: 0.5, output: 30}),
  ],
  realtime: [
    era('2025-08-28', 'gpt-realtime-2025-08-28', {
      input: 4,
      cached: 0.4,
      output: 16,
      audio: 32,
      cachedAudio: 0.4,
      audioOutput: 64,
    }),
    era('2026-05-07', 'gpt-realtime-2', {
      input: 4,
      cached: 0.4,
      output: 24,
      audio: 32,
      cachedAudio: 0.4,
      audioOutput: 64,
    }),
  ],
  tuned: [
    era(
      '2025-05-12',
      'ft:gpt-4.1-mini-2025-04-14:quillhaven:triage:Bq7L2xYd',
      {input: 0.8, cached: 0.2, output: 3.2},
      'ft-gpt-4.1-mini-2025-04-14',
    ),
  ],
  training: [era('2025-05-12', 'gpt-4.1-mini-2025-04-14', {unit: 5}, 'ft-gpt-4.1-mini-2025-04-14')],
  embedding: [
    era('2024-01-01', 'text-embedding-ada-002-v2', {unit: 0.1}),
    era('2024-01-25', 'text-embedding-3-small', {unit: 0.02}),
  ],
  precise: [era('2024-01-25', 'text-embedding-3-large', {unit: 0.13})],
  moderation: [
    era('2024-01-01', 'text-moderation-007', {unit: 0}),
    era('2024-09-26', 'omni-moderation-latest', {unit: 0}),
  ],
  picture: [
    era('2024-01-01', 'dall-e-3', {unit: 80_000}),
    era('2025-04-23', 'gpt-image-1', {unit: 63_000}),
    era('2026-04-21', 'gpt-image-2', {unit: 53_000}),
  ],
  sketch: [
    era('2024-01-01', 'dall-e-3', {unit: 40_000}),
    era('2025-10-06', 'gpt-image-1-mini', {unit: 11_000}),
  ],
  speech: [era('2024-01-01', 'tts-1-hd', {unit: 30}), era('2025-03-20', 'gpt-4o-mini-tts', {unit: 15})],
  listening: [
    era('2024-01-01', 'whisper-1', {unit: 100}),
    era('2025-03-20', 'gpt-4o-transcribe', {unit: 100}),
  ],
  fileSearch: [era('2024-01-01', 'file search', {unit: 2_500})],
  webSearch: [
    era('2024-01-01', 'gpt-4o-2024-08-06', {unit: 10_000}),
    era('2025-08-07', 'gpt-5-2025-08-07', {unit: 10_000}),
  ],
  container: [era('2024-01-01', 'code interpreter', {unit: 30_000})],
} as const satisfies {readonly [family: string]: readonly Era[]};

/** A purpose that models serve. */
export type Family = keyof typeof FAMILIES;

/**
 * How a team goes through a family: it moves to a new model `lag` days after it came out, but a new price counts at
 * once. Oldest first; the last stage that has begun counts.
 */
export function stagesOf(family: Family, lag: number): Era[] {
  const eras: readonly Era[] = FAMILIES[family];
  return eras.map(era => {
    const release = eras.find(({model}) => model.id === era.model.id) ?? era;
    const moved = release === eras[0] ? release.from : release.from + lag;
    return {...era, from: Math.max(era.from, moved)};
  });
}
