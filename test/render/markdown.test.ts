import fc from 'fast-check';
import {lexer, type Token, type Tokens} from 'marked';
import {describe, expect, test} from 'vitest';
import type {Report} from '../../src/core/report.ts';
import {renderMarkdown} from '../../src/render/markdown.ts';
import {sanitize} from '../../src/render/sanitize.ts';
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
  ['ask @someone, a@b.example', 'ask @<!-- -->someone, a@b.example'],
  ['#12 of #abc', '#<!-- -->12 of #abc'],
  ['org/repo#5, GH-12, gh-3', 'org/repo#<!-- -->5, GH-<!-- -->12, gh-<!-- -->3'],
  ['NIGH-12', 'NIGH-12'],
  ['検索@someone', '検索@<!-- -->someone'],
  [':smile: a:+1:b :100:', ':<!-- -->smile: a:<!-- -->+1:b :<!-- -->100:'],
  ['at 09:00:00 UTC, a: b', 'at 09:00:00 UTC, a: b'],
  ['$x^2$', '<span>&#36;</span>x^2<span>&#36;</span>'],
  ['from $5 to $1,949.43', 'from <span>&#36;</span>5 to <span>&#36;</span>1,949.43'],
  ['up to $1,949.43', 'up to $1,949.43'],
  ['a\u001b[31mb\u0000', 'ab'],
])('%j is written %j', (name, expected) => {
  expect(cellsOf(markdown(named(name)))[1]?.trim()).toBe(expected);
});

test('no text breaks out of its cell or its line', () => {
  fc.assert(
    fc.property(outsideText, name => {
      const lines = markdown(named(name)).split('\n');
      expect(lines).toHaveLength(8);
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

test('totals are bold, nothing is dropped, the head says what is provisional', () => {
  const document = markdown(SAMPLE);
  expect(document).toMatch(/\| \*\*Total\*\* .*\| +\*\*\$2,266\.07\*\* \|/);
  expect(document).toContain('東京リージョンの検索エンジンと推薦システム');
  expect(document.split('\n')[0]).toMatch(/ · \\\* provisional from 2026-11-22$/);
});

test('an endless name does not fill up the other rows', () => {
  const report = {...named('a'.repeat(1_000_000)), rows: [[text('a'.repeat(4_000))], [text('b')]]};
  expect(markdown(report).split('\n')[5]?.length).toBeLessThan(100);
});

test('an empty report is a table all the same', () => {
  expect(markdown(EMPTY)).toMatch(
    /\| Provider \|.*\n\| -+ \|.*\n\nNo costs or usage in this period from those that answered\.\n/,
  );
});

describe('read as GitHub reads it', () => {
  /** The cells of the only table, as a reader sees them. */
  function seen(document: string): readonly (readonly string[])[] {
    const table = lexer(document).find(token => token.type === 'table');
    if (table?.type !== 'table') throw new Error('there is no table');
    return [table.header, ...table.rows].map(row => row.map(({tokens}: Tokens.TableCell) => visible(tokens)));
  }

  const visible = (tokens: readonly Token[] = []): string =>
    tokens
      .map(token => {
        if (token.type === 'html') return '';
        if (token.type === 'text' && token.raw === '&#36;') return '$';
        if ('tokens' in token && token.tokens) return visible(token.tokens);
        return 'text' in token ? String(token.text) : token.raw;
      })
      .join('');

  test('a report is a table of its columns, rows and totals', () => {
    const table = seen(markdown(SAMPLE));
    expect(table).toHaveLength(1 + SAMPLE.rows.length + SAMPLE.footer.length);
    expect(table[0]).toEqual(expect.arrayContaining(['Provider', 'Project', 'Cost', 'Change']));
    expect(table.flat()).toEqual(
      expect.arrayContaining([
        '$1,412.07',
        '+12.3%',
        expect.stringContaining('=HYPERLINK("http://x","red")'),
        'Total',
        '$2,266.07',
      ]),
    );
  });

  test.each([
    'org/repo#5 GH-12 :smile: @name',
    '$x^2$ and $`y`$ and $$z$$',
    'costs $1 to $1,949.43 a_b :a_b: #1',
  ])('%j reads as it is', name => expect(seen(markdown(named(name)))[1]?.[0]).toBe(name));

  test('dollars in two parts of the head are no formula', () => {
    const [head] = markdown({...named('x'), title: 'A $x', subtitle: 'of $y'}).split('\n');
    expect(head).not.toContain('$');
    expect(markdown({...named('x'), title: 'A $x', subtitle: 'of y'}).split('\n')[0]).toMatch(
      /^\*\*A \$x\*\* · of y · /,
    );
  });

  test('every name reads as it is', () => {
    fc.assert(
      fc.property(outsideText, name => {
        const clean = sanitize(name);
        // Addresses are made links of, which shows the same text.
        fc.pre(!/https?:|www\.|@/.test(clean));
        expect(seen(markdown(named(name)))[1]?.[0]).toBe(clean.trim());
      }),
      {numRuns: 300},
    );
  });
});
