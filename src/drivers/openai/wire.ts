import type {LabelDimension} from '../../core/dimension.ts';
import type {Filters, QueryParams} from '../driver.ts';

interface WireNames {
  /** Value of `group_by`, and the field of a row that it fills. */
  readonly field: string;
  /** Query parameter that filters, where there is one. */
  readonly filter?: string;
}

/** How this API calls each dimension. Which endpoint knows which is said in the endpoints' table. */
const WIRE = {
  project: {field: 'project_id', filter: 'project_ids'},
  user: {field: 'user_id', filter: 'user_ids'},
  api_key: {field: 'api_key_id', filter: 'api_key_ids'},
  model: {field: 'model', filter: 'models'},
  batch: {field: 'batch', filter: 'batch'},
  service_tier: {field: 'service_tier'},
  size: {field: 'size', filter: 'sizes'},
  source: {field: 'source', filter: 'sources'},
  vector_store: {field: 'vector_store_id', filter: 'vector_store_ids'},
  context_level: {field: 'context_level', filter: 'context_levels'},
  line_item: {field: 'line_item'},
} as const satisfies {readonly [D in LabelDimension]?: WireNames};

const names = (dimension: LabelDimension): WireNames | undefined =>
  Object.hasOwn(WIRE, dimension) ? WIRE[dimension as keyof typeof WIRE] : undefined;

/** Dimensions with the row field of each, for the dimensions that this API knows. */
export const fieldsOf = (dimensions: readonly LabelDimension[]): (readonly [LabelDimension, string])[] =>
  dimensions.flatMap(dimension => {
    const wire = names(dimension);
    return wire ? [[dimension, wire.field] as const] : [];
  });

/** `group_by`; undefined, and so not sent, when nothing is split. */
export const groupBy = (split: readonly LabelDimension[]): readonly string[] | undefined =>
  split.length > 0 ? fieldsOf(split).map(([, field]) => field) : undefined;

/** The query parameters of the filters. `batch` is one boolean and no list: both of its values mean no filter. */
export function filterParams(filters: Filters): QueryParams {
  const params: {[name: string]: QueryParams[string]} = {};
  for (const [dimension, values] of Object.entries(filters) as [LabelDimension, readonly string[]][]) {
    const filter = names(dimension)?.filter;
    const distinct = [...new Set(values)];
    if (filter === undefined) continue;
    params[filter] = filter === 'batch' ? (distinct.length === 1 ? distinct[0] : undefined) : distinct;
  }
  return params;
}
