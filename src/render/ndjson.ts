import type {Report, Row} from '../core/report.ts';
import {DENSE, jsonOf, jsonString, type Spacing} from './cell.ts';
import {cellAt, pickColumns} from './columns.ts';

const ROWS_AT_ONCE = 500;

/** One row a line, without the envelope; no rows, no bytes. */
export function* renderNdjson(report: Report): Iterable<string> {
  const write = rowWriter(report, DENSE);
  for (let first = 0; first < report.rows.length; first += ROWS_AT_ONCE) {
    const rows = report.rows.slice(first, first + ROWS_AT_ONCE);
    yield rows.map(row => `${write(row)}\n`).join('');
  }
}

/** Writes rows as flat JSON objects, each on one line, keyed by column. */
export function rowWriter(report: Report, spacing: Spacing): (row: Row) => string {
  const picked = pickColumns(report, 'data');
  const keys = picked.map(({column}) => jsonString(column.key) + spacing.colon);
  return row => {
    const members = picked.map((pick, place) => keys[place] + jsonOf(cellAt(row, pick), spacing));
    return `{${members.join(spacing.comma)}}`;
  };
}
