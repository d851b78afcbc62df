import type {LabelDimension} from '../core/dimension.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import type {Currency} from '../core/money.ts';
import {OTHER, type Record} from '../core/record.ts';
import {Sum} from '../core/sum.ts';
import type {Filters} from '../drivers/driver.ts';

/** Applies to records the filters that an API does not know, and remembers what it could not judge. */
export class RecordFilter {
  readonly #wanted: readonly (readonly [LabelDimension, ReadonlySet<string>])[];
  /** Cost in `(other)`: it may hold some of what was asked for, but nobody can say how much. */
  readonly undecided = new Map<Currency, Sum>();

  constructor(dimensions: readonly LabelDimension[], filters: Filters) {
    this.#wanted = dimensions.map(dimension => [dimension, new Set(filters[dimension])] as const);
  }

  passes(record: Record): boolean {
    for (const [dimension, values] of this.#wanted) {
      const label = record.labels[dimension];
      if (label === OTHER) this.#remember(record);
      if (!label || label === OTHER) return false;
      if (!values.has(label.id) && !(label.name !== undefined && values.has(label.name))) return false;
    }
    return true;
  }

  #remember({cost}: Record): void {
    if (cost) getOrAdd(this.undecided, cost.currency, () => new Sum()).add(cost.amount);
  }
}
