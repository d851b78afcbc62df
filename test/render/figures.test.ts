import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decimal} from '../../src/core/money.ts';
import {change, compact, money, quantity, share} from '../../src/render/figures.ts';

const decimals = fc
  .tuple(fc.bigInt({min: -(10n ** 30n), max: 10n ** 30n}), fc.integer({min: 0, max: 20}))
  .map(([digits, places]) => decimal(`${digits}e-${places}`));

describe('money', () => {
  test.each([
    ['0', 'USD', '$0.00'],
    ['1234.565', 'USD', '$1,234.57'],
    ['-1234567.891', 'USD', '-$1,234,567.89'],
    ['0.005', 'USD', '$0.01'],
    ['0.0049', 'USD', '<$0.01'],
    ['-0.0049', 'USD', '>-$0.01'],
    ['12.5', 'EUR', '12.50 EUR'],
    ['-12.5', 'EUR', '-12.50 EUR'],
    ['0.001', 'EUR', '<0.01 EUR'],
    ['3', 'CREDITS', '3.00 CREDITS'],
    ['12345', 'LAB_CREDIT_CENTS', '12,345 cr¢'],
    ['12345.678', 'CREDIT_CENTS', '12,345.68 cr¢'],
    ['0.001', 'CREDIT_CENTS', '<0.01 cr¢'],
    ['100', 'ACCREDIT_CENTS', '100.00 ACCREDIT_CENTS'],
    ['1', 'X\u001b[31mY', '1.00 XY'],
    ['123456789012345678901234567890', 'USD', '$123,456,789,012,345,678,901,234,567,890.00'],
  ])('%s %s is %s', (amount, currency, expected) => expect(money(decimal(amount), currency)).toBe(expected));
});

describe('quantity', () => {
  test.each([
    ['0', '0'],
    ['999', '999'],
    ['1234567', '1,234,567'],
    ['1234.5', '1,234.5'],
    ['0.126', '0.13'],
    ['100', '100'],
    ['-1000.10', '-1,000.1'],
    ['0.001', '<0.01'],
    ['-0.001', '>-0.01'],
  ])('%s is %s', (value, expected) => expect(quantity(decimal(value))).toBe(expected));
});

describe('compact', () => {
  test.each([
    ['0', '0'],
    ['9999', '9,999'],
    ['10000', '10.0k'],
    ['932104', '932.1k'],
    ['999949', '999.9k'],
    ['999950', '1.00M'],
    ['1240000', '1.24M'],
    ['-12345678', '-12.3M'],
    ['999999999', '1.00B'],
    ['1240000000000', '1.24T'],
    ['1234567000000000', '1,234.6T'],
  ])('%s is %s', (value, expected) => expect(compact(decimal(value))).toBe(expected));
});

describe('share and change', () => {
  test.each([
    ['0', '0.0%'],
    ['0.1234', '12.3%'],
    ['1', '100.0%'],
    ['0.0001', '<0.1%'],
    ['-0.0001', '>-0.1%'],
    ['-0.5', '-50.0%'],
  ])('a share of %s is %s', (value, expected) => expect(share(decimal(value))).toBe(expected));

  test.each([
    ['0', '0.0%'],
    ['0.1234', '+12.3%'],
    ['-0.04', '-4.0%'],
    ['0.00001', '0.0%'],
    ['-0.00001', '0.0%'],
    ['9.999', '+999.9%'],
    ['10', '>+999%'],
    ['-1026', '<-999%'],
  ])('a change of %s is %s', (value, expected) => expect(change(decimal(value))).toBe(expected));
});

test('no figure but zero reads as zero, and the sign is always told', () => {
  fc.assert(
    fc.property(decimals, value => {
      for (const text of [money(value, 'USD'), quantity(value), compact(value)]) {
        expect(/[1-9]/.test(text)).toBe(value !== '0');
        expect(text.includes('-')).toBe(value.startsWith('-'));
      }
    }),
  );
});

test('a quantity keeps all its integer digits', () => {
  fc.assert(
    fc.property(fc.bigInt({min: -(10n ** 60n), max: 10n ** 60n}), value => {
      expect(quantity(decimal(String(value))).replaceAll(',', '')).toBe(String(value));
    }),
  );
});
