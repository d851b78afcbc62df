import type {FocusColumn} from '../core/focus-columns.ts';
import type {ChargeFacts} from '../drivers/focus-mapping.ts';
import type {Charge} from '../pipeline/charges.ts';
import {cellMaker, type Material, type Subject} from './cells.ts';
import type {Encoder} from './encode.ts';
import {type Part, partsOf} from './parts.ts';
import {type LeftOut, priceOf} from './price.ts';

/** What a line has from its labels and its currency: the texts of those parts, in order. */
interface Template {
  readonly currency: string;
  readonly measured: boolean;
  readonly texts: readonly string[];
  /** Another one of the same labels. */
  readonly next: Template | undefined;
}

/** Charges whose lines are remembered in part. */
const MOST_TEMPLATES = 20_000;

/**
 * Makes lines of charges. Most cells follow from the labels, which come again day after day: they are encoded once,
 * and a line is put together from what varies.
 */
export class LineMaker {
  readonly #subject: Subject;
  readonly #parts: readonly Part[];
  readonly #tail: string;
  readonly #leftOut: (leftOut: LeftOut) => void;
  readonly #templates = new Map<string, Template>();

  constructor(
    subject: Subject,
    columns: readonly FocusColumn[],
    encoder: Encoder,
    leftOut: (leftOut: LeftOut) => void,
  ) {
    this.#subject = subject;
    this.#leftOut = leftOut;
    const makers = columns.map(column => cellMaker(column, subject.mapping));
    this.#parts = partsOf(makers, encoder);
    this.#tail = encoder.tail;
  }

  /** The lines of a charge: one for each national currency that its money is in. */
  lines(charge: Charge): string {
    const subject = this.#subject;
    const {prices, credits} = priceOf(charge, subject.rates, this.#leftOut);
    const {period, labels, quantities, billedFor} = charge;
    const {nameOf} = subject;
    const facts: ChargeFacts = {period, labels, quantities, billedFor, credits, nameOf};
    const quantity = subject.mapping.columns.PricingQuantity?.value(facts) ?? null;
    let lines = '';
    for (let index = 0; index < prices.length; index++) {
      const price = prices[index];
      const isFirst = index === 0;
      if (price)
        lines += this.#line({charge, facts, subject, price, isFirst, quantity: isFirst ? quantity : null});
    }
    return lines;
  }

  #line(material: Material): string {
    const {texts} = this.#templateOf(material);
    let line = '';
    let place = 0;
    for (const part of this.#parts)
      line = part.by === 'labels' ? line + texts[place++] : part.extend(line, material);
    return line + this.#tail;
  }

  #templateOf(material: Material): Template {
    const {charge, quantity, price} = material;
    const measured = Boolean(quantity);
    const first = this.#templates.get(charge.key);
    for (let known = first; known; known = known.next)
      if (known.measured === measured && known.currency === price.currency) return known;
    if (this.#templates.size > MOST_TEMPLATES) this.#templates.clear();
    const texts = this.#parts.flatMap(part => (part.by === 'labels' ? part.text(material) : []));
    const template = {currency: price.currency, measured, texts, next: first};
    this.#templates.set(charge.key, template);
    return template;
  }
}
