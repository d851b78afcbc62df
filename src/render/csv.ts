import {stringify} from 'csv-stringify/sync';
import {getOrAdd} from '../core/get-or-add.ts';
import type {Report} from '../core/report.ts';
import {csvOf} from './cell.ts';
import {cellAt, pickColumns} from './columns.ts';
import type {View} from './renderer.ts';
import {sanitize} from './sanitize.ts';

/** Text that is the same in quotes and without, whatever the delimiter. */
const PLAIN = /^[\w.:/()-][\w .:/()-]*$/;

/** Rows written at a time. Larger chunks gain nothing, and a reader waits longer for the first one. */
const ROWS_AT_ONCE = 500;

/** Comma-separated values by RFC 4180, lines ended by a bare line feed; the head comes even without rows. */
export const renderCsv = (report: Report, view: View): Iterable<string> => renderSeparated(report, view, ',');

/** The same with tabs between the values; a value with a tab or a line break in it is quoted. */
export const renderTsv = (report: Report, view: View): Iterable<string> =>
  renderSeparated(report, view, '\t');

function* renderSeparated(report: Report, view: View, delimiter: string): Iterable<string> {
  const picked = pickColumns(report, 'data');
  // A lone empty field must be quoted, or its row would be an empty line, which readers skip.
  const options = {delimiter, eof: true, quote_record_delimiter: true, quoted_empty: picked.length === 1};
  // In a file a text is data, to the last control character; on a screen it must not act.
  const clean = view.terminal ? sanitize : undefined;

  // The library takes ten times as long to find that a value needs no quotes; those that may need them come again.
  const known = new Map<string, string>();
  const quoted = (text: string): string =>
    PLAIN.test(text) ? text : getOrAdd(known, text, () => stringify([[text]], {...options, eof: false}));

  yield stringify([picked.map(({column}) => column.key)], options);
  for (let first = 0; first < report.rows.length; first += ROWS_AT_ONCE) {
    const lines = report.rows
      .slice(first, first + ROWS_AT_ONCE)
      .map(row => picked.map(pick => quoted(csvOf(cellAt(row, pick), clean))).join(delimiter));
    yield `${lines.join('\n')}\n`;
  }
}
