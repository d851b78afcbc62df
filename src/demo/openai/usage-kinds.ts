import type {Counts, Dimension, Kind} from './workload.ts';

/** One usage endpoint: what it can be asked, and what its rows say. */
export interface UsageKind {
  readonly kind: Kind;
  /** Of its rows; two endpoints are called otherwise there. */
  readonly object: string;
  readonly groups: readonly Dimension[];
  /** Filters by parameter name; `batch` is a boolean and filters by itself. */
  readonly filters: {readonly [parameter: string]: Dimension};
  /** Values that a filter takes, where the API has a closed list. */
  readonly closed?: {readonly [parameter: string]: readonly string[]};
  /** The metric fields of a row, from its counts. */
  readonly fields: (counts: Counts) => {readonly [field: string]: number};
}

const BY_PROJECT = {project_ids: 'project_id'} as const;
const BY_KEY = {...BY_PROJECT, user_ids: 'user_id', api_key_ids: 'api_key_id'} as const;
const BY_MODEL = {...BY_KEY, models: 'model'} as const;
const KEY_GROUPS = ['project_id', 'user_id', 'api_key_id'] as const;
const MODEL_GROUPS = [...KEY_GROUPS, 'model'] as const;

const requestsAnd =
  (field: string) =>
  ([num_model_requests = 0, amount = 0]: Counts) => ({[field]: amount, num_model_requests});

const result = (name: string): string => `organization.usage.${name}.result`;

/** By the last segment of the path. `vector_stores` is not among them: it reports a level. */
export const USAGE_KINDS: {readonly [segment: string]: UsageKind} = {
  completions: {
    kind: 'completions',
    object: result('completions'),
    groups: [...MODEL_GROUPS, 'batch', 'service_tier'],
    filters: {...BY_MODEL, batch: 'batch'},
    fields: completionFields,
  },
  embeddings: {
    kind: 'embeddings',
    object: result('embeddings'),
    groups: MODEL_GROUPS,
    filters: BY_MODEL,
    fields: requestsAnd('input_tokens'),
  },
  moderations: {
    kind: 'moderations',
    object: result('moderations'),
    groups: MODEL_GROUPS,
    filters: BY_MODEL,
    fields: requestsAnd('input_tokens'),
  },
  images: {
    kind: 'images',
    object: result('images'),
    groups: [...MODEL_GROUPS, 'size', 'source'],
    filters: {...BY_MODEL, sources: 'source', sizes: 'size'},
    closed: {sources: ['image.generation', 'image.edit', 'image.variation']},
    fields: requestsAnd('images'),
  },
  audio_speeches: {
    kind: 'audio_speeches',
    object: result('audio_speeches'),
    groups: MODEL_GROUPS,
    filters: BY_MODEL,
    fields: requestsAnd('characters'),
  },
  audio_transcriptions: {
    kind: 'audio_transcriptions',
    object: result('audio_transcriptions'),
    groups: MODEL_GROUPS,
    filters: BY_MODEL,
    fields: requestsAnd('seconds'),
  },
  code_interpreter_sessions: {
    kind: 'code_interpreter_sessions',
    object: result('code_interpreter_sessions'),
    groups: ['project_id'],
    filters: BY_PROJECT,
    fields: ([num_sessions = 0]) => ({num_sessions}),
  },
  file_search_calls: {
    kind: 'file_search_calls',
    object: result('file_searches'),
    groups: [...KEY_GROUPS, 'vector_store_id'],
    filters: {...BY_KEY, vector_store_ids: 'vector_store_id'},
    fields: ([num_requests = 0]) => ({num_requests}),
  },
  web_search_calls: {
    kind: 'web_search_calls',
    object: result('web_searches'),
    groups: [...MODEL_GROUPS, 'context_level'],
    filters: {...BY_MODEL, context_levels: 'context_level'},
    closed: {context_levels: ['low', 'medium', 'high']},
    fields: ([num_requests = 0, num_model_requests = 0]) => ({num_model_requests, num_requests}),
  },
};

/** Totals are made of the sorts here, so that the identities between the fields hold in every bucket. */
function completionFields(counts: Counts): {readonly [field: string]: number} {
  const [num_model_requests = 0, ...tokens] = counts;
  const [text = 0, cachedText = 0, write = 0, audio = 0, cachedAudio = 0, image = 0, cachedImage = 0] =
    tokens;
  const [textOutput = 0, audioOutput = 0, imageOutput = 0] = tokens.slice(7);
  const cached = cachedText + cachedAudio + cachedImage;
  const uncached = text + audio + image;
  return {
    input_tokens: cached + write + uncached,
    output_tokens: textOutput + audioOutput + imageOutput,
    num_model_requests,
    input_cached_tokens: cached,
    input_cache_write_tokens: write,
    input_uncached_tokens: uncached,
    input_text_tokens: text,
    input_audio_tokens: audio,
    input_image_tokens: image,
    input_cached_text_tokens: cachedText,
    input_cached_audio_tokens: cachedAudio,
    input_cached_image_tokens: cachedImage,
    output_text_tokens: textOutput,
    output_audio_tokens: audioOutput,
    output_image_tokens: imageOutput,
  };
}
