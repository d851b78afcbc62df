import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {Explorer, type Scene} from '../../src/interactive/explorer.ts';
import {drawScene} from '../../src/interactive/screen.ts';
import {widthOf} from '../../src/render/layout.ts';
import {SAMPLE} from '../render/sample.ts';
import {FIRST, MadeUp, REPORT} from './made-up.ts';

const SCENE: Scene = {
  path: [],
  progress: {state: 'known', answer: {report: () => REPORT, failures: []}},
  report: REPORT,
  rows: REPORT.rows,
  cursor: 1,
  filter: '',
  isTyping: false,
  picker: undefined,
  isHelp: false,
  message: '',
};
const ESCAPE = /\x1b\[\d+m/g;
const plain = (scene: Partial<Scene>, columns = 80, rows = 23): string[] =>
  drawScene({...SCENE, ...scene}, {columns, rows, color: false}).map(line => line.trimEnd());

describe.each([
  [40, 12],
  [60, 15],
  [80, 23],
  [200, 49],
])('at %d by %d', (columns, rows) => {
  it('a table is as written down', async () => {
    const scene = {report: SAMPLE, rows: SAMPLE.rows, path: ['Atlas', '東京'], cursor: 2};
    await expect(`${plain(scene, columns, rows).join('\n')}\n`).toMatchFileSnapshot(
      `../../fixtures/golden/interactive-${columns}.txt`,
    );
  });

  it('fills the screen and no more, whatever there is to say', () => {
    const scenes: Partial<Scene>[] = [
      {},
      {isHelp: true},
      {message: 'm'.repeat(300)},
      {filter: 'x'.repeat(300), rows: []},
      {isTyping: true, filter: '\x1b[2J'},
      {report: undefined, progress: {state: 'asking', done: 1, started: 5}},
      {report: undefined, progress: {state: 'failed', message: 'no\x1b[31m '.repeat(80)}},
      {progress: {state: 'known', answer: {report: () => REPORT, failures: ['down '.repeat(90)]}}},
      {path: ['p'.repeat(200)]},
    ];
    for (const scene of scenes) {
      for (const color of [true, false]) {
        const lines = drawScene({...SCENE, ...scene}, {columns, rows, color});
        expect(lines).toHaveLength(rows);
        expect(lines.filter(line => widthOf(line.replace(ESCAPE, '')) > columns)).toEqual([]);
        if (!color) expect(lines.join('')).not.toContain('\x1b');
      }
    }
  });
});

test('the chosen row is marked by a sign, not by colour alone, and always in sight', () => {
  const many = {...REPORT, rows: Array.from({length: 100}, () => REPORT.rows[0] ?? [])};
  fc.assert(
    fc.property(fc.nat(99), fc.integer({min: 8, max: 60}), (cursor, rows) => {
      const lines = plain({report: many, rows: many.rows, cursor}, 80, rows);
      expect(lines.filter(line => line.startsWith('› '))).toHaveLength(1);
      expect(lines).toContain(`${cursor + 1} of 100`);
    }),
  );
});

test('what was asked for but did not answer, and what does not fit, is said', () => {
  const lines = plain({
    progress: {state: 'known', answer: {report: () => REPORT, failures: ['IonQ is down']}},
  });
  expect(lines).toContain('! IonQ is down');
});

test('a filter says that totals are of all rows', () => {
  expect(plain({filter: 'Be', rows: REPORT.rows.slice(1, 2), cursor: 0})).toContain(
    '1 of 1 · rows with "Be"; totals are of all',
  );
});

test('waiting says how far it is', () => {
  expect(plain({report: undefined, progress: {state: 'asking', done: 2, started: 7}})).toContain(
    'asking … 2 of 7 requests',
  );
});

test('lists show where one is', () => {
  const explorer = new Explorer(new MadeUp(), FIRST, () => undefined);
  explorer.press({name: 'text', text: 'p'});
  explorer.press({name: 'down'});
  const lines = drawScene(explorer.scene, {columns: 40, rows: 8, color: false});
  expect(lines.slice(0, 4)).toEqual(['Period (UTC)', '', '  mtd', '› 7d']);
  expect(lines.at(-2)).toBe(`2 of ${explorer.scene.picker?.labels.length}`); // of the list, not of the table behind it
});
