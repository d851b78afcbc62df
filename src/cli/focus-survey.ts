import {flagOf} from '../core/dimension.ts';
import {formatInstant} from '../core/instant.ts';
import {COUNT, DECIMAL, INSTANT, jsonDocument, list, nullable, object, TEXT} from '../core/json-schema.ts';
import {formatPeriod} from '../core/period.ts';
import type {Survey} from '../focus/survey.ts';
import {AIRY, jsonObject, jsonString} from '../render/cell.ts';
import {sanitize} from '../render/sanitize.ts';

/** The JSON of `usage focus import`. */
export const IMPORT_SCHEMA = jsonDocument('usage/focus-import@1', 'usage focus import: what a file holds', {
  source: TEXT,
  account: nullable(TEXT),
  focus_version: TEXT,
  rows: COUNT,
  start: nullable(INSTANT),
  end: nullable(INSTANT),
  providers: list(TEXT),
  totals: list(object({currency: TEXT, cost: DECIMAL, column: TEXT})),
  group_by: list(TEXT),
  complaints: list(object({rule: TEXT, message: TEXT, first: nullable(TEXT)})),
});

const nameFor = (source: string): string => (source === '-' ? 'stdin' : source);

/** What a file holds, for people. */
export function surveyText(source: string, found: Survey): string {
  const {rows, period, version, providers, totals, cost, dimensions} = found;
  const facts: [string, string][] = [
    ['file', nameFor(source)],
    ['standard', `FOCUS ${version}, by its columns`],
    ['rows', String(rows)],
    ['period', period ? formatPeriod(period) : 'none'],
    ['providers', providers.join(', ') || 'not told'],
    ...[...totals].map(([currency, amount]): [string, string] => [cost, `${amount} ${currency}`]),
    ['groups by', ['provider', ...dimensions.map(flagOf)].join(', ')],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${sanitize(value)}\n`).join('');
}

/** The report that a person wants to see next. */
export function nextOf(source: string, {period, dimensions}: Survey, name: string | undefined): string {
  const from = period ? formatPeriod(period) : 'mtd';
  const by = dimensions.includes('service') ? 'service' : 'provider';
  const quoted = /^[\w./:@-]+$/.test(source) ? source : `'${source.replaceAll("'", "'\\''")}'`;
  const what = name === undefined ? `--source ${quoted}` : `--account ${name}`;
  const span = /^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$/.test(from)
    ? `--period ${from}`
    : `--from ${from.replace('..', ' --to ')}`;
  return `usage report ${what} ${span} --group-by ${by}`;
}

/** The same for scripts. */
export function surveyJson(source: string, found: Survey, name: string | undefined): string {
  const {rows, period, version, providers, totals, cost, dimensions, complaints} = found;
  const array = (items: readonly string[]) => `[${items.join(', ')}]`;
  const orNull = (value: string | undefined) => (value === undefined ? 'null' : jsonString(value));
  const members: [string, string][] = [
    ['schema', jsonString('usage/focus-import@1')],
    ['source', jsonString(source)],
    ['account', orNull(name)],
    ['focus_version', jsonString(version)],
    ['rows', String(rows)],
    ['start', orNull(period && formatInstant(period.start))],
    ['end', orNull(period && formatInstant(period.end))],
    ['providers', array(providers.map(jsonString))],
    [
      'totals',
      array(
        [...totals].map(([currency, amount]) =>
          jsonObject(
            [
              ['currency', jsonString(currency)],
              ['cost', amount],
              ['column', jsonString(cost)],
            ],
            AIRY,
          ),
        ),
      ),
    ],
    ['group_by', array(dimensions.map(dimension => jsonString(flagOf(dimension))))],
    [
      'complaints',
      array(
        complaints.map(({rule, message, where}) =>
          jsonObject(
            [
              ['rule', jsonString(rule)],
              ['message', jsonString(message)],
              ['first', orNull(where)],
            ],
            AIRY,
          ),
        ),
      ),
    ],
  ];
  return `{\n${members.map(([key, value]) => `  ${jsonString(key)}: ${value}`).join(',\n')}\n}\n`;
}
