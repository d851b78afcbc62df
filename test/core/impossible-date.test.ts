import fc from 'fast-check';
import {expect, it} from 'vitest';
import {whyImpossible} from '../../src/core/impossible-date.ts';
import {parseDate} from '../../src/core/instant.ts';

it.each([
  ['2026-02-29', '2026-02 has the days 01 to 28'],
  ['2028-02-30', '2028-02 has the days 01 to 29'],
  ['2026-04-31', '2026-04 has the days 01 to 30'],
  ['2026-00', 'months are 01 to 12'],
  ['2026-13-01', 'months are 01 to 12'],
  ['2026-Q0', 'quarters are Q1 to Q4'],
])('%s: %s', (text, why) => {
  expect(whyImpossible(text)).toBe(why);
});

it('objects to a date if and only if it is none', () => {
  const two = (max: number) => fc.integer({min: 0, max}).map(number => String(number).padStart(2, '0'));
  fc.assert(
    fc.property(fc.integer({min: 1971, max: 2100}), two(14), two(33), (year, month, day) => {
      const text = `${year}-${month}-${day}`;
      expect(whyImpossible(text) === undefined).toBe(parseDate(text) !== undefined);
    }),
  );
  for (const other of ['mtd', '2026', '2026-11', '2026-Q4', '', 'yesterday'])
    expect(whyImpossible(other)).toBeUndefined();
});
