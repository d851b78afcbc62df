import {getOrAdd} from '../core/get-or-add.ts';
import {type Label, OTHER, UNATTRIBUTED} from '../core/record.ts';

/** Values by a path of labels. Labels are told apart by their ids; `OTHER` and `UNATTRIBUTED` by identity. */
export class LabelTree<T> {
  value: T | undefined;
  // Most are leaves: maps that nobody fills would be most of what a tree takes.
  #byId: Map<string, LabelTree<T>> | undefined;
  #special: Map<Label, LabelTree<T>> | undefined;

  /** The tree below a label, made the first time. */
  at(label: Label): LabelTree<T> {
    if (label === OTHER || label === UNATTRIBUTED) {
      this.#special ??= new Map();
      return getOrAdd(this.#special, label, () => new LabelTree());
    }
    this.#byId ??= new Map();
    return getOrAdd(this.#byId, label.id, () => new LabelTree());
  }
}
