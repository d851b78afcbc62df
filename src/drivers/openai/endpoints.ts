import type {LabelDimension} from '../../core/dimension.ts';
import type {Metric} from '../../core/metric.ts';

/** One endpoint below `/organization/usage/`, in data. */
export interface Endpoint {
  /** The last part of its path, and its `--kind`. */
  readonly kind: string;
  readonly dimensions: readonly LabelDimension[];
  readonly filters: readonly LabelDimension[];
  readonly metrics: readonly Metric[];
  /** Metrics that every row has: without one of these a row is of another shape. All others may be missing. */
  readonly required: readonly string[];
  /** Earlier name of a metric's field, read where the present one is missing. */
  readonly formerly?: {readonly [metric: string]: string};
  /** Came later than the rest, so that a compatible API may lack it. */
  readonly newer?: true;
}

const TOKEN_FIELDS = [
  'input_tokens',
  'input_cached_tokens',
  'input_cache_write_tokens',
  'input_cache_write_12h_tokens',
  'input_uncached_tokens',
  'input_text_tokens',
  'input_audio_tokens',
  'input_image_tokens',
  'input_cached_text_tokens',
  'input_cached_audio_tokens',
  'input_cached_image_tokens',
  'output_tokens',
  'output_text_tokens',
  'output_audio_tokens',
  'output_image_tokens',
];
/** The others are parts of these two: adding them up as well would count twice. */
const HEADLINE_TOKENS = ['input_tokens', 'output_tokens'];

const CALLER: readonly LabelDimension[] = ['project', 'user', 'api_key'];
const MODEL: readonly LabelDimension[] = [...CALLER, 'model'];

const flow = (kind: string, name: string, unit: string): Metric => ({kind, name, unit, statistic: 'sum'});
const tokens = (kind: string, name: string): Metric =>
  HEADLINE_TOKENS.includes(name)
    ? {...flow(kind, name, 'tokens'), headline: 'tokens'}
    : flow(kind, name, 'tokens');
const requests = (kind: string): Metric => ({
  ...flow(kind, 'num_model_requests', 'requests'),
  headline: 'requests',
});

/** All usage endpoints: what each can be split and filtered by, and what it counts. */
export const ENDPOINTS: readonly Endpoint[] = [
  {
    kind: 'completions',
    dimensions: [...MODEL, 'batch', 'service_tier'],
    filters: [...MODEL, 'batch'],
    metrics: [...TOKEN_FIELDS.map(name => tokens('completions', name)), requests('completions')],
    required: ['input_tokens', 'output_tokens', 'num_model_requests'],
  },
  {
    kind: 'embeddings',
    dimensions: MODEL,
    filters: MODEL,
    metrics: [tokens('embeddings', 'input_tokens'), requests('embeddings')],
    required: ['input_tokens', 'num_model_requests'],
  },
  {
    kind: 'moderations',
    dimensions: MODEL,
    filters: MODEL,
    metrics: [tokens('moderations', 'input_tokens'), requests('moderations')],
    required: ['input_tokens', 'num_model_requests'],
  },
  {
    kind: 'images',
    dimensions: [...MODEL, 'size', 'source'],
    filters: [...MODEL, 'size', 'source'],
    metrics: [flow('images', 'images', 'images'), requests('images')],
    required: ['images', 'num_model_requests'],
  },
  {
    kind: 'audio_speeches',
    dimensions: MODEL,
    filters: MODEL,
    metrics: [flow('audio_speeches', 'characters', 'characters'), requests('audio_speeches')],
    required: ['characters', 'num_model_requests'],
  },
  {
    kind: 'audio_transcriptions',
    dimensions: MODEL,
    filters: MODEL,
    metrics: [flow('audio_transcriptions', 'seconds', 'seconds'), requests('audio_transcriptions')],
    required: ['seconds', 'num_model_requests'],
  },
  {
    kind: 'vector_stores',
    dimensions: ['project'],
    filters: ['project'],
    metrics: [{kind: 'vector_stores', name: 'usage_bytes', unit: 'bytes', statistic: 'mean'}],
    required: ['usage_bytes'],
  },
  {
    kind: 'code_interpreter_sessions',
    dimensions: ['project'],
    filters: ['project'],
    metrics: [flow('code_interpreter_sessions', 'num_sessions', 'sessions')],
    required: ['num_sessions'],
    formerly: {num_sessions: 'sessions'},
  },
  {
    kind: 'file_search_calls',
    dimensions: [...CALLER, 'vector_store'],
    filters: [...CALLER, 'vector_store'],
    metrics: [flow('file_search_calls', 'num_requests', 'requests')],
    required: ['num_requests'],
    newer: true,
  },
  {
    kind: 'web_search_calls',
    dimensions: [...MODEL, 'context_level'],
    filters: [...MODEL, 'context_level'],
    // No headline: the model requests that searched are among those of `completions` already.
    metrics: [
      flow('web_search_calls', 'num_model_requests', 'requests'),
      flow('web_search_calls', 'num_requests', 'requests'),
    ],
    required: ['num_requests'],
    newer: true,
  },
];
