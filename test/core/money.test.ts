import Big from 'big.js';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  add,
  compareDecimals,
  type Decimal,
  decimal,
  divide,
  parseDecimal,
  shrink,
  sign,
  subtract,
  toPlaces,
} from '../../src/core/money.ts';
import {Sum} from '../../src/core/sum.ts';

/** Decimal texts as providers send them: short and long, signed, with exponents. */
const decimalText = fc
  .tuple(fc.boolean(), fc.bigInt({min: 0n, max: 10n ** 34n}), fc.integer({min: 0, max: 40}))
  .map(([negative, digits, places]) => `${negative ? '-' : ''}${digits}e-${places}`);
const anyDecimal = decimalText.map(text => decimal(text));

describe('parseDecimal', () => {
  it.each([
    ['412.070000000000123', '412.070000000000123'],
    ['0E-6176', '0'],
    ['-0.00', '0'],
    ['0.003627500000000000000000000000000000', '0.0036275'],
    ['12.50', '12.5'],
    ['1e3', '1000'],
    ['-1.5E-7', '-0.00000015'],
    ['007', '7'],
    ['1000', '1000'],
  ])('reads %s as %s', (text, plain) => expect(parseDecimal(text)).toBe(plain));

  it.each([
    '',
    ' 1',
    '1 ',
    'NaN',
    'Infinity',
    '-Infinity',
    '+1',
    '1.',
    '.5',
    '0x10',
    '1e',
    '1,5',
    '1_000',
    '1e999',
    '1e-999',
    '--1',
    '١',
  ])('refuses %j', text => expect(parseDecimal(text)).toBeUndefined());

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %s', value =>
    expect(parseDecimal(value)).toBeUndefined(),
  );

  it('expands no exponent that would fill memory', () => {
    expect(parseDecimal('1e999999999')).toBeUndefined();
    expect(parseDecimal('1e-999999999')).toBeUndefined();
  });

  it('is the inverse of printing', () => {
    fc.assert(fc.property(anyDecimal, value => void expect(parseDecimal(value)).toBe(value)));
  });

  it('keeps the value of every double of up to 15 digits', () => {
    fc.assert(
      fc.property(
        fc.integer({min: -(10 ** 15) + 1, max: 10 ** 15 - 1}),
        fc.integer({min: 0, max: 20}),
        (digits, places) => {
          const text = `${digits}e-${places}`;
          expect(parseDecimal(Number(text))).toBe(decimal(text));
        },
      ),
    );
  });
});

describe('Sum', () => {
  it('equals exact addition, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(anyDecimal, {maxLength: 60}), values => {
        const expected = values.reduce((total, value) => total.plus(value), new Big(0)).toFixed();
        const sum = values.reduce((total, value) => total.add(value), new Sum()).value;
        const backwards = values.reduceRight((total, value) => total.add(value), new Sum()).value;
        expect(decimal(sum)).toBe(decimal(expected));
        expect(backwards).toBe(sum);
      }),
    );
  });

  it('stays exact beyond the safe integers', () => {
    const sum = new Sum();
    for (let index = 0; index < 100; index++) sum.add(decimal('999999999999999'));
    expect(sum.value).toBe('99999999999999900');
  });

  it('does not know the error of floats', () => {
    expect(new Sum().add(decimal('0.1')).add(decimal('0.2')).value).toBe('0.3');
  });
});

describe('arithmetic', () => {
  it('subtracts what was added', () => {
    fc.assert(fc.property(anyDecimal, anyDecimal, (a, b) => void expect(subtract(add(a, b), b)).toBe(a)));
  });

  it('compares as subtraction signs', () => {
    fc.assert(
      fc.property(
        anyDecimal,
        anyDecimal,
        (a, b) => void expect(compareDecimals(a, b)).toBe(sign(subtract(a, b))),
      ),
    );
  });

  it('divides as big.js does, at any number of places', () => {
    const Exact = Big();
    fc.assert(
      fc.property(anyDecimal, anyDecimal, fc.integer({min: 0, max: 30}), (a, b, places) => {
        fc.pre(b !== '0');
        Exact.DP = places;
        expect(divide(a, b, places)).toBe(decimal(new Exact(a).div(b).toFixed()));
      }),
    );
  });

  it('moves the point as big.js multiplies', () => {
    fc.assert(
      fc.property(anyDecimal, fc.integer({min: 0, max: 20}), (value, places) => {
        expect(shrink(value, places)).toBe(decimal(new Big(value).times(new Big(10).pow(-places)).toFixed()));
      }),
    );
  });

  it('divides once, rounding half away from zero, and not by zero', () => {
    expect(divide(decimal('1'), decimal('3'), 6)).toBe('0.333333');
    expect(divide(decimal('-2'), decimal('3'), 2)).toBe('-0.67');
    expect(divide(decimal('1'), '0' as Decimal, 6)).toBeUndefined();
    expect(toPlaces(decimal('2.345'), 2)).toBe('2.35');
    expect(toPlaces(decimal('-2.345'), 2)).toBe('-2.35');
  });
});
