import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Cell, Report} from '../../src/core/report.ts';
import {renderJson} from '../../src/render/json.ts';
import {renderNdjson} from '../../src/render/ndjson.ts';
import {column, none, text} from './build.ts';
import {cells} from './cells.ts';
import {EMPTY, SAMPLE} from './sample.ts';

/** Parses JSON with every number left as its text, so that no digit is lost. */
const parseExact = (json: string): unknown =>
  JSON.parse(
    json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, token => (token[0] === '"' ? token : `"#${token}"`)),
  );

/** What a cell must read back as: numbers as `#` and their text. */
function expectedOf(cell: Cell): unknown {
  switch (cell.type) {
    case 'none':
    case 'bound':
      return null;
    case 'state':
    case 'text':
      return cell.value;
    case 'money':
      return `#${cell.amount}`;
    case 'quantity':
    case 'share':
    case 'change':
    case 'percent':
    case 'bar':
      return `#${cell.value}`;
    case 'instant':
      return new Date(cell.value).toISOString().replace('.000Z', 'Z');
    case 'flag':
      return cell.value;
    case 'series':
      return cell.values.map(value => value && `#${value}`);
    case 'quantities':
      return fromEntries(cell.values, metrics => fromEntries(metrics, value => `#${value}`));
  }
}

/** Like JSON.parse, makes `__proto__` a key as any other. */
const fromEntries = <T>(values: {readonly [key: string]: T}, map: (value: T) => unknown): unknown =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));

const reportOf = (rows: readonly (readonly Cell[])[]): Report => ({
  ...SAMPLE,
  columns: Array.from({length: rows[0]?.length ?? 0}, (_, index) => column(`c${index}`)),
  rows,
});
const json = (report: Report): string => [...renderJson(report)].join('');
const ndjson = (report: Report): string => [...renderNdjson(report)].join('');

describe('rows', () => {
  const rows = fc
    .integer({min: 1, max: 5})
    .chain(columns =>
      fc.array(fc.array(cells, {minLength: columns, maxLength: columns}), {minLength: 1, maxLength: 5}),
    );
  const expected = (given: readonly (readonly Cell[])[]): unknown[] =>
    given.map(row => Object.fromEntries(row.map((cell, index) => [`c${index}`, expectedOf(cell)])));

  test('read back to the last digit, in both', () => {
    fc.assert(
      fc.property(rows, given => {
        expect(parseExact(json(reportOf(given)))).toMatchObject({rows: expected(given)});
        const lines = ndjson(reportOf(given)).split('\n');
        expect(lines.pop()).toBe('');
        expect(lines.map(parseExact)).toEqual(expected(given));
      }),
      {numRuns: 300},
    );
  });

  test('hold nothing that is live on a terminal', () => {
    fc.assert(
      fc.property(rows, given => {
        expect(json(reportOf(given))).not.toMatch(/[^\P{Cc}\n]|[\u2028-\u202e\u2066-\u2069\ud800-\udfff]/u);
      }),
    );
  });
});

test('the envelope has its keys in order, and what is missing is left out', () => {
  const document: {[key: string]: unknown} = JSON.parse(json({...SAMPLE, bucket: 'day', compare: undefined}));
  expect(Object.keys(document)).toEqual([
    'schema',
    'generated_at',
    'period',
    'compare',
    'group_by',
    'bucket',
    'rows',
    'totals',
    'sources',
    'notices',
  ]);
  expect(document).toMatchObject({
    generated_at: '2026-11-22T09:00:00Z',
    period: {start: '2026-11-01T00:00:00Z', end: '2026-11-23T00:00:00Z', label: 'mtd'},
    compare: null,
    group_by: ['project'],
    bucket: 'day',
  });
  expect(document.sources).toEqual([
    {provider: 'openai', account: 'openai', status: 'ok', requests: 3, retries: 0},
    {
      provider: 'ionq',
      account: 'ionq',
      status: 'failed',
      requests: 4,
      retries: 3,
      error: {code: 'rate_limited', message: 'told to \u009b wait', hint: 'try later'},
    },
  ]);
});

test('totals are exact; change and the cost before are there only if known', () => {
  expect(parseExact(json(SAMPLE))).toMatchObject({
    totals: [
      {currency: 'USD', cost: '#2266.069001200000123', previous_cost: '#2117.68', change: '#0.07007'},
      {currency: 'MIOSA_CREDIT_CENTS', cost: '#1234567.5'},
      {currency: 'EUR', cost: '#310', previous_cost: '#31', change: '#9'},
    ],
  });
});

test('no rows: an empty list in the document, and no bytes at all in lines', () => {
  expect(JSON.parse(json(EMPTY))).toMatchObject({rows: [], totals: []});
  expect(ndjson(EMPTY)).toBe('');
});

test('fields pick and order the keys', () => {
  const report = {...SAMPLE, fields: ['cost', 'project_id'], rows: SAMPLE.rows.slice(0, 1)};
  expect(ndjson(report)).toBe('{"cost":1412.070000000000123,"project_id":"proj_alpha"}\n');
});

test('a long report comes in chunks that make one document', () => {
  const report = reportOf(Array.from({length: 1_501}, (_, index) => [text(`row ${index}`), none]));
  const chunks = [...renderJson(report)];
  expect(chunks.filter(chunk => chunk.includes('row '))).toHaveLength(4);
  const document: {rows: unknown[]} = JSON.parse(chunks.join(''));
  expect(document.rows).toHaveLength(1_501);
  expect(document.rows.at(-1)).toEqual({c0: 'row 1500', c1: null});
});
