import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {decimal} from '../../src/core/money.ts';
import {parseExactJson} from '../../src/http/exact-json.ts';

/** JSON text of any value whose numbers are the given literals, beside what reading it must give. */
const literal = fc
  .tuple(fc.bigInt({min: -(10n ** 30n), max: 10n ** 30n}), fc.integer({min: 0, max: 25}), fc.boolean())
  .map(([digits, places, exponent]) => (exponent ? `${digits}e-${places}` : decimal(`${digits}e-${places}`)));

describe('parseExactJson', () => {
  it('keeps every digit of every number', () => {
    fc.assert(
      fc.property(fc.array(literal), literals => {
        const parsed = parseExactJson(`{"rows": [${literals.join(', ')}]}`) as {rows: (string | number)[]};
        expect(parsed.rows.map(value => decimal(value))).toEqual(literals.map(text => decimal(text)));
      }),
    );
  });

  it('is JSON.parse for everything else', () => {
    fc.assert(
      fc.property(fc.json({maxDepth: 4}), text => {
        const numbersAsText = JSON.stringify(parseExactJson(text), (_, value) =>
          typeof value === 'number' ? String(value) : value,
        );
        const expected = JSON.stringify(JSON.parse(text), (_, value) =>
          typeof value === 'number' ? String(value) : value,
        );
        expect(numbersAsText.replaceAll('"', '')).toHaveLength(expected.replaceAll('"', '').length);
      }),
    );
  });

  it('leaves digits inside text alone', () => {
    const hostile = {
      name: 'a, 1234567890123456789, b',
      more: '[12345678901234567890]',
      quote: '\\", 12345678901234567890,',
    };
    const text = `{"value": 12345678901234567890, "x": ${JSON.stringify(hostile)}}`;
    expect(parseExactJson(text)).toEqual({value: '12345678901234567890', x: hostile});
  });

  it('leaves any text alone, next to a long number', () => {
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom(...'0123456789,:[]{}\\" .eE-')}), value => {
        const text = JSON.stringify({value, number: 0}).replace('"number":0', '"number":0.12345678901234567');
        expect(parseExactJson(text)).toEqual({value, number: '0.12345678901234567'});
      }),
    );
  });

  it.each([
    '',
    '{',
    '{"a": 1',
    '[1,]',
    '{"a": 0.12345678901234567',
    'NaN',
    '{"a": NaN}',
    '{"a": 01}',
    '<html>',
    '{"a": 1e}',
    '[1234567890123456789012.]',
  ])('refuses %s as JSON.parse does', text => expect(() => parseExactJson(text)).toThrow(SyntaxError));

  it('does not turn 1e999 into Infinity', () => {
    expect(parseExactJson('[1e999]')).toEqual(['1e999']);
  });
});
