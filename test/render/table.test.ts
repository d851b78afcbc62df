import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import type {Report} from '../../src/core/report.ts';
import type {Renderer, View} from '../../src/render/renderer.ts';
import {renderTable} from '../../src/render/table.tsx';
import {renderText} from '../../src/render/text.ts';
import {column, money, text, viewOf} from './build.ts';
import {cells, outsideText} from './cells.ts';
import {EMPTY, SAMPLE} from './sample.ts';

const print = (render: Renderer, report: Report, view: View): string => {
  const chunks = render(report, view);
  return Symbol.iterator in chunks ? [...chunks].join('') : '';
};
const BOTH: [string, Renderer, boolean][] = [
  ['Ink', renderTable, true],
  ['plain text', renderText, false],
];

const words = fc.array(fc.tuple(outsideText, fc.integer({min: -(10 ** 9), max: 10 ** 9})), {
  minLength: 1,
  maxLength: 6,
});
const named = (rows: readonly (readonly [string, number])[]): Report => ({
  ...SAMPLE,
  columns: [column('name', {title: 'Name'}), column('cost', {title: 'Cost', align: 'right'})],
  rows: rows.map(([name, cost]) => [text(name), money(String(cost))]),
  footer: [],
});

describe.each(BOTH)('%s', (_, render, terminal) => {
  const plain = (report: Report, width: number): string => print(render, report, viewOf(width, {terminal}));

  test('one line a row, none wider than asked, each figure whole and flush right', () => {
    fc.assert(
      fc.property(words, fc.integer({min: 60, max: 200}), (rows, width) => {
        const lines = plain(named(rows), width).split('\n');
        const first = lines.findIndex(line => line.startsWith('─')) + 1;
        const body = lines.slice(first, first + rows.length);
        expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(Math.max(width, 64));
        for (const [index, line] of body.entries()) {
          const figure = Math.abs(rows[index]![1]).toLocaleString('en-US');
          expect(line.endsWith(`${rows[index]![1] < 0 ? '-' : ' '}$${figure}.00`)).toBe(true);
          expect(stringWidth(line)).toBe(stringWidth(body[0]!));
        }
      }),
      {numRuns: 100},
    );
  });

  test('without colour there is no escape sequence, whatever the cells hold', () => {
    const rows = fc.array(fc.array(cells, {minLength: 4, maxLength: 4}), {maxLength: 3});
    fc.assert(
      fc.property(rows, given => {
        const columns = given[0]?.map((_, index) => column(`c${index}`)) ?? [];
        expect(plain({...SAMPLE, columns, rows: given, footer: given}, 80)).not.toMatch(/[^\P{Cc}\n]/u);
      }),
      {numRuns: 50},
    );
  });

  test('what did not fit is told, in order; at full width nothing is', () => {
    const narrow = viewOf(60, {terminal});
    print(render, SAMPLE, narrow);
    expect(narrow.titles).toEqual(['Account', 'Share', 'Before', 'Trend', 'Requests', 'Tokens']);
    const wide = viewOf(200, {terminal});
    print(render, SAMPLE, wide);
    expect(wide.titles).toEqual([]);
  });

  test('columns that were asked for stay, and the lines grow instead', () => {
    const report = {
      ...SAMPLE,
      fields: ['previous_cost', 'cost', 'share', 'change', 'requests', 'tokens', 'trend'],
    };
    const view = viewOf(60, {terminal});
    expect(print(render, report, view)).toContain('Before             Cost');
    expect(view.titles).toEqual([]);
  });

  test('a figure is never cut, not even one that is wider than the screen', () => {
    const digits = '9'.repeat(90);
    const report = {...named([]), rows: [[text('a'), money(digits)]]};
    expect(plain(report, 60)).toContain(`$${digits.replace(/\B(?=(\d{3})+$)/g, ',')}.00`);
  });

  test('an empty report is a table all the same', () => {
    const out = plain(EMPTY, 80);
    expect(out).toContain('Project');
    expect(out).toContain('\nNo costs or usage in this period from those that answered.\n');
    expect(out).toMatch(/^Costs as billed .*\*/);
  });

  test('many rows come in chunks that line up', () => {
    const rows = Array.from({length: 450}, (_, index) => [`名前 ${index}`, index] as const);
    const lines = plain(named(rows), 80)
      .split('\n')
      .filter(line => line.includes('名前'));
    expect(lines).toHaveLength(450);
    expect(new Set(lines.map(line => stringWidth(line))).size).toBe(1);
  });

  test('no line ends in a space', () => expect(plain(SAMPLE, 200)).not.toMatch(/ \n/));
});

test('both draw the same lines', () => {
  for (const width of [60, 80, 120, 200]) {
    expect(print(renderText, SAMPLE, viewOf(width))).toBe(
      print(renderTable, SAMPLE, viewOf(width, {terminal: true})),
    );
  }
});

test('colour adds style and nothing else, and does not depend on the environment', () => {
  const view = viewOf(120, {terminal: true});
  const coloured = print(renderTable, SAMPLE, {...view, color: true});
  expect(coloured).toContain('\u001b[1mCosts as billed\u001b[22m');
  expect(coloured).toContain('\u001b[36m');
  expect(stripVTControlCharacters(coloured)).toBe(print(renderTable, SAMPLE, view));
});

test('plain text stays plain even where colour is allowed', () => {
  expect(print(renderText, SAMPLE, viewOf(120, {color: true}))).not.toContain('\u001b');
});
