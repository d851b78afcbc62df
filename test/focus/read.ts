import Big from 'big.js';
import {readCsv} from '../render/read-csv.ts';

export type FocusRow = {readonly [column: string]: string};

/** The rows of a CSV by column; "" is null. */
export function rowsOf(csv: string): FocusRow[] {
  const [header = [], ...rows] = readCsv(csv, ',');
  return rows.map(row => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

export const headerOf = (csv: string): string[] => readCsv(csv, ',')[0] ?? [];

/** Adds up a column, exactly, of the rows that a test picks. */
export function sumOf(
  rows: readonly FocusRow[],
  column: string,
  pick: (row: FocusRow) => boolean = () => true,
): string {
  const sum = rows.filter(pick).reduce((total, row) => total.plus(row[column] || '0'), new Big(0));
  return sum.eq(0) ? '0' : sum.toFixed();
}
