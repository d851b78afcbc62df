import {type DayNumber, dayOf} from '../day.ts';
import {hash} from '../random.ts';
import {RHYTHMS, type Rhythm, type RhythmName} from '../rhythm.ts';
import type {Family} from './catalog.ts';
import type {EventName} from './events.ts';
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

/** A spec made ready: ids looked up, dates as numbers, chance seeded. */
export interface Workload {
  readonly spec: Spec;
  readonly seed: number;
  readonly rhythm: Rhythm;
  readonly from: DayNumber;
  readonly to: DayNumber;
  /** All but the model, which changes over time. */
  readonly labels: {readonly [D in Exclude<Dimension, 'model' | 'batch'>]: string | null} & {
    readonly batch: boolean;
  };
}

/** `index` only has to differ from that of other specs, and must not change from run to run. */
export function prepare(spec: Spec, index: number): Workload {
  const project = PROJECTS.find(({slug}) => slug === spec.project);
  const key = project?.keys.find(({slug}) => slug === spec.key);
  if (!project || (spec.key !== null && !key))
    throw new Error(`no such project or key: ${spec.project} ${spec.key}`);
  const end = project.archived ?? project.deleted ?? Number.POSITIVE_INFINITY;
  return {
    spec,
    seed: hash(`${spec.project} ${spec.key} ${spec.kind} ${index}`),
    rhythm: RHYTHMS[spec.rhythm],
    from: dayOf(spec.from),
    to: spec.to === undefined ? end : Math.min(dayOf(spec.to), end),
    labels: {
      project_id: project.id,
      user_id: userId(key?.owner ?? spec.user ?? 'ingrid'),
      api_key_id: key?.id ?? null,
      batch: spec.batch ?? false,
      service_tier: spec.tier ?? 'default',
      size: spec.size ?? null,
      source: spec.source ?? null,
      vector_store_id: spec.store ?? null,
      context_level: spec.context ?? null,
    },
  };
}
