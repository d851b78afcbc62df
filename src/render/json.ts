import {formatInstant} from '../core/instant.ts';
import type {Notice} from '../core/notice.ts';
import type {NamedPeriod} from '../core/period.ts';
import type {Report, Sheet, SourceStatus, Total} from '../core/report.ts';
import {AIRY, jsonObject, jsonString} from './cell.ts';
import {rowWriter} from './ndjson.ts';

const ROWS_AT_ONCE = 500;

/** The version-1 envelope: a document to read, one row a line, that is written as it goes. */
export function* renderJson(report: Report): Iterable<string> {
  const {schema, generatedAt, period, compare, groupBy, bucket, rows} = report;
  yield '{\n';
  yield member('schema', jsonString(schema));
  yield member('generated_at', jsonString(formatInstant(generatedAt)));
  yield member('period', periodJson(period));
  yield member('compare', compare ? periodJson(compare) : 'null');
  yield member('group_by', `[${groupBy.map(jsonString).join(', ')}]`);
  yield member('bucket', bucket === null ? 'null' : jsonString(bucket));

  yield '  "rows": [';
  const write = rowWriter(report, AIRY);
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    const lines = rows.slice(first, first + ROWS_AT_ONCE).map(row => `\n    ${write(row)}`);
    yield (first > 0 ? ',' : '') + lines.join(',');
  }
  yield rows.length > 0 ? '\n  ],\n' : '],\n';

  yield ending(report);
}

/** The same envelope around sections: an object for facts, a list of rows for the others. */
export function* renderSheetJson({frame, sections}: Sheet): Iterable<string> {
  yield '{\n';
  yield member('schema', jsonString(frame.schema));
  yield member('generated_at', jsonString(formatInstant(frame.generatedAt)));
  yield member('period', frame.period ? periodJson(frame.period) : 'null');
  for (const {key, shape, columns, rows} of sections) {
    const write = rowWriter({...frame, columns}, AIRY);
    const written = rows.map(write);
    yield member(key, shape === 'facts' ? (written[0] ?? 'null') : list(written));
  }
  yield ending(frame);
}

const ending = ({totals, sources, notices}: Report): string =>
  member('totals', list(totals.map(totalJson))) +
  member('sources', list(sources.map(sourceJson))) +
  `  "notices": ${list(notices.map(noticeJson))}\n}\n`;

const member = (key: string, json: string): string => `  ${jsonString(key)}: ${json},\n`;

const list = (items: readonly string[]): string =>
  items.length === 0 ? '[]' : `[\n    ${items.join(',\n    ')}\n  ]`;

/** An object of texts and counts; what is missing is left out. */
function plainObject(values: {readonly [key: string]: string | number | undefined}): string {
  const members = Object.entries(values).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [[key, typeof value === 'string' ? jsonString(value) : String(value)] as const],
  );
  return jsonObject(members, AIRY);
}

const periodJson = (period: NamedPeriod | undefined): string => {
  if (!period) return 'null';
  const {start, end, label} = period;
  return plainObject({start: formatInstant(start), end: formatInstant(end), label});
};

function totalJson({currency, cost, previousCost, change}: Total): string {
  const figures = Object.entries({cost, previous_cost: previousCost, change});
  const known = figures.flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value ?? 'null'] as const],
  );
  return jsonObject([['currency', jsonString(currency)], ...known], AIRY);
}

function sourceJson({provider, account, status, requests, retries, error}: SourceStatus): string {
  const source = plainObject({provider, account, status, requests, retries});
  return error ? `${source.slice(0, -1)}, "error": ${errorJson(error)}}` : source;
}

const errorJson = ({code, message, hint}: NonNullable<SourceStatus['error']>): string =>
  plainObject({code, message, hint});

const noticeJson = ({level, code, provider, account, message}: Notice): string =>
  plainObject({level, code, provider, account, message});
