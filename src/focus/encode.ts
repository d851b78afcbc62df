import {type FocusColumn, typeOf} from '../core/focus-columns.ts';

/** How a file is written cell by cell. A line is `lead cell lead cell … tail`; the tail has the line feed. */
export interface Encoder {
  /** What comes before the rows. */
  readonly head: string;
  /** What stands before the cell of a column. */
  lead(column: number): string;
  cell(value: string | null, column: number): string;
  readonly tail: string;
}

const NEEDS_QUOTES = /[",\r\n]/;

/** RFC 4180 with line feeds. By hand: csv-stringify takes ten times as long, which a million rows make felt. */
export function csvEncoder(columns: readonly FocusColumn[], clean: (text: string) => string): Encoder {
  const types = columns.map(typeOf);
  // A lone empty field must be quoted, or its row would be an empty line, which readers skip.
  const empty = columns.length === 1 ? '""' : '';
  return {
    head: `${columns.join(',')}\n`,
    lead: column => (column === 0 ? '' : ','),
    cell(value, column) {
      if (value === null) return empty;
      return types[column] === 'decimal' ? withPoint(value) : quoted(clean(value));
    },
    tail: '\n',
  };
}

/** A value is never changed, not even one that a spreadsheet takes for a formula: the standard forbids it. */
const quoted = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Readers that guess types by looking take a column without a point for whole numbers, and then refuse it. */
const withPoint = (decimal: string): string => (decimal.includes('.') ? decimal : `${decimal}.0`);

/** One object a line. Decimals are numbers with every digit; JSON columns are JSON; null is null. */
export function ndjsonEncoder(columns: readonly FocusColumn[]): Encoder {
  const types = columns.map(typeOf);
  const leads = columns.map((column, index) => `${index === 0 ? '{' : ','}${JSON.stringify(column)}:`);
  return {
    head: '',
    lead: column => leads[column] ?? '',
    cell(value, column) {
      if (value === null) return 'null';
      return types[column] === 'decimal' || types[column] === 'json' ? value : JSON.stringify(value);
    },
    tail: '}\n',
  };
}
