import {
  absolute,
  type Currency,
  compareDecimals,
  type Decimal,
  decimal,
  multiply,
  sign,
  toPlaces,
  ZERO,
} from '../core/money.ts';
import {sanitize} from './sanitize.ts';

// Figures for people: the only place that rounds. All arithmetic is exact until `toPlaces`, and a figure that is not
// zero never reads as zero.

/** Thousands separators for plain decimal text. */
function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const separated = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

const withoutZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
const isZero = (text: string): boolean => /^[0.]*$/.test(text);

/**
 * Writes a rounded figure with its sign and unit; what would round to nothing is `<` the smallest figure shown, or
 * `>` its negative.
 */
function signed(value: Decimal, places: number, write: (figure: string) => string): string {
  const rounded = toPlaces(absolute(value), places);
  const minus = sign(value) < 0 ? '-' : '';
  if (value === ZERO || !isZero(rounded)) return minus + write(rounded);
  return (minus ? '>-' : '<') + write(toPlaces(decimal(`1e-${places}`), places));
}

/**
 * `$1,234.57`; other currencies by their code: `12.50 EUR`. Prepaid credits and hundredths of a credit, of which nobody
 * bills a part: `7,000 cr`, `1,250 cr¢`.
 */
export const money = (amount: Decimal, currency: Currency): string =>
  signed(amount, 2, figure => {
    if (currency === 'USD') return `$${grouped(figure)}`;
    if (/(?:^|_)CREDIT_CENTS$/.test(currency)) return `${withoutZeros(grouped(figure))} cr¢`;
    if (/_CREDITS$/.test(currency)) return `${withoutZeros(grouped(figure))} cr`;
    return `${grouped(figure)} ${sanitize(currency)}`;
  });

/** All integer digits, and up to two places: `1,234,567`, `0.25`. */
export const quantity = (value: Decimal): string => signed(value, 2, figure => withoutZeros(grouped(figure)));

const STEPS = [
  {suffix: 'k', factor: decimal('1e-3')},
  {suffix: 'M', factor: decimal('1e-6')},
  {suffix: 'B', factor: decimal('1e-9')},
  {suffix: 'T', factor: decimal('1e-12')},
] as const;

const EXACT_BELOW = decimal(10_000);
const TEN = decimal(10);
const THOUSAND = decimal(1_000);
const HUNDRED = decimal(100);

/** Headline counts: exact below 10,000, then three or four digits: `932.1k`, `1.24M`, `12.3B`. */
export function compact(value: Decimal): string {
  const size = absolute(value);
  if (compareDecimals(size, EXACT_BELOW) < 0) return quantity(value);
  const minus = sign(value) < 0 ? '-' : '';
  let text = '';
  for (const {suffix, factor} of STEPS) {
    const scaled = multiply(size, factor);
    const rounded = toPlaces(scaled, compareDecimals(scaled, TEN) < 0 ? 2 : 1);
    text = `${minus}${grouped(rounded)}${suffix}`;
    // Compares what is shown, so that 999,960 reads 1.00M and not 1,000.0k.
    if (compareDecimals(decimal(rounded), THOUSAND) < 0) return text;
  }
  return text;
}

/** A part of 1 as `12.3%`. */
export const share = (value: Decimal): string => signed(multiply(value, HUNDRED), 1, figure => `${figure}%`);

/** Hundredths as `12.3%`. */
export const percent = (value: Decimal): string => signed(value, 1, figure => `${grouped(figure)}%`);

/** A relative change with its sign: `+12.3%`, `-4.0%`, `0.0%`; ten times and more is only `>+999%`. */
export function change(value: Decimal): string {
  if (compareDecimals(absolute(value), TEN) >= 0) return sign(value) < 0 ? '<-999%' : '>+999%';
  const rounded = toPlaces(multiply(absolute(value), HUNDRED), 1);
  if (isZero(rounded)) return '0.0%';
  return `${sign(value) < 0 ? '-' : '+'}${grouped(rounded)}%`;
}
