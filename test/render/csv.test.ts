import {stringify} from 'csv-stringify/sync';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Cell, Report} from '../../src/core/report.ts';
import {csvOf} from '../../src/render/cell.ts';
import {renderCsv, renderTsv} from '../../src/render/csv.ts';
import {column, money, none, text, viewOf} from './build.ts';
import {cells} from './cells.ts';
import {readCsv} from './read-csv.ts';
import {EMPTY, SAMPLE} from './sample.ts';

const reportOf = (rows: readonly (readonly Cell[])[], columns = rows[0]?.length ?? 1): Report => ({
  ...SAMPLE,
  columns: Array.from({length: columns}, (_, index) => column(`c${index}`)),
  rows,
});
const csv = (report: Report, terminal = false): string =>
  [...renderCsv(report, viewOf(80, {terminal}))].join('');
const tsv = (report: Report): string => [...renderTsv(report, viewOf(80))].join('');

test('any row reads back, in both, cell by cell', () => {
  const rows = fc
    .integer({min: 1, max: 5})
    .chain(columns =>
      fc.array(fc.array(cells, {minLength: columns, maxLength: columns}), {minLength: 1, maxLength: 5}),
    );
  fc.assert(
    fc.property(rows, given => {
      const expected = [
        given[0]!.map((_, index) => `c${index}`),
        ...given.map(row => row.map(cell => csvOf(cell))),
      ];
      expect(readCsv(csv(reportOf(given)), ',')).toEqual(expected);
      expect(readCsv(tsv(reportOf(given)), '\t')).toEqual(expected);
    }),
    {numRuns: 300},
  );
});

test('quotes what the library would quote, and nothing else', () => {
  const words = fc.string({unit: fc.constantFrom(...'az09 _.,:;/()-+=@"\'\t\r\nä\u00a0🗾'), maxLength: 6});
  const rows = fc.array(fc.tuple(words, words), {minLength: 1, maxLength: 5});
  fc.assert(
    fc.property(rows, fc.constantFrom(',' as const, '\t' as const), (given, delimiter) => {
      const print = delimiter === ',' ? csv : tsv;
      const cells = given.map(row => row.map(value => text(value)));
      const values = cells.map(row => row.map(cell => csvOf(cell)));
      expect(print(reportOf(cells))).toBe(
        stringify([['c0', 'c1'], ...values], {delimiter, eof: true, quote_record_delimiter: true}),
      );
    }),
    {numRuns: 1_000},
  );
});

test('the head comes even without rows', () => {
  expect(csv(EMPTY)).toBe(
    'provider,account,project_id,project_name,cost,currency,share,previous_cost,change,requests,tokens,quantities\n',
  );
  expect(tsv({...EMPTY, fields: ['cost', 'provider']})).toBe('cost\tprovider\n');
});

test.each(['=', '+', '-', '@', '\t', '\r'])('text that starts with %j is no formula', start => {
  expect(csvOf(text(`${start}1`))).toBe(`'${start}1`);
  expect(csvOf(text(`a${start}`))).toBe(`a${start}`);
});

test('a figure keeps its minus sign, and nothing reported is an empty field', () => {
  expect(csv(reportOf([[money('-12.5'), none, text(null), text('-12.5')]]))).toBe(
    "c0,c1,c2,c3\n-12.5,,,'-12.5\n",
  );
});

test('a lone empty field is no empty line', () => {
  expect(csv(reportOf([[none], [text('')], [text('a')]]))).toBe('c0\n""\n""\na\n');
});

test('control characters are data in a file and gone on a screen', () => {
  const report = reportOf([[text('a\u0000b\u001b[31mc'), text('\u001b[0m=1')]]);
  expect(csv(report)).toBe('c0,c1\na\u0000b\u001b[31mc,\u001b[0m=1\n');
  expect(csv(report, true)).toBe("c0,c1\nabc,'=1\n");
});

test('a long report comes in chunks, and all of it', () => {
  const report = reportOf(Array.from({length: 2_345}, (_, index) => [text(`row ${index}`)]));
  const chunks = [...renderCsv(report, viewOf(80))];
  expect(chunks.length).toBeGreaterThan(4);
  const rows = readCsv(chunks.join(''), ',');
  expect(rows).toHaveLength(2_346);
  expect(rows.at(-1)).toEqual(['row 2344']);
});
