import type {LabelDimension} from '../core/dimension.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import type {Currency} from '../core/money.ts';
import {OTHER, type Record} from '../core/record.ts';
import {Sum} from '../core/sum.ts';
import type {Filters} from '../drivers/driver.ts';

/** Applies to records the filters that an API does not know, and remembers what it could not judge. */
export class RecordFilter {
  readonly #wanted: readonly (readonly [LabelDimension, ReadonlySet<string | undefined>])[];
  readonly #seen = new Map<LabelDimension, Set<string | undefined>>();
  /** Cost in `(other)`: it may hold some of what was asked for, but nobody can say how much. */
  readonly undecided = new Map<Currency, Sum>();

  constructor(dimensions: readonly LabelDimension[], filters: Filters) {
    this.#wanted = dimensions.map(dimension => [dimension, new Set(filters[dimension])] as const);
  }

  /** Whether a record has what is wanted. Looks at all its labels in any case, to know which values there are. */
  passes(record: Record): boolean {
    let excluded = false;
    let undecided = false;
    for (const [dimension, values] of this.#wanted) {
      const label = record.labels[dimension];
      if (label === OTHER) {
        undecided = true;
        continue;
      }
      const found = label ? [label.id, label.name].filter(text => values.has(text)) : [];
      if (found.length === 0) excluded = true;
      for (const text of found) getOrAdd(this.#seen, dimension, () => new Set()).add(text);
    }
    if (undecided && !excluded) this.#remember(record);
    return !undecided && !excluded;
  }

  hasSeen(dimension: LabelDimension, value: string): boolean {
    return this.#seen.get(dimension)?.has(value) ?? false;
  }

  #remember({cost}: Record): void {
    if (cost) getOrAdd(this.undecided, cost.currency, () => new Sum()).add(cost.amount);
  }
}
