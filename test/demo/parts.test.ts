import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decimal, multiply} from '../../src/core/money.ts';
import {fixedText, significantDigits} from '../../src/demo/fixed.ts';
import {type Json, JsonNumber, writeJson} from '../../src/demo/json.ts';
import {around, draw, hash, hex, mix, opaque, uuid} from '../../src/demo/random.ts';
import {come, RHYTHMS} from '../../src/demo/rhythm.ts';

describe('JSON', () => {
  test('is what JSON.stringify writes', () =>
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(JSON.parse(writeJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    ));

  test('writes numbers of any length, and leaves out what is undefined', () => {
    const text = writeJson({
      a: new JsonNumber('0.12345678901234567890'),
      b: undefined,
      c: [null, true, 'é"\n'],
    });
    expect(text).toBe('{"a":0.12345678901234567890,"c":[null,true,"é\\"\\n"]}');
  });
});

describe('fixed decimals', () => {
  test('are the whole number over a power of ten', () =>
    fc.assert(
      fc.property(fc.bigInt({min: 0n, max: 10n ** 40n}), fc.integer({min: 0, max: 34}), (value, places) => {
        const text = fixedText(value, places);
        expect(decimal(text)).toBe(text);
        expect(multiply(decimal(text), decimal(`1e${places}`))).toBe(decimal(String(value)));
      }),
    ));

  test('know their digits', () => {
    expect(['0.00120', '12.5', '20.333333333333332'].map(significantDigits)).toEqual([3, 3, 17]);
  });
});

describe('chance', () => {
  test('is the same for the same name, in every run', () => {
    expect([hash('atlas'), mix(7, 3), hex('x', 8), opaque('x', 8)]).toEqual([
      hash('atlas'),
      mix(7, 3),
      hex('x', 8),
      opaque('x', 8),
    ]);
    expect(hash('atlas')).toBe(2_007_111_325);
    expect(uuid('x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('is spread evenly, and around the middle', () => {
    const draws = Array.from({length: 4_000}, (_, index) => draw(hash('even'), index));
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02);
    for (const [index] of draws.entries()) {
      expect(around(3, index, 0.2)).toBeGreaterThan(0.8);
      expect(around(3, index, 0.2)).toBeLessThan(1.2);
    }
  });

  test('differs between neighbours', () => {
    const names = new Set(Array.from({length: 5_000}, (_, index) => hash(`name ${index}`)));
    expect(names.size).toBe(5_000);
  });
});

test('what has come of a day never falls, and ends at the whole', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(RHYTHMS)),
      fc.integer({min: 0, max: 1_000_000}),
      fc.integer({min: 0, max: 86_400_000}),
      fc.integer({min: 0, max: 86_400_000}),
      fc.double({min: 0, max: 0.99, noNaN: true}),
      (rhythm, total, a, b, lead) => {
        expect(come(total, rhythm, Math.min(a, b), lead)).toBeLessThanOrEqual(
          come(total, rhythm, Math.max(a, b), lead),
        );
        expect([come(total, rhythm, 0, lead), come(total, rhythm, 86_400_000, lead)]).toEqual([0, total]);
      },
    ),
  ));
