import {getOrAdd} from '../core/get-or-add.ts';
import type {Instant} from '../core/instant.ts';
import {type Currency, type Decimal, subtract, ZERO} from '../core/money.ts';
import {Sum} from '../core/sum.ts';
import type {Group} from './aggregate.ts';

/** By currency. */
export type Costs = ReadonlyMap<Currency, Decimal>;
type Sums = Map<Currency, Sum>;
type DaySums = Map<Currency, Map<Instant, Sum>>;

const newSum = (): Sum => new Sum();
const newDays = (): Map<Instant, Sum> => new Map();

/** What one account contributes to the spend of a scope. */
export class Part {
  readonly #costs: Sums = new Map();
  #days: DaySums = new Map();
  /** Of the running day, where that had to be asked for by itself. */
  #running: Part | undefined;

  add(group: Group): void {
    for (const [currency, {total, days}] of group.costs) {
      getOrAdd(this.#costs, currency, newSum).add(total.value);
      const into = getOrAdd(this.#days, currency, newDays);
      for (const [day, sum] of days) getOrAdd(into, day, newSum).add(sum.value);
    }
  }

  get costs(): Costs {
    return valuesOf(this.#costs);
  }

  /** Whether the days come to the whole. */
  get isDated(): boolean {
    return [...this.#costs].every(([currency, {value}]) => {
      const sum = newSum();
      for (const day of this.#days.get(currency)?.values() ?? []) sum.add(day.value);
      return sum.value === value;
    });
  }

  get days(): ReadonlyMap<Currency, ReadonlyMap<Instant, Sum>> {
    return this.#days;
  }

  /** Takes the days of another telling of the same, which asked for each day. */
  takeDays(from: Part | undefined): void {
    this.#days = from ? from.#days : new Map();
  }

  takeRunning(from: Part | undefined): void {
    this.#running = from ?? new Part();
  }

  /** What it came to up to the running day; undefined if that is not known. */
  before(today: Instant): Costs | undefined {
    if (this.#running) return difference(this.costs, this.#running.costs);
    if (!this.isDated) return undefined;
    const sums: Sums = new Map();
    for (const [currency, days] of this.#days) {
      for (const [day, sum] of days) if (day < today) getOrAdd(sums, currency, newSum).add(sum.value);
    }
    return valuesOf(sums);
  }
}

/** Adds up what several came to; days are given as sums by currency and day. */
export function addCosts(all: readonly Costs[]): Costs {
  const sums: Sums = new Map();
  for (const costs of all) for (const [currency, value] of costs) getOrAdd(sums, currency, newSum).add(value);
  return valuesOf(sums);
}

export function addDays(parts: readonly Part[]): ReadonlyMap<Currency, ReadonlyMap<Instant, Decimal>> {
  const all: DaySums = new Map();
  for (const {days} of parts) {
    for (const [currency, byDay] of days) {
      const into = getOrAdd(all, currency, newDays);
      for (const [day, sum] of byDay) getOrAdd(into, day, newSum).add(sum.value);
    }
  }
  return new Map([...all].map(([currency, days]) => [currency, valuesOf(days)]));
}

const difference = (whole: Costs, part: Costs): Costs =>
  new Map([...whole].map(([currency, value]) => [currency, subtract(value, part.get(currency) ?? ZERO)]));

const valuesOf = <K>(sums: ReadonlyMap<K, Sum>): ReadonlyMap<K, Decimal> =>
  new Map([...sums].map(([key, sum]) => [key, sum.value]));
