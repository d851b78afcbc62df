import {add, type Decimal, decimal, ZERO} from './money.ts';

/** Digits that a double holds for certain; up to here scaled integers are exact and fast. */
const SAFE_DIGITS = 15;
const POWERS = Array.from({length: SAFE_DIGITS + 1}, (_, places) => 10 ** places);

/**
 * An exact running total. Amounts of up to 15 digits are added as integers, one slot for each number of decimal
 * places; what is longer, or would leave the safe integers, goes through the decimal library. No rounding anywhere.
 */
export class Sum {
  readonly #slots: number[] = [];
  #rest: Decimal = ZERO;

  add(value: Decimal): this {
    const point = value.indexOf('.');
    const places = point < 0 ? 0 : value.length - point - 1;
    if (value.length > SAFE_DIGITS) {
      this.#rest = add(this.#rest, value);
      return this;
    }
    const scaled = Math.round(Number(value) * (POWERS[places] ?? 1));
    const sum = (this.#slots[places] ?? 0) + scaled;
    if (Number.isSafeInteger(sum)) {
      this.#slots[places] = sum;
    } else {
      this.#rest = add(this.#rest, value);
    }
    return this;
  }

  get value(): Decimal {
    return this.#slots.reduce<Decimal>(
      (total, scaled, places) => (scaled ? add(total, decimal(`${scaled}e-${places}`)) : total),
      this.#rest,
    );
  }
}
