import {createHash} from 'node:crypto';
import {type FocusColumn, type FocusType, typeOf} from '../core/focus-columns.ts';
import {formatInstant, type Instant} from '../core/instant.ts';
import type {Period} from '../core/period.ts';

const FOCUS_VERSION = '1.4';

export interface MetadataOptions {
  readonly columns: readonly FocusColumn[];
  /** Decimals that the file has as text. */
  readonly asText?: readonly FocusColumn[];
  /** Of this tool. */
  readonly version: string;
  readonly now: Instant;
  /** Prefixes of tags that are a provider's. */
  readonly tagPrefixes: readonly string[];
  /** What the file is about; undefined: the schema alone is asked for. */
  readonly data?: {
    readonly file: string;
    readonly period: Period;
    /** From when on figures may still change; undefined: they are final. */
    readonly provisionalFrom: Instant | undefined;
  };
}

const DATASET = 'cost-and-usage';

/** The metadata of FOCUS 1.4 as JSON text: generator, schema, and how recent the data is. */
export function metadataJson(options: MetadataOptions): string {
  const {columns, asText = [], version, now, tagPrefixes, data} = options;
  const kindOf = (column: FocusColumn) => (asText.includes(column) ? 'text' : typeOf(column));
  const id = schemaId(columns, kindOf);
  const metadata = {
    DataGenerator: {DataGenerator: 'usage'},
    Schema: [
      {
        SchemaId: id,
        FocusVersion: FOCUS_VERSION,
        DataGeneratorVersion: version,
        CreationDate: formatInstant(now),
        DatasetInstanceId: DATASET,
        ColumnDefinition: columns.map(column => definition(column, kindOf(column), tagPrefixes)),
      },
    ],
    DatasetInstance: [{DatasetInstanceId: DATASET, DatasetInstanceName: 'Cost and Usage'}],
    ...(data && {
      DataArtifact: [{DatasetInstanceId: DATASET, SchemaId: id, FileName: data.file}],
      Recency: [
        {
          DatasetInstanceId: DATASET,
          DatasetInstanceLastUpdated: formatInstant(now),
          DatasetInstanceComplete: data.provisionalFrom === undefined,
          TimeSectors: sectors(data.period, data.provisionalFrom).map(([{start, end}, complete]) => ({
            TimeSectorStart: formatInstant(start),
            TimeSectorEnd: formatInstant(end),
            TimeSectorLastUpdated: formatInstant(now),
            TimeSectorComplete: complete,
          })),
        },
      ],
      Delivery: {DeliveryHandling: 'Overwrite', CorrectionHandling: 'Replacement'},
    }),
  };
  return `${JSON.stringify(metadata, undefined, 2)}\n`;
}

/** The same for the same columns and types, whoever makes it and when. */
function schemaId(columns: readonly FocusColumn[], kindOf: (column: FocusColumn) => FocusType): string {
  const text = columns.map(column => `${column} ${kindOf(column)}`).join('\n');
  return `usage-focus-${FOCUS_VERSION}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}

/** Decimals are text from the wire to the file: these bounds are what the exact ones of `usage` may reach. */
const MOST_DIGITS = 500;
const MOST_PLACES = 400;

function definition(column: FocusColumn, kind: FocusType, tagPrefixes: readonly string[]) {
  switch (kind) {
    case 'decimal':
      return {
        ColumnName: column,
        DataType: 'DECIMAL',
        NumericPrecision: MOST_DIGITS,
        NumberScale: MOST_PLACES,
      };
    case 'instant':
      return {ColumnName: column, DataType: 'DATETIME'};
    case 'json':
      return {
        ColumnName: column,
        DataType: 'JSON',
        ...(column === 'Tags' && {ProviderTagPrefixes: tagPrefixes}),
      };
    case 'text':
      return {ColumnName: column, DataType: 'STRING', StringEncoding: 'UTF-8'};
  }
}

/** What is final and what may still change, each if there is any. */
function sectors({start, end}: Period, from: Instant | undefined): [Period, boolean][] {
  if (from === undefined) return [[{start, end}, true]];
  return [
    ...(from > start ? ([[{start, end: from}, true]] as [Period, boolean][]) : []),
    [{start: from, end}, false],
  ];
}
