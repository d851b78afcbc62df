import type {Period} from '../core/period.ts';
import type {CellMaker, Material} from './cells.ts';
import type {Encoder} from './encode.ts';

/** Columns side by side that are made of the same things, so that their text is kept as long as those stay. */
export class Part {
  readonly by: CellMaker['by'];
  readonly #encoder: Encoder;
  readonly #cells: {readonly index: number; readonly value: CellMaker['value']}[] = [];
  #period: Period | undefined;
  #text = '';

  constructor(by: CellMaker['by'], encoder: Encoder) {
    this.by = by;
    this.#encoder = encoder;
  }

  add(index: number, {value}: CellMaker): void {
    this.#cells.push({index, value});
  }

  /**
   * A line with this part behind it. Text that is added up stays a tree of its parts until it is written, and is to be
   * walked then: what is kept is joined, and the line grows at one end only, which is a fifth of the way.
   */
  extend(line: string, material: Material): string {
    if (this.by === 'figures') {
      const encoder = this.#encoder;
      let longer = line;
      for (const {index, value} of this.#cells) {
        longer += encoder.lead(index);
        longer += encoder.cell(value(material) || null, index);
      }
      return longer;
    }
    const {period} = material.charge;
    if (this.#period !== period) {
      this.#text = this.text(material);
      this.#period = period;
    }
    return line + this.#text;
  }

  text(material: Material): string {
    const encoder = this.#encoder;
    return this.#cells
      .flatMap(({index, value}) => [encoder.lead(index), encoder.cell(value(material) || null, index)])
      .join('');
  }
}

/** A line in as few parts as its columns allow. */
export function partsOf(makers: readonly CellMaker[], encoder: Encoder): readonly Part[] {
  const parts: Part[] = [];
  makers.forEach((maker, index) => {
    let last = parts.at(-1);
    if (last?.by !== maker.by) {
      last = new Part(maker.by, encoder);
      parts.push(last);
    }
    last.add(index, maker);
  });
  return parts;
}
