import {InputError, InterruptedError} from '../core/errors.ts';

const ESCAPE = '\u001b';
/** A whole sequence that a terminal sends for a key, or to mark where pasted text begins and ends. */
const SEQUENCE = /^(?:\u001b\[[\u0020-\u003f]*[\u0040-\u007e]|\u001bO[\u0020-\u007e])/;
/** What may yet become one, if more text comes. */
const UNFINISHED = /^\u001b(?:\[[\u0020-\u003f]{0,32}|O)?$/;

/** A line of input as a person edits it, without an echo. Knows keys, and nothing of streams. */
export class SecretLine {
  #typed: string[] = []; // code points, so that Backspace takes a whole one
  #rest = '';
  readonly #limit: number;

  /** @param limit characters that the line may have */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Takes what the terminal sent: a key, or pasted text as one chunk, perhaps cut anywhere. Gives the line once Enter
   * came, and undefined before. Throws InterruptedError at Ctrl-C; InputError at Ctrl-D on an empty line, and if the
   * line gets too long.
   */
  feed(chunk: string): string | undefined {
    let text = this.#rest + chunk;
    this.#rest = '';
    while (text !== '') {
      if (UNFINISHED.test(text)) {
        this.#rest = text;
        return undefined;
      }
      const key = SEQUENCE.exec(text)?.[0] ?? String.fromCodePoint(text.codePointAt(0) ?? 0);
      if (key === '\r' || key === '\n') return this.#typed.join('');
      this.#press(key);
      text = text.slice(key.length);
    }
    return undefined;
  }

  #press(key: string): void {
    switch (key) {
      case '\u0003': // Ctrl-C
        throw new InterruptedError();
      case '\u0004': // Ctrl-D
        if (this.#typed.length === 0)
          throw new InputError('no secret was given', {hint: 'type or paste it, then press Enter'});
        return;
      case '\u0015': // Ctrl-U
        this.#typed = [];
        return;
      case '\u007f': // Backspace, as most terminals send it
      case '\b':
        this.#typed.pop();
        return;
    }
    // A key without a character: an arrow, a paste mark, Tab and its kind.
    if (key.startsWith(ESCAPE) || /^\p{Cc}$/u.test(key)) return;
    if (this.#typed.length >= this.#limit)
      throw new InputError('the secret is too long', {rule: `at most ${this.#limit} characters`});
    this.#typed.push(key);
  }
}
