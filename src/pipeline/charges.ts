import type {LabelDimension} from '../core/dimension.ts';
import {add, type Currency, type Decimal, ZERO} from '../core/money.ts';
import type {Period} from '../core/period.ts';
import {type Labels, OTHER, type Record} from '../core/record.ts';
import type {Source, SourceQuery} from '../drivers/driver.ts';
import {allOrNothing} from './collect.ts';
import type {Connected} from './connected.ts';

/** Everything that fell on the same labels, unit and payer in one period: the finest that a provider bills. */
export interface Charge {
  /** Labels, unit and payer as one text: the same for charges that differ in figures and period alone. */
  readonly key: string;
  readonly period: Period;
  readonly labels: Labels;
  readonly costs: ReadonlyMap<Currency, Decimal>;
  readonly quantities: {readonly [metric: string]: Decimal};
  readonly billedFor: {readonly quantity: Decimal; readonly unit: string | undefined} | undefined;
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
      let book = new ChargeBook(slice.split);
      let period: Period | undefined;
      for await (const record of source.fetch(slice, connected.session)) {
        if (period && (period.start !== record.period.start || period.end !== record.period.end)) {
          await take(index, book.charges());
          book = new ChargeBook(slice.split);
        }
        ({period} = record);
        book.add(record);
      }
      await take(index, book.charges());
    }),
  );
}

interface OpenCharge extends Charge {
  readonly costs: Map<Currency, Decimal>;
  readonly quantities: {[metric: string]: Decimal};
  billedFor: Charge['billedFor'];
}

/** The charges of one period. Rows that repeat their labels are added up, exactly. */
class ChargeBook {
  readonly #split: readonly LabelDimension[];
  readonly #charges = new Map<string, OpenCharge>();

  constructor(split: readonly LabelDimension[]) {
    this.#split = split;
  }

  add(record: Record): void {
    const {period, labels, cost, quantities, billedFor, payer} = record;
    const key = this.#key(record);
    const known = this.#charges.get(key);
    if (!known) {
      this.#charges.set(key, {
        key,
        period,
        labels,
        costs: new Map(cost ? [[cost.currency, cost.amount]] : []),
        quantities: {...quantities},
        billedFor: billedFor && {quantity: billedFor.quantity, unit: billedFor.unit},
        payer,
      });
      return;
    }
    if (cost) known.costs.set(cost.currency, add(known.costs.get(cost.currency) ?? ZERO, cost.amount));
    for (const name in quantities)
      known.quantities[name] = add(known.quantities[name] ?? ZERO, quantities[name] ?? ZERO);
    if (billedFor && known.billedFor)
      known.billedFor = {...known.billedFor, quantity: add(known.billedFor.quantity, billedFor.quantity)};
  }

  charges(): readonly Charge[] {
    return [...this.#charges.values()];
  }

  /** Lengths keep hostile ids from running into each other. Money alone is apart from money with a quantity. */
  #key({labels, billedFor, payer = ''}: Record): string {
    let key = billedFor ? `q${billedFor.unit ?? ''} ` : '';
    for (const dimension of this.#split) {
      const label = labels[dimension];
      key += label === OTHER ? 'o' : label ? `${label.id.length}:${label.id}` : 'u';
    }
    return `${key}@${payer}`;
  }
}
