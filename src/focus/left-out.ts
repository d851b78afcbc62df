import {getOrAdd} from '../core/get-or-add.ts';
import type {Currency} from '../core/money.ts';
import {Sum} from '../core/sum.ts';
import type {LeftOut} from './price.ts';

/** Adds up money that no row can hold, to say so. */
export class LeftOutBook {
  readonly #sums = new Map<Currency, {readonly sum: Sum; count: number}>();

  add({currency, amount}: LeftOut): void {
    const entry = getOrAdd(this.#sums, currency, () => ({sum: new Sum(), count: 0}));
    entry.sum.add(amount);
    entry.count++;
  }

  /** One sentence for each currency of which something is missing. */
  sentences(): {readonly currency: Currency; readonly text: string}[] {
    return [...this.#sums].map(([currency, {sum, count}]) => {
      const rows = `${count} ${count === 1 ? 'charge' : 'charges'}`;
      return {currency, text: `${rows}, ${sum.value} ${currency} in all,`};
    });
  }
}
