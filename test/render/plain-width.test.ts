import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, it} from 'vitest';
import {plainWidth} from '../../src/render/plain-width.ts';

const plain: string[] = [];
for (let point = 0; point <= 0x1ffff; point++) {
  const character = String.fromCodePoint(point);
  if (plainWidth(character) !== undefined) plain.push(character);
}

it('knows the width of a character as string-width does, or says that it does not', () => {
  const wrong = plain.filter(character => plainWidth(character) !== stringWidth(character));
  expect(wrong).toEqual([]);
  expect(plain.length).toBeGreaterThan(40_000);
});

it('adds up characters that stand alone, in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...plain)), characters => {
      const text = characters.join('');
      expect(plainWidth(text)).toBe(stringWidth(text));
    }),
    {numRuns: 2_000},
  );
});

it.each([
  'e\u0301',
  '👨‍👩‍👧',
  '🇯🇵',
  '👍🏽',
  '❤️',
  '1\ufe0f\u20e3',
  '\u1100\u1161',
  'ｶﾞ',
  'a\u200bb',
  '\u001b[1m',
])('leaves %j to a library that knows graphemes', text => expect(plainWidth(text)).toBeUndefined());
