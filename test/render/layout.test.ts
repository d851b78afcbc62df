import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {
  clip,
  fitColumns,
  type Measured,
  MIN_SUBJECT,
  MIN_TEXT,
  pad,
  widthOf,
} from '../../src/render/layout.ts';

const graphemesOf = (text: string): string[] =>
  Array.from(new Intl.Segmenter('en').segment(text), ({segment}) => segment);

const columns = fc.array(
  fc.record({
    natural: fc.integer({min: 1, max: 70}),
    shrinkable: fc.boolean(),
    rank: fc.integer({min: 0, max: 5}),
  }),
  {maxLength: 14},
);
const widths = fc.integer({min: 20, max: 220});

const least = ({natural, shrinkable}: Measured): number =>
  shrinkable ? Math.min(natural, MIN_TEXT) : natural;
/** What a column keeps while there is another to drop. */
const comfortable = (column: Measured): number =>
  column.shrinkable && column.rank === 0 ? Math.min(column.natural, MIN_SUBJECT) : least(column);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const lineOf = (numbers: readonly number[], gap: number): number =>
  sum(numbers) + gap * Math.max(0, numbers.length - 1);

describe('fitColumns', () => {
  test('the line fits wherever the columns that must stay do', () => {
    fc.assert(
      fc.property(columns, widths, (given, width) => {
        const {gap, kept} = fitColumns(given, width);
        const mustStay = given.filter(({rank}) => rank === 0).map(least);
        if (lineOf(mustStay, gap) > width) return;
        expect(
          lineOf(
            kept.map(column => column.width),
            gap,
          ),
        ).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('figures keep their width, words at least the minimum, nothing grows', () => {
    fc.assert(
      fc.property(columns, widths, (given, width) => {
        for (const {index, width: got} of fitColumns(given, width).kept) {
          expect(got).toBeLessThanOrEqual(given[index]!.natural);
          expect(got).toBeGreaterThanOrEqual(least(given[index]!));
        }
      }),
    );
  });

  test('every column is kept or dropped, in order; rank 0 stays and a higher rank goes first', () => {
    fc.assert(
      fc.property(columns, widths, (given, width) => {
        const {kept, dropped} = fitColumns(given, width);
        const stay = kept.map(({index}) => index);
        expect([...stay, ...dropped].toSorted((a, b) => a - b)).toEqual(given.map((_, index) => index));
        expect(stay).toEqual(stay.toSorted((a, b) => a - b));
        const ranks = (indexes: readonly number[]): number[] => indexes.map(index => given[index]!.rank);
        expect(Math.min(Infinity, ...ranks(dropped))).toBeGreaterThanOrEqual(
          dropped.length > 0 ? Math.max(1, ...ranks(stay)) : 1,
        );
      }),
    );
  });

  test('nothing is dropped or cut that fits', () => {
    fc.assert(
      fc.property(columns, widths, (given, width) => {
        const natural = given.map(column => column.natural);
        const {gap, kept, dropped} = fitColumns(given, width);
        if (lineOf(given.map(comfortable), 2) <= width) expect(dropped).toEqual([]);
        if (lineOf(natural, 2) <= width) expect(kept.map(column => column.width)).toEqual(natural);
        if (lineOf(natural, 3) <= width) expect(gap).toBe(3);
      }),
    );
  });

  test('the widest words give way first', () => {
    const word = (natural: number): Measured => ({natural, shrinkable: true, rank: 0});
    const {kept} = fitColumns([word(20), word(60), word(10)], 64);
    expect(kept.map(({width}) => width)).toEqual([20, 30, 10]);
  });

  test('figures that must stay make the line longer', () => {
    const figure = (natural: number, rank: number): Measured => ({natural, shrinkable: false, rank});
    expect(fitColumns([figure(50, 0), figure(5, 1), figure(50, 0)], 60)).toEqual({
      gap: 2,
      kept: [
        {index: 0, width: 50},
        {index: 2, width: 50},
      ],
      dropped: [1],
    });
  });
});

const texts = fc.oneof(
  fc.string({unit: 'grapheme', maxLength: 60}),
  fc
    .array(fc.constantFrom('a', 'é', 'e\u0301', '東', '👩‍🚀', '🇩🇪', 'हि', '…', '█', '한'), {maxLength: 60})
    .map(parts => parts.join('')),
);

describe('clip', () => {
  test('fits, loses nothing that would have fitted, and cuts between graphemes only', () => {
    fc.assert(
      fc.property(texts, fc.integer({min: 1, max: 40}), (text, width) => {
        const cut = clip(text, width);
        expect(stringWidth(cut)).toBeLessThanOrEqual(width);
        if (stringWidth(text) <= width) expect(cut).toBe(text);
        else {
          const kept = graphemesOf(cut.slice(0, -1));
          expect(cut.endsWith('…')).toBe(true);
          expect(kept).toEqual(graphemesOf(text).slice(0, kept.length));
          const next = graphemesOf(text)[kept.length] ?? '';
          expect(stringWidth(kept.join('') + next)).toBeGreaterThan(width - 1);
        }
      }),
      {numRuns: 1_000},
    );
  });

  test('reads no further than it has to', () => {
    expect(clip('東'.repeat(1_000_000), 9)).toBe('東東東東…');
  });
});

test('a padded text has exactly its width, on either side', () => {
  fc.assert(
    fc.property(texts, fc.integer({min: 1, max: 60}), (text, width) => {
      const cut = clip(text, width);
      const space = ' '.repeat(width - stringWidth(cut));
      expect(pad(cut, width, 'left')).toBe(cut + space);
      expect(pad(cut, width, 'right')).toBe(space + cut);
    }),
  );
});

test('the fast path measures as the slow one does', () => {
  fc.assert(
    fc.property(
      fc.string({unit: fc.integer({min: 0x20, max: 0x25ff}).map(code => String.fromCharCode(code))}),
      text => {
        expect(widthOf(text)).toBe(stringWidth(text));
      },
    ),
    {numRuns: 2_000},
  );
  for (let code = 0x20; code < 0x2600; code++) {
    const char = String.fromCharCode(code);
    expect(widthOf(char), `U+${code.toString(16)}`).toBe(stringWidth(char));
  }
});
