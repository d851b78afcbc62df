import {type FocusColumn, typeOf} from '../core/focus-columns.ts';
import type {FocusRow} from './rows.ts';

/** Turns rows into lines, each with its line feed; a value may hold line feeds only in CSV. */
export interface Encoder {
  /** What comes before the rows. */
  readonly head: string;
  line(row: FocusRow): string;
}

const NEEDS_QUOTES = /[",\r\n]/;

/** RFC 4180 with line feeds. Written by hand: csv-stringify takes ten times as long, which a million rows make felt. */
export function csvEncoder(columns: readonly FocusColumn[], clean: (text: string) => string): Encoder {
  const types = columns.map(typeOf);
  // A lone empty field must be quoted, or its row would be an empty line, which readers skip.
  const empty = columns.length === 1 ? '""' : '';
  return {
    head: `${columns.join(',')}\n`,
    line(row) {
      let line = '';
      for (let index = 0; index < row.length; index++) {
        if (index > 0) line += ',';
        const value = row[index];
        if (value === null || value === undefined) line += empty;
        else if (types[index] === 'decimal') line += withPoint(value);
        else line += quoted(clean(value));
      }
      return `${line}\n`;
    },
  };
}

/** A value is never changed, not even one that a spreadsheet takes for a formula: the standard forbids it. */
const quoted = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Readers that guess types by looking take a column without a point for whole numbers, and then refuse it. */
const withPoint = (decimal: string): string => (decimal.includes('.') ? decimal : `${decimal}.0`);

/** One object a line. Decimals are numbers with every digit; JSON columns are JSON; null is null. */
export function ndjsonEncoder(columns: readonly FocusColumn[]): Encoder {
  const types = columns.map(typeOf);
  const keys = columns.map((column, index) => `${index === 0 ? '{' : ','}${JSON.stringify(column)}:`);
  return {
    head: '',
    line(row) {
      let line = '';
      for (let index = 0; index < row.length; index++) {
        const value = row[index] ?? null;
        const plain = value === null || types[index] === 'decimal' || types[index] === 'json';
        line += keys[index] + (plain ? String(value) : JSON.stringify(value));
      }
      return `${line}}\n`;
    },
  };
}

/** For files that are made column by column later: an array a line. */
export const arrayEncoder: Encoder = {head: '', line: row => `${JSON.stringify(row)}\n`};
