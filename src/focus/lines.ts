import type {FocusColumn} from '../core/focus-columns.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import type {ChargeFacts} from '../drivers/focus-mapping.ts';
import type {Charge} from '../pipeline/charges.ts';
import {type CellMaker, cellMaker, type Material, type Subject} from './cells.ts';
import type {Encoder} from './encode.ts';
import {type LeftOut, priceOf} from './price.ts';

/** A line but for the cells that vary: pieces of finished text, one more than there are such cells. */
interface Template {
  readonly currency: string;
  readonly measured: boolean;
  readonly pieces: readonly string[];
}

/** Charges whose lines are remembered in part. */
const MOST_TEMPLATES = 20_000;

/**
 * Makes lines of charges. Most cells follow from the labels, which come again day after day: they are encoded once,
 * and a line is put together from what varies.
 */
export class LineMaker {
  readonly #subject: Subject;
  readonly #encoder: Encoder;
  readonly #makers: readonly CellMaker[];
  readonly #varying: readonly {readonly index: number; readonly maker: CellMaker}[];
  readonly #leftOut: (leftOut: LeftOut) => void;
  readonly #templates = new Map<string, Template[]>();

  constructor(
    subject: Subject,
    columns: readonly FocusColumn[],
    encoder: Encoder,
    leftOut: (leftOut: LeftOut) => void,
  ) {
    this.#subject = subject;
    this.#encoder = encoder;
    this.#leftOut = leftOut;
    this.#makers = columns.map(column => cellMaker(column, subject.mapping));
    this.#varying = this.#makers.flatMap((maker, index) => (maker.varies ? [{index, maker}] : []));
  }

  /** The lines of a charge: one for each national currency that its money is in. */
  lines(charge: Charge): string {
    const subject = this.#subject;
    const {prices, credits} = priceOf(charge, subject.rates, this.#leftOut);
    const {period, labels, quantities, billedFor} = charge;
    const {nameOf} = subject;
    const facts: ChargeFacts = {period, labels, quantities, billedFor, credits, nameOf};
    const isMeasured = Boolean(subject.mapping.columns.PricingQuantity?.value(facts));
    let lines = '';
    for (let index = 0; index < prices.length; index++) {
      const price = prices[index];
      if (price) lines += this.#line({charge, facts, subject, price, measured: isMeasured && index === 0});
    }
    return lines;
  }

  #line(material: Material): string {
    const {pieces} = this.#templateOf(material);
    let line = pieces[0] ?? '';
    for (let place = 0; place < this.#varying.length; place++) {
      const varying = this.#varying[place];
      if (!varying) continue;
      line += this.#encoder.cell(varying.maker.value(material) || null, varying.index) + pieces[place + 1];
    }
    return line;
  }

  #templateOf(material: Material): Template {
    const {charge, measured, price} = material;
    if (this.#templates.size > MOST_TEMPLATES) this.#templates.clear();
    const alike = getOrAdd(this.#templates, charge.key, () => []);
    let template = alike.find(known => known.measured === measured && known.currency === price.currency);
    if (!template) {
      template = {currency: price.currency, measured, pieces: this.#pieces(material)};
      alike.push(template);
    }
    return template;
  }

  #pieces(material: Material): string[] {
    const pieces: string[] = [];
    let piece = '';
    this.#makers.forEach((maker, index) => {
      piece += this.#encoder.lead(index);
      if (!maker.varies) piece += this.#encoder.cell(maker.value(material) || null, index);
      else {
        pieces.push(piece);
        piece = '';
      }
    });
    return [...pieces, piece + this.#encoder.tail];
  }
}
