import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import type {Report} from '../../src/core/report.ts';
import {Explorer, type Scene} from '../../src/interactive/explorer.ts';
import {Picker} from '../../src/interactive/picker.ts';
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
  helpTop: 0,
  sorting: undefined,
  message: '',
};
const NOTICES = Array.from({length: 9}, (_, index) => ({
  level: 'info' as const,
  code: 'cannot_group',
  account: 'openai',
  message: `\u001b[31m${index} ${'word '.repeat(40)}${'x'.repeat(300)}`,
}));
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
      {sorting: 's'.repeat(300)},
      {report: {...REPORT, notices: NOTICES}},
      {report: {...REPORT, notices: NOTICES}, isHelp: true, helpTop: 3},
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
  expect(lines.slice(0, 4)).toEqual(['Period (UTC)', '', '  ✓ mtd', '›   7d']);
  expect(lines.at(-2)).toBe(`2 of ${explorer.scene.picker?.labels.length}`); // of the list, not of the table behind it
});

describe('a list that is longer than the screen', () => {
  const LABELS = Array.from({length: 30}, (_, index) => `choice ${index}`);
  const drawn = (cursor: number, rows: number) => {
    const choices = LABELS.map((label, index) => ({label, value: index, isCurrent: index === cursor}));
    const picker = Picker.of('Group by', choices, () => undefined);
    return drawScene({...SCENE, picker}, {columns: 40, rows, color: false});
  };

  test.each([
    [0, '› ✓ choice 0', '  ↓ 25 more'],
    [15, '  ↑ 13 more', '  ↓ 13 more'],
    [29, '  ↑ 25 more', '› ✓ choice 29'],
  ])('at %d says how many more there are', (cursor, first, last) => {
    const lines = drawn(cursor, 10).slice(2, 8);
    expect([lines[0], lines.at(-1)]).toEqual([first, last]);
  });

  test('the chosen one is in sight in every size', () => {
    fc.assert(
      fc.property(fc.nat(29), fc.integer({min: 4, max: 40}), (cursor, rows) => {
        expect(drawn(cursor, rows).filter(line => line === `› ✓ choice ${cursor}`)).toHaveLength(1);
      }),
    );
  });
});

test('what somebody sorts by is said, as its column may have no room', () => {
  expect(plain({sorting: 'Tokens, largest first'})).toContain('2 of 4 · by Tokens, largest first');
});

describe('notes about the figures', () => {
  const note = (message: string, account = 'openai') =>
    ({level: 'info', code: 'cannot_group', account, message}) as const;
  const LONG = `(unattributed) holds what cannot be split by model: ${'costs, '.repeat(20)}and so on`;
  const told = (...notices: Report['notices']) => {
    const report = {...REPORT, notices};
    return {report, rows: report.rows};
  };

  test('stand below the table, whole where there is room', () => {
    const lines = plain(told(note(LONG), note('five only', 'ionq'), note('five only', 'miosa')));
    const first = lines.findIndex(line => line.startsWith('note: openai: (unattributed) holds'));
    expect(
      lines
        .slice(first, first + 3)
        .join(' ')
        .replace(/ +/g, ' '),
    ).toContain(LONG);
    expect(lines).toContain('note: ionq, miosa: five only');
    expect(lines.filter(line => /·.*note/.test(line))).toEqual([]);
  });

  test('are cut where there is not, push no row out, and the last line says how to read them', () => {
    const scene = told(note(LONG), note('another'), {...note('a third'), level: 'warning'});
    for (let rows = 8; rows < 24; rows++) {
      const [without, lines] = [plain({}, 60, rows), plain(scene, 60, rows)];
      const rowsOf = (drawn: readonly string[]) => drawn.filter(line => line.includes('openai '));
      expect(rowsOf(lines)).toEqual(rowsOf(without));
    }
    const said = new Set(Array.from({length: 16}, (_, more) => plain(scene, 60, 8 + more).at(-2)));
    expect([...said]).toEqual([
      '2 of 4 · 3 notes: ?',
      '2 of 4 · 2 more notes: ?',
      '2 of 4 · 1 more note: ?',
      '2 of 4 · ? shows the notes whole',
      '2 of 4',
    ]);
  });

  test('what the head says already is not said again', () => {
    expect(plain(told({...note('may still change'), code: 'provisional'})).join()).not.toContain('may still');
  });

  test('are read whole on the screen of keys, however small that is', () => {
    const scene = {...told(note(LONG)), isHelp: true};
    const read = new Set(Array.from({length: 30}, (_, helpTop) => plain({...scene, helpTop}, 40, 10)).flat());
    expect([...read].join(' ').replace(/ +/g, ' ')).toContain('and so on');
    expect(read).toContain('  q  Ctrl-C           quit');
    expect(plain({...scene, helpTop: 0}, 40, 10)).toContainEqual(expect.stringMatching(/^ {2}↓ \d+ more$/));
  });
});
