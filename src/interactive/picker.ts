import type {Key} from './key.ts';
import type {Choice} from './question.ts';

/** A list to pick one thing from. */
export class Picker {
  readonly title: string;
  readonly labels: readonly string[];
  /** What is shown already; -1 if that is none of these. */
  readonly current: number;
  readonly #take: (index: number) => void;
  #cursor: number;

  private constructor(title: string, choices: readonly Choice<unknown>[], take: (index: number) => void) {
    this.title = title;
    this.labels = choices.map(({label}) => label);
    this.current = choices.findIndex(({isCurrent}) => isCurrent);
    this.#take = take;
    this.#cursor = Math.max(0, this.current);
  }

  static of<T>(title: string, choices: readonly Choice<T>[], take: (value: T) => void): Picker {
    return new Picker(title, choices, index => {
      const choice = choices[index];
      if (choice) take(choice.value);
    });
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** Takes a key; true once the list is done with, whether something was picked or not. */
  press(key: Key): boolean {
    const last = this.labels.length - 1;
    const name =
      key.name === 'text'
        ? ({j: 'down', k: 'up', l: 'open', h: 'back', q: 'back'}[key.text] ?? '')
        : key.name;
    if (name === 'back' || name === 'erase') return true;
    if (name === 'open') {
      this.#take(this.#cursor);
      return true;
    }
    if (name === 'down') this.#cursor = Math.min(last, this.#cursor + 1);
    if (name === 'up') this.#cursor = Math.max(0, this.#cursor - 1);
    if (name === 'first' || name === 'page-up') this.#cursor = 0;
    if (name === 'last' || name === 'page-down') this.#cursor = last;
    return false;
  }
}
