/** What a dimension is: how people call it, and whether its values have an id beside their name. */
interface DimensionSpec {
  readonly title: string;
  /** True: columns `<dim>_id` and `<dim>_name`. False: one column with the value itself. */
  readonly named: boolean;
}

/** Everything that costs and usage can be split by. Keys are the JSON names; the flags write `-` for `_`. */
export const DIMENSIONS = {
  provider: {title: 'Provider', named: false},
  account: {title: 'Account', named: false},
  project: {title: 'Project', named: true},
  user: {title: 'User', named: true},
  api_key: {title: 'API key', named: true},
  model: {title: 'Model', named: false},
  line_item: {title: 'Line item', named: false},
  kind: {title: 'Kind', named: false},
  workspace: {title: 'Workspace', named: true},
  job: {title: 'Job', named: true},
  batch: {title: 'Batch', named: false},
  service_tier: {title: 'Service tier', named: false},
  size: {title: 'Size', named: false},
  source: {title: 'Source', named: false},
  vector_store: {title: 'Vector store', named: true},
  context_level: {title: 'Context level', named: false},
  service: {title: 'Service', named: false},
  service_category: {title: 'Service category', named: false},
  charge_category: {title: 'Charge category', named: false},
  region: {title: 'Region', named: true},
  resource: {title: 'Resource', named: true},
} as const satisfies {readonly [name: string]: DimensionSpec};

export type Dimension = keyof typeof DIMENSIONS;
export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as Dimension[];

/** Dimensions that every record has by itself, from whoever reported it. */
const INTRINSIC = ['provider', 'account', 'kind'] as const satisfies readonly Dimension[];
type Intrinsic = (typeof INTRINSIC)[number];

/** Dimensions that a record carries as labels. */
export type LabelDimension = Exclude<Dimension, Intrinsic>;

export const isIntrinsic = (dimension: Dimension): dimension is Intrinsic =>
  (INTRINSIC as readonly Dimension[]).includes(dimension);

/** As the flags spell it: `api-key`. */
export const flagOf = (dimension: Dimension): string => dimension.replaceAll('_', '-');
export const dimensionOf = (flag: string): Dimension | undefined =>
  DIMENSION_NAMES.find(dimension => flagOf(dimension) === flag || dimension === flag);
