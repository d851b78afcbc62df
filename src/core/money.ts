import Big from 'big.js';

// A strict constructor of our own: it throws on JavaScript numbers, so no float can slip in.
const Exact = Big();
Exact.strict = true;

/**
 * An exact decimal as plain text: no exponent, no leading plus, no superfluous zeros ("-0.5", "412.070000000000123").
 * Text is what providers send and what JSON and CSV must hold, so it is the representation from the wire to the file.
 */
export type Decimal = string & {readonly __decimal: unique symbol};

/** A currency code in upper case: ISO 4217, or a provider's own unit such as `MIOSA_CREDIT_CENTS`. */
export type Currency = string;

export interface Money {
  readonly amount: Decimal;
  readonly currency: Currency;
}

export const ZERO = '0' as Decimal;

const CANONICAL = /^(?:0|-?(?:[1-9]\d{0,39}|0(?=\.))(?:\.\d{0,99}[1-9])?)$/;
/** Canonical but for zeros at the end: what costs look like that were printed to a fixed number of places. */
const PADDED = /^-?(?:[1-9]\d{0,39}|0)\.\d{0,99}0$/;
const NUMERIC = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Beyond these no amount is believable, and expanding the exponent would only fill memory. */
const MAX_INTEGER_DIGITS = 100;
const MAX_PLACES = 400;

/**
 * Reads a JSON number or the text of one. Undefined for anything else: NaN, Infinity, empty, padded, or out of reach.
 * A number must have at most 15 significant digits to be exact; http/exact-json hands longer ones on as text.
 */
export function parseDecimal(input: string | number): Decimal | undefined {
  if (Number.isSafeInteger(input)) return String(input) as Decimal;
  const text = typeof input === 'number' ? String(input) : input;
  if (CANONICAL.test(text)) return text as Decimal;
  if (PADDED.test(text)) return withoutZeros(text);
  if (!NUMERIC.test(text)) return undefined;
  const value = new Exact(text);
  if (value.eq('0')) return ZERO; // "0E-6176" and "-0.00" too
  if (value.e >= MAX_INTEGER_DIGITS || value.c.length - value.e - 1 > MAX_PLACES) return undefined;
  return value.toFixed() as Decimal;
}

/** A whole number of `10 ** -places` as a decimal. */
export function fromScaled(scaled: bigint, places: number): Decimal {
  const text = withPoint(String(scaled < 0n ? -scaled : scaled), places);
  return (scaled < 0n ? `-${text}` : text) as Decimal;
}

/** A `10 ** places`th of a value. Its digits are the same, so that nothing is worked out: a fiftieth of the time. */
export function shrink(value: Decimal, places: number): Decimal {
  if (value === ZERO) return ZERO;
  const digits = absolute(value).replace('.', '');
  const text = withPoint(digits, places + placesOf(value));
  return (value.startsWith('-') ? `-${text}` : text) as Decimal;
}

/** Digits with a point before the last so many of them. */
function withPoint(digits: string, places: number): string {
  if (places === 0) return digits;
  const all = digits.padStart(places + 1, '0');
  const point = all.length - places;
  return withoutZeros(`${all.slice(0, point)}.${all.slice(point)}`);
}

function withoutZeros(text: string): Decimal {
  let end = text.length;
  while (text[end - 1] === '0') end--;
  if (text[end - 1] === '.') end--;
  const plainText = text.slice(0, end);
  return (plainText === '-0' ? ZERO : plainText) as Decimal;
}

/** For literals of ours, such as limits and made-up data. Throws on text that is no decimal. */
export function decimal(text: string | number): Decimal {
  const value = parseDecimal(text);
  if (value === undefined) throw new RangeError(`not a decimal: ${text}`);
  return value;
}

const exact = (value: Decimal): Big => new Exact(value);
const plain = (value: Big): Decimal => (value.eq('0') ? ZERO : (value.toFixed() as Decimal));

export const add = (a: Decimal, b: Decimal): Decimal => plain(exact(a).plus(b));
export const subtract = (a: Decimal, b: Decimal): Decimal => plain(exact(a).minus(b));
export const multiply = (a: Decimal, b: Decimal): Decimal => plain(exact(a).times(b));

export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const difference = Number(a) - Number(b);
  // Doubles that are well apart are in the order of what they stand for; the others are looked at digit by digit.
  if (Math.abs(difference) > Math.abs(Number(a)) * 1e-12) return difference < 0 ? -1 : 1;
  return a === b ? 0 : exact(a).cmp(b);
}

export const sign = (value: Decimal): -1 | 0 | 1 => (value === ZERO ? 0 : value.startsWith('-') ? -1 : 1);
export const absolute = (value: Decimal): Decimal =>
  value.startsWith('-') ? (value.slice(1) as Decimal) : value;

/** Rounds half away from zero to so many places and keeps trailing zeros: for people only. */
export const toPlaces = (value: Decimal, places: number): string =>
  exact(value).toFixed(places, Exact.roundHalfUp);

/** The one division: half away from zero at so many places. Undefined when dividing by zero. */
export function divide(a: Decimal, b: Decimal, places: number): Decimal | undefined {
  if (b === ZERO) return undefined;
  // Both as whole numbers of the same unit; the quotient twice as fine, so that its last bit tells which way to round.
  const unit = Math.max(placesOf(a), placesOf(b));
  const [dividend, divisor] = [scaled(absolute(a), unit), scaled(absolute(b), unit)];
  const halves = (dividend * 2n * 10n ** BigInt(places)) / divisor;
  const rounded = (halves + 1n) / 2n;
  return fromScaled(sign(a) === sign(b) ? rounded : -rounded, places);
}

const placesOf = (value: Decimal): number => {
  const point = value.indexOf('.');
  return point < 0 ? 0 : value.length - point - 1;
};

const scaled = (value: Decimal, places: number): bigint =>
  BigInt(value.replace('.', '')) * 10n ** BigInt(places - placesOf(value));

/** For drawing only (sparklines, bars): never for a figure. */
export const approximate = (value: Decimal): number => Number(value);
