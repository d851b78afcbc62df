import {type DayNumber, dayOf} from '../day.ts';
import {draw, hash} from '../random.ts';
import {RHYTHMS, type Rhythm, type RhythmName} from '../rhythm.ts';
import {chargesOf} from './billing.ts';
import {type Family, type Model, type Prices, stagesOf} from './catalog.ts';
import type {EventName} from './events.ts';
import {Position} from './position.ts';
import {PROJECTS, userId} from './projects.ts';

/** What is metered: the usage endpoints' kinds that count requests, and training, which has no endpoint. */
export type Kind =
  | 'completions'
  | 'embeddings'
  | 'moderations'
  | 'images'
  | 'audio_speeches'
  | 'audio_transcriptions'
  | 'file_search_calls'
  | 'web_search_calls'
  | 'code_interpreter_sessions'
  | 'training';

/** One steady use of the API, as the tables give it: volumes of an ordinary weekday on the reference day. */
export interface Spec {
  readonly kind: Kind;
  readonly project: string;
  /** `null`: from the dashboard, without a key; then `user` says who. */
  readonly key: string | null;
  readonly user?: string;
  readonly rhythm: RhythmName;
  readonly requests: number;
  readonly family: Family;
  readonly from: string;
  readonly to?: string;
  readonly event?: EventName;
  /** Of a request, where the kind has no sorts of tokens: tokens, images, characters or seconds. */
  readonly units?: number;
  /** Tokens of a request in and out, and which part of the input is found in the cache. */
  readonly input?: number;
  readonly cached?: number;
  readonly output?: number;
  readonly image?: number;
  readonly audio?: number;
  readonly audioOutput?: number;
  readonly batch?: boolean;
  readonly tier?: 'priority' | 'flex';
  /** Before the model in line items: `evals | `. */
  readonly prefix?: string;
  readonly size?: string;
  readonly source?: string;
  readonly store?: string;
  readonly context?: 'low' | 'medium' | 'high';
}

/** What usage rows can be grouped by, as their fields are called. */
export type Dimension =
  | 'project_id'
  | 'user_id'
  | 'api_key_id'
  | 'model'
  | 'batch'
  | 'service_tier'
  | 'size'
  | 'source'
  | 'vector_store_id'
  | 'context_level';

/**
 * Counts of a workload: requests first. Completions count tokens besides, each sort apart from all others so that they
 * add up: text, cached text, cache writes, audio, cached audio, images, cached images, then output text, audio, images.
 * The other kinds have one more count or none.
 */
export type Counts = readonly number[];

/** What a workload uses from a day on: the model, what an average request uses, and where that is booked. */
export interface Stage {
  readonly from: DayNumber;
  readonly model: Model;
  /** In the order of the counts, without the requests. */
  readonly units: readonly number[];
  /** In the order of the counts. */
  readonly positions: readonly (Position | undefined)[];
}

/** A spec made ready: ids looked up, dates as numbers, chance seeded. */
export interface Workload {
  readonly spec: Spec;
  readonly seed: number;
  readonly rhythm: Rhythm;
  /** Sets its requests apart from those of workloads that have as many; 0 to 1. */
  readonly lead: number;
  readonly from: DayNumber;
  readonly to: DayNumber;
  /** Oldest first. */
  readonly stages: readonly Stage[];
  /** All but the model, which changes over time. */
  readonly labels: {readonly [D in Exclude<Dimension, 'model' | 'batch'>]: string | null} & {
    readonly batch: boolean;
  };
}

/** A team moves to a new model within so many days. */
const SLOWEST_MOVE = 55;

/** `index` only has to differ from that of other specs, and must not change from run to run. */
export function prepare(spec: Spec, index: number): Workload {
  const project = PROJECTS.find(({slug}) => slug === spec.project);
  const key = project?.keys.find(({slug}) => slug === spec.key);
  if (!project || (spec.key !== null && !key))
    throw new Error(`no such project or key: ${spec.project} ${spec.key}`);
  const end = project.archived ?? project.deleted ?? Number.POSITIVE_INFINITY;
  const keyId = key?.id ?? null;
  const seed = hash(`${spec.project} ${spec.key} ${spec.kind} ${index}`);
  return {
    spec,
    seed,
    rhythm: RHYTHMS[spec.rhythm],
    lead: draw(seed, 0),
    from: dayOf(spec.from),
    to: spec.to === undefined ? end : Math.min(dayOf(spec.to), end),
    stages: stagesOf(spec.family, seed % SLOWEST_MOVE).map(({from, model, prices}) => ({
      from,
      model,
      units: unitsOf(spec, prices),
      positions: chargesOf(spec, model, prices).map(
        charge => charge && new Position(project.id, keyId, charge),
      ),
    })),
    labels: {
      project_id: project.id,
      user_id: userId(key?.owner ?? spec.user ?? 'ingrid'),
      api_key_id: keyId,
      batch: spec.batch ?? false,
      service_tier: spec.tier ?? 'default',
      size: spec.size ?? null,
      source: spec.source ?? null,
      vector_store_id: spec.store ?? null,
      context_level: spec.context ?? null,
    },
  };
}

/** What an average request uses besides itself; the order is that of {@link Counts}. */
function unitsOf(spec: Spec, prices: Prices): readonly number[] {
  if (spec.kind !== 'completions') return spec.units === undefined ? [] : [spec.units];
  const {input = 0, output = 0, image = 0, audio = 0, audioOutput = 0} = spec;
  const cached = prices.cached === undefined ? 0 : (spec.cached ?? 0);
  const fresh = input * (1 - cached);
  // Only what will be found again is worth writing.
  const write = prices.write === undefined ? 0 : fresh * cached * 0.4;
  const cachedAudio = audio * cached * 0.5;
  const sorts = {
    text: fresh - write,
    cachedText: input * cached,
    write,
    audio: audio - cachedAudio,
    cachedAudio,
  };
  return [...Object.values(sorts), image, 0, output, audioOutput, 0];
}
