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
import type {Cell, Column} from '../core/report.ts';

// The shape of what json.ts and ndjson.ts write; it changes with them.

const CELLS: {readonly [T in Exclude<Cell['type'], 'none'>]: JsonSchema} = {
  text: TEXT,
  money: DECIMAL,
  quantity: DECIMAL,
  share: DECIMAL,
  percent: DECIMAL,
  bar: DECIMAL,
  bound: {type: 'null'},
  state: TEXT,
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

const ENDING = {
  totals: described(
    'one for each currency',
    list(object({currency: TEXT, cost: nullable(DECIMAL)}, {previous_cost: DECIMAL, change: DECIMAL})),
  ),
  sources: list(
    object(
      {
        provider: TEXT,
        account: TEXT,
        status: oneOf(['ok', 'failed', 'skipped']),
        requests: COUNT,
        retries: COUNT,
      },
      {error: ERROR},
    ),
  ),
  notices: list(
    object({level: oneOf(['info', 'warning']), code: TEXT, message: TEXT}, {provider: TEXT, account: TEXT}),
  ),
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
      period: described('null where every row has a period of its own', nullable(PERIOD)),
      compare: nullable({$ref: '#/$defs/period'}),
      group_by: list(oneOf(DIMENSION_NAMES)),
      bucket: described('width of the rows in time', {enum: [...GRANULARITIES, null]}),
      rows: list({$ref: '#/$defs/row'}),
      ...ENDING,
    },
    {$defs: {period: PERIOD, row: rowOf(columns)}},
  );

const rowOf = (columns: readonly Pick<Column, 'key' | 'type' | 'description'>[]): JsonSchema =>
  object(
    {},
    Object.fromEntries(
      columns.map(({key, type = 'text', description}) => [
        key,
        described(description, nullable(CELLS[type])),
      ]),
    ),
  );
