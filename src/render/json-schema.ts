import {GRANULARITIES} from '../core/bucket.ts';
import {DIMENSION_NAMES} from '../core/dimension.ts';
import {
  COUNT,
  DECIMAL,
  described,
  dictionary,
  FLAG,
  INSTANT,
  type JsonSchema,
  jsonDocument,
  list,
  nullable,
  object,
  oneOf,
  TEXT,
} from '../core/json-schema.ts';
import type {Cell, Column, SectionKind} from '../core/report.ts';

// The shape of what json.ts and ndjson.ts write; it changes with them.

const CELLS: {readonly [T in Exclude<Cell['type'], 'none'>]: JsonSchema} = {
  text: TEXT,
  money: DECIMAL,
  quantity: DECIMAL,
  share: DECIMAL,
  change: DECIMAL,
  instant: INSTANT,
  flag: FLAG,
  series: list(nullable(DECIMAL)),
  quantities: dictionary(dictionary(DECIMAL)),
};

const PERIOD = object({
  start: INSTANT,
  end: described('not included', INSTANT),
  label: described('as it was asked for', TEXT),
});
const ERROR = object({code: TEXT, message: TEXT}, {hint: TEXT});

const SOURCE = object(
  {
    provider: TEXT,
    account: TEXT,
    status: oneOf(['ok', 'failed', 'skipped']),
    requests: COUNT,
    retries: COUNT,
  },
  {error: ERROR},
);
const NOTICE = object(
  {level: oneOf(['info', 'warning']), code: TEXT, message: TEXT},
  {provider: TEXT, account: TEXT},
);

/** What reports and sheets end with. */
const ENDING: {readonly [member: string]: JsonSchema} = {
  totals: described(
    'one for each currency',
    list(object({currency: TEXT, cost: DECIMAL}, {previous_cost: DECIMAL, change: DECIMAL})),
  ),
  sources: list(SOURCE),
  notices: list(NOTICE),
};

/**
 * The document that a report with these columns is in JSON; `#/$defs/row` is a line of NDJSON. Which columns a row has
 * depends on flags, so none is required; every one may be null, which means "not reported".
 */
export const reportDocument = (schema: string, title: string, columns: readonly Column[]): JsonSchema =>
  jsonDocument(
    schema,
    title,
    {
      generated_at: INSTANT,
      period: PERIOD,
      compare: nullable({$ref: '#/$defs/period'}),
      group_by: list(oneOf(DIMENSION_NAMES)),
      bucket: described('width of the rows in time', {enum: [...GRANULARITIES, null]}),
      rows: list({$ref: '#/$defs/row'}),
      ...ENDING,
    },
    {$defs: {period: PERIOD, row: rowOf(columns)}},
  );

/** The document that a sheet is in JSON: a member for each section. `#/$defs/row` is a line of NDJSON, of any section. */
export function sheetDocument(schema: string, title: string, kinds: readonly SectionKind[]): JsonSchema {
  const members = (some: readonly SectionKind[]) =>
    Object.fromEntries(
      some.map(({key, shape, columns}) => [key, shape === 'facts' ? rowOf(columns) : list(rowOf(columns))]),
    );
  const columns = new Map(
    kinds.toReversed().flatMap(kind => kind.columns.map(column => [column.key, column])),
  );
  const section = described('which part of the sheet the row is of', oneOf(kinds.map(({key}) => key)));
  return jsonDocument(
    schema,
    title,
    {generated_at: INSTANT, period: PERIOD, ...members(kinds.filter(({optional}) => !optional)), ...ENDING},
    {$defs: {row: object({section}, membersOf([...columns.values()]))}},
    members(kinds.filter(({optional}) => optional)),
  );
}

const rowOf = (columns: readonly Column[]): JsonSchema => object({}, membersOf(columns));

const membersOf = (columns: readonly Column[]): {readonly [key: string]: JsonSchema} =>
  Object.fromEntries(
    columns.map(({key, type = 'text', description}) => [key, described(description, nullable(CELLS[type]))]),
  );
