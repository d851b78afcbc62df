import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {sanitize} from '../../src/render/sanitize.ts';

const ESC = '\u001b';
/** Text as an attacker mixes it: ordinary, arbitrary and made of pieces of escape sequences. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({unit: 'binary'}),
      fc.constantFrom(
        ESC,
        '\u009b',
        '\u009d',
        '[',
        ']',
        ';',
        'm',
        '31',
        '\\',
        '\u0007',
        '\u202e',
        '\u200d',
        '\ufe0f',
        '👩',
      ),
    ),
  )
  .map(parts => parts.join(''));

describe('escape sequences', () => {
  test.each([
    ['colour', `a${ESC}[31;1mred${ESC}[0mb`, 'aredb'],
    ['8-bit CSI', 'a\u009b2Jb', 'ab'],
    ['cut off CSI', `a${ESC}[12;3`, 'a'],
    ['title, ended by BEL', `a${ESC}]0;pwned\u0007b`, 'ab'],
    ['title, ended by ST', `a${ESC}]0;pwned${ESC}\\b`, 'ab'],
    ['8-bit OSC, ended by 8-bit ST', 'a\u009d0;pwned\u009cb', 'ab'],
    ['unterminated OSC', `a${ESC}]0;pwned`, 'a'],
    ['hyperlink', `${ESC}]8;;http://evil.example${ESC}\\safe${ESC}]8;;${ESC}\\`, 'safe'],
    ['DCS', `a${ESC}P1$r0m${ESC}\\b`, 'ab'],
    ['APC', `a${ESC}_payload${ESC}\\b`, 'ab'],
    ['reset', `a${ESC}cb`, 'ab'],
    ['charset', `a${ESC}(0b`, 'ab'],
    ['lone escape', `a${ESC}`, 'a'],
    ['an escape inside an escape', `${ESC}${ESC}[31m[31mx`, '[31mx'],
  ])('%s', (_, given, expected) => expect(sanitize(given)).toBe(expected));
});

describe('characters', () => {
  test.each([
    ['line breaks and tabs become one space', 'a\r\nb\tc\u2028d\u0085e', 'a b c d e'],
    ['NUL, backspace and DEL go', 'a\u0000b\u0008c\u007fd', 'abcd'],
    ['bidi overrides, isolates and marks go', '\u202eabc\u202c\u2066d\u2069\u200f\u061c', 'abcd'],
    ['zero width goes', 'a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg', 'abcdefg'],
    ['fillers go', 'a\u3164b\uffa0c\u115fd', 'abcd'],
    ['lone surrogates are replaced', '\ud800a\udc00', '\ufffda\ufffd'],
    [
      'emoji keep their joiners',
      '👩‍🚀 ❤️ 1️⃣ 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      '👩‍🚀 ❤️ 1️⃣ 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ],
    ['joiners between other emoji go', '🍕\u200d🚀', '🍕🚀'],
    ['scripts stay', 'हिन्दी ไทย 東京 עברית é', 'हिन्दी ไทย 東京 עברית é'],
    ['piled marks are cut', `a${'\u0301'.repeat(500)}b`, `a${'\u0301'.repeat(8)}b`],
    ['endless graphemes are replaced', `x${'\u1100'.repeat(100)}`, 'x\ufffd'],
  ])('%s', (_, given, expected) => expect(sanitize(given)).toBe(expected));
});

test('printable ASCII is left as it is', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme-ascii'}), text => {
      expect(sanitize(text)).toBe(text);
    }),
  );
});

test('nothing live is left of any text, and cleaning twice changes nothing', () => {
  fc.assert(
    fc.property(hostile, text => {
      const clean = sanitize(text);
      expect(clean).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(clean).not.toMatch(/[\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/);
      expect(sanitize(clean)).toBe(clean);
    }),
    {numRuns: 2_000},
  );
});

test('a name without end is cut', () => {
  for (const unit of ['a', '東', '👩\u200d', ESC, `${ESC}]8;;`, `${ESC}[1;`, '\u200d', '\u0301', '\ud800']) {
    expect(sanitize(unit.repeat(1_000_000 / unit.length)).length).toBeLessThanOrEqual(4_096);
  }
});
