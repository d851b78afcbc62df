import {type Decimal, fromScaled, ZERO} from './money.ts';

/** Digits that a double holds for certain; up to here scaled integers are exact and fast. */
const SAFE_DIGITS = 15;
const POWERS = Array.from({length: SAFE_DIGITS + 1}, (_, places) => 10 ** places);

/**
 * An exact running total. Amounts are added as integers, one slot for each number of decimal places: as doubles while
 * they are safe, as big integers beyond. No rounding anywhere.
 */
export class Sum {
  readonly #safe: number[] = [];
  readonly #long = new Map<number, bigint>();

  add(value: Decimal): this {
    if (value === ZERO) return this; // most of what is metered
    const point = value.indexOf('.');
    const places = point < 0 ? 0 : value.length - point - 1;
    if (value.length <= SAFE_DIGITS) {
      const sum = (this.#safe[places] ?? 0) + Math.round(Number(value) * (POWERS[places] ?? 1));
      if (Number.isSafeInteger(sum)) {
        this.#safe[places] = sum;
        return this;
      }
    }
    const digits = point < 0 ? value : value.slice(0, point) + value.slice(point + 1);
    this.#long.set(places, (this.#long.get(places) ?? 0n) + BigInt(digits));
    return this;
  }

  get value(): Decimal {
    const slots = [...this.#safe.entries(), ...this.#long].filter(([, scaled]) => scaled);
    const places = Math.max(0, ...slots.map(([count]) => count));
    const total = slots.reduce(
      (sum, [count, scaled]) => sum + BigInt(scaled) * 10n ** BigInt(places - count),
      0n,
    );
    return fromScaled(total, places);
  }
}
