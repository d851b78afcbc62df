import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Report} from '../../src/core/report.ts';
import {renderMarkdown} from '../../src/render/markdown.ts';
import {column, text} from './build.ts';
import {outsideText} from './cells.ts';
import {EMPTY, SAMPLE} from './sample.ts';

const markdown = (report: Report): string => [...renderMarkdown(report)].join('');
const named = (name: string): Report => ({
  ...SAMPLE,
  columns: [column('name', {title: 'Name'}), column('other', {title: 'Other', align: 'right'})],
  rows: [[text(name), text('x')]],
  footer: [],
});
/** The cells of the first row, split where GitHub would: at a bar without a backslash. */
const cellsOf = (document: string): string[] => (document.split('\n')[4] ?? '').split(/(?<!\\)\|/);

test.each([
  ['a|b', 'a\\|b'],
  ['a\\|b', 'a\\\\\\|b'],
  ['`code`', '\\`code\\`'],
  ['<img src=x>', '\\<img src=x\\>'],
  ['a\nb\tc', 'a b c'],
  ['*bold* ~gone~', '\\*bold\\* \\~gone\\~'],
  ['[text](link)', '\\[text\\](link)'],
  ['&lt;', '\\&lt;'],
  ['snake_case __proto__', 'snake_case \\_\\_proto\\_\\_'],
  ['a\u001b[31mb\u0000', 'ab'],
])('%j is written %j', (name, expected) => {
  expect(cellsOf(markdown(named(name)))[1]?.trim()).toBe(expected);
});

test('no text breaks out of its cell or its line', () => {
  fc.assert(
    fc.property(outsideText, name => {
      const lines = markdown(named(name)).split('\n');
      expect(lines).toHaveLength(10);
      // Escaped pairs count as text, whatever they escape.
      expect((lines[4] ?? '').replace(/\\./gu, '').split('|')).toHaveLength(4);
    }),
    {numRuns: 500},
  );
});

test('the rule aligns figures right and is as wide as its column', () => {
  const [, , head = '', rule = ''] = markdown(named('a name')).split('\n');
  expect(head).toBe('| Name   | Other |');
  expect(rule).toBe('| ------ | ----: |');
});

test('totals are bold, nothing is dropped, notes stand below', () => {
  const document = markdown(SAMPLE);
  expect(document).toMatch(/\| \*\*Total\*\* .*\| +\*\*\$2,266\.07\*\* \|/);
  expect(document).toContain('東京リージョンの検索エンジンと推薦システム');
  expect(document.endsWith('\n\n\\* figures from 2026-11-22 on are provisional\n')).toBe(true);
});

test('an endless name does not fill up the other rows', () => {
  const report = {...named('a'.repeat(1_000_000)), rows: [[text('a'.repeat(4_000))], [text('b')]]};
  expect(markdown(report).split('\n')[5]?.length).toBeLessThan(100);
});

test('an empty report is a table all the same', () => {
  expect(markdown(EMPTY)).toMatch(/\| Provider \|.*\n\| -+ \|.*\n\nNo costs or usage in this period\.\n/);
});
