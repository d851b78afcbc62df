import {type Decimal, fromScaled, ZERO} from './money.ts';

/** Digits that a double holds for certain. */
const DIGITS = 15;
/** What a limb of so many digits counts up to. */
const LIMB = 10 ** DIGITS;
/** Factors that fill up a limb of which only so many digits were there. */
const POWERS = Array.from({length: DIGITS + 1}, (_, places) => 10 ** places);
const MINUS = 45;
const NOUGHT = 48;

/**
 * An exact running total. An amount is added in three limbs, each a double that stays a safe integer: the digits before
 * the point, the first fifteen behind it, and the fifteen after those. Whatever is longer is added as a big integer.
 * No rounding anywhere.
 */
export class Sum {
  #whole = 0;
  #first = 0;
  #second = 0;
  /** By number of decimal places. */
  #long: Map<number, bigint> | undefined;

  add(value: Decimal): this {
    if (value === ZERO) return this; // most of what is metered
    const start = value.charCodeAt(0) === MINUS ? 1 : 0;
    const point = value.indexOf('.', start);
    const end = point < 0 ? value.length : point;
    if (end - start > DIGITS || (point >= 0 && value.length - point - 1 > 2 * DIGITS))
      return this.#addLong(value);
    const sign = start === 0 ? 1 : -1;
    const whole = this.#whole + sign * digits(value, start, end);
    if (!Number.isSafeInteger(whole)) return this.#addLong(value);
    this.#whole = whole;
    if (point >= 0) this.#addPlaces(value, point + 1, sign);
    return this;
  }

  #addPlaces(value: Decimal, from: number, sign: number): void {
    const middle = from + DIGITS;
    if (value.length > middle) {
      this.#first += sign * digits(value, from, middle);
      this.#second +=
        sign * digits(value, middle, value.length) * (POWERS[middle + DIGITS - value.length] ?? 1);
      if (Math.abs(this.#second) >= LIMB) {
        const carry = Math.sign(this.#second);
        this.#second -= carry * LIMB;
        this.#first += carry;
      }
    } else {
      this.#first += sign * digits(value, from, value.length) * (POWERS[middle - value.length] ?? 1);
    }
    if (Math.abs(this.#first) >= LIMB) {
      const carry = Math.sign(this.#first);
      this.#first -= carry * LIMB;
      this.#whole += carry;
    }
  }

  #addLong(value: Decimal): this {
    const point = value.indexOf('.');
    const places = point < 0 ? 0 : value.length - point - 1;
    this.#long ??= new Map();
    this.#long.set(places, (this.#long.get(places) ?? 0n) + BigInt(value.replace('.', '')));
    return this;
  }

  get value(): Decimal {
    if (!this.#long && this.#first === 0 && this.#second === 0) return String(this.#whole) as Decimal;
    const limbs =
      (BigInt(this.#whole) * BigInt(LIMB) + BigInt(this.#first)) * BigInt(LIMB) + BigInt(this.#second);
    const slots = [[2 * DIGITS, limbs] as const, ...(this.#long ?? [])];
    const places = Math.max(...slots.map(([count]) => count));
    return fromScaled(
      slots.reduce((sum, [count, scaled]) => sum + scaled * 10n ** BigInt(places - count), 0n),
      places,
    );
  }
}

/** The number that these digits stand for; at most fifteen. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let place = from; place < to; place++) number = number * 10 + text.charCodeAt(place) - NOUGHT;
  return number;
}
