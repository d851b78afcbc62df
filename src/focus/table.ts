import {ProviderError} from '../core/errors.ts';

/** Some rows of a file. A cell is its text; "" is null. */
export interface Batch {
  readonly rows: readonly (readonly string[])[];
  /** Where in a row each of the wanted columns stands; -1: the file has no such column. */
  readonly places: readonly number[];
  /** What a person finds a row by: `line 12`, or `row 12` where there are no lines. Costly: for complaints only. */
  where(row: number): string;
}

/** A FOCUS file that is open: its columns are known, its rows are read each time anew, a batch at a time. */
export interface Table {
  /** The names of its columns, as they stand there. */
  readonly columns: readonly string[];
  read(wanted: readonly string[]): AsyncIterable<Batch>;
}

/** A file that no figure may be made of. */
export const unreadable = (message: string, rule?: string): ProviderError =>
  new ProviderError('bad_response', message, {
    ...(rule && {rule}),
    hint: 'mend the file, or ask whoever made it for a whole one',
  });
