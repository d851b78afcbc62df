import type {LabelDimension} from '../core/dimension.ts';
import {add, type Decimal, type Money, ZERO} from '../core/money.ts';
import type {Period} from '../core/period.ts';
import {
  type BilledFor,
  type Label,
  type Labels,
  OTHER,
  type Quantities,
  type Record,
} from '../core/record.ts';
import type {Source, SourceQuery} from '../drivers/driver.ts';
import {allOrNothing} from './collect.ts';
import type {Connected} from './connected.ts';

/** Everything that fell on the same labels, unit and payer in one period: the finest that a provider bills. */
export interface Charge {
  /** Labels, unit and payer as one text: the very same for charges that differ in figures and period alone. */
  readonly key: string;
  readonly period: Period;
  readonly labels: Labels;
  /** One for each currency. */
  readonly costs: readonly Money[];
  readonly quantities: Quantities;
  readonly billedFor: BilledFor | undefined;
  readonly payer: string | undefined;
}

/** Takes the charges of one period of a slice, in the order in which they came; periods of a slice come in order. */
export type Take = (slice: number, charges: readonly Charge[]) => Promise<void> | void;

/**
 * Reads all slices of a source side by side and hands on its charges period by period, so that memory grows with the
 * charges of a day and not with those of the year. All or nothing: on the first failure the rest is given up and that
 * failure is thrown, so whoever takes must not tell anybody before this resolves.
 */
export async function collectCharges(
  connected: Connected,
  source: Source,
  slices: readonly SourceQuery[],
  take: Take,
): Promise<void> {
  await allOrNothing(
    connected,
    slices.map(async (slice, index) => {
      const book = new ChargeBook(slice.split);
      let period: Period | undefined;
      for await (const records of source.fetch(slice, connected.session)) {
        for (const record of records) {
          if (period && (period.start !== record.period.start || period.end !== record.period.end))
            await take(index, book.close());
          ({period} = record);
          book.add(record);
        }
      }
      await take(index, book.close());
    }),
  );
}

interface OpenCharge extends Charge {
  costs: readonly Money[];
  quantities: Quantities;
  billedFor: BilledFor | undefined;
  /** Which period it is of, counted from the first. */
  readonly round: number;
}

/** Labels that are remembered from one period to the next. */
const MOST_KEYS = 20_000;
const NOTHING: Quantities = {};

/** The charges of one period after the other. Rows that repeat their labels are added up, exactly. */
class ChargeBook {
  readonly #split: readonly LabelDimension[];
  /** The latest charge of each key: most keys come again in the next period, and are not made anew. */
  readonly #latest = new Map<string, OpenCharge>();
  #open: OpenCharge[] = [];
  /** Those of the period before. */
  #before: readonly Charge[] = [];
  #round = 0;

  constructor(split: readonly LabelDimension[]) {
    this.#split = split;
  }

  add(record: Record): void {
    const made = this.#expectedKey(record) ?? this.#key(record);
    const latest = this.#latest.get(made);
    if (latest?.round === this.#round) addTo(latest, record);
    else this.#begin(latest?.key ?? made, record);
  }

  #begin(key: string, {period, labels, cost, quantities = NOTHING, billedFor, payer}: Record): void {
    const charge = {
      key,
      period,
      labels,
      costs: cost ? [cost] : [],
      quantities,
      billedFor,
      payer,
      round: this.#round,
    };
    this.#latest.set(key, charge);
    this.#open.push(charge);
  }

  /** The charges of the period that ends here, in the order in which they came. */
  close(): readonly Charge[] {
    const charges = this.#open;
    this.#open = [];
    this.#before = charges;
    this.#round++;
    if (this.#latest.size > MOST_KEYS) this.#latest.clear();
    return charges;
  }

  /** APIs list a day in the order of the day before: comparing with that takes a third of making a key. */
  #expectedKey({labels, billedFor, payer}: Record): string | undefined {
    const expected = this.#before[this.#open.length];
    if (!expected || expected.payer !== payer || !billedFor !== !expected.billedFor) return undefined;
    if (billedFor?.unit !== expected.billedFor?.unit) return undefined;
    for (const dimension of this.#split)
      if (!isSame(labels[dimension], expected.labels[dimension])) return undefined;
    return expected.key;
  }

  /** Lengths keep hostile ids from running into each other. Money alone is apart from money with a quantity. */
  #key({labels, billedFor, payer = ''}: Record): string {
    const {unit = ''} = billedFor ?? {};
    let key = billedFor ? `q${unit.length}:${unit}` : '';
    for (const dimension of this.#split) {
      const label = labels[dimension];
      key += label === OTHER ? 'o' : label ? `${label.id.length}:${label.id}` : 'u';
    }
    return `${key}@${payer}`;
  }
}

/** (other) is no label that a provider could have given. */
const isSame = (one: Label | undefined, other: Label | undefined): boolean =>
  one === other || (one !== OTHER && other !== OTHER && one?.id === other?.id);

function addTo(charge: OpenCharge, {cost, quantities, billedFor}: Record): void {
  if (cost) charge.costs = withMoney(charge.costs, cost);
  if (quantities) {
    const sums: {[metric: string]: Decimal} = {...charge.quantities};
    for (const name in quantities) sums[name] = add(sums[name] ?? ZERO, quantities[name] ?? ZERO);
    charge.quantities = sums;
  }
  if (billedFor && charge.billedFor)
    charge.billedFor = {...charge.billedFor, quantity: add(charge.billedFor.quantity, billedFor.quantity)};
}

function withMoney(costs: readonly Money[], {currency, amount}: Money): readonly Money[] {
  if (!costs.some(cost => cost.currency === currency)) return [...costs, {currency, amount}];
  return costs.map(cost =>
    cost.currency === currency ? {currency, amount: add(cost.amount, amount)} : cost,
  );
}
