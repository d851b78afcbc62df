import {PassThrough} from 'node:stream';
import type {Output} from '../../src/cli/context.ts';

/** Text and the sequences that Ink and our colours use. */
const PART = /\u001b\[(\??[\d;]*)([A-Za-z])|\r|\n|[^\u001b\r\n]+/g;

/** Then a test says what is on the screen in place of what it waits for. */
const PATIENCE_MS = 15_000;

/** A terminal in memory: understands what is written to it, and tells what a person would see. */
export class Terminal implements Output {
  readonly isTerminal = true;
  readonly columns: number;
  readonly terminal: NodeJS.WriteStream;
  /** Everything that was written, escape sequences included. */
  raw = '';
  isCursorShown = true;
  /** Whether the second screen is shown, which leaves the first one as it was. */
  isAlternate = false;
  /** Where the cursor is, from 0. */
  row = 0;
  column = 0;
  readonly #lines: string[] = [''];
  #awaited: {readonly seen: (screen: string) => boolean; readonly resolve: () => void}[] = [];

  constructor(columns: number, rows: number) {
    this.columns = columns;
    const stream = new PassThrough();
    stream.on('data', (chunk: Buffer) => this.#take(chunk.toString()));
    this.terminal = Object.assign(stream, {isTTY: true, columns, rows}) as NodeJS.WriteStream & PassThrough;
  }

  write(text: string): Promise<void> {
    return new Promise(resolve => this.terminal.write(text, () => resolve()));
  }

  /** What a person sees, without the empty lines at the end. */
  get screen(): string {
    return this.#lines
      .map(line => line.trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** Resolves once the screen is as wanted. */
  until(seen: (screen: string) => boolean): Promise<void> {
    if (seen(this.screen)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error(`this is not what was waited for:\n${this.screen}`));
      const timer = setTimeout(late, PATIENCE_MS);
      this.#awaited.push({
        seen,
        resolve: () => {
          clearTimeout(timer);
          resolve();
        },
      });
    });
  }

  #take(text: string): void {
    this.raw += text;
    for (const [part, parameters = '', command] of text.matchAll(PART)) {
      if (command) this.#obey(command, parameters);
      else if (part === '\r') this.column = 0;
      else if (part === '\n') this.#moveTo(this.row + 1, 0);
      else this.#print(part);
    }
    for (const {seen, resolve} of this.#awaited) if (seen(this.screen)) resolve();
  }

  #obey(command: string, parameters: string): void {
    const count = Number(parameters || '1');
    if (command === 'm' || parameters === '?2026')
      return; // colours; drawing held back and released
    else if (command === 'A') this.#moveTo(Math.max(0, this.row - count), this.column);
    else if (command === 'B') this.#moveTo(this.row + count, this.column);
    else if (command === 'G') this.column = count - 1;
    else if (command === 'K')
      this.#lines[this.row] = parameters === '2' ? '' : this.#line.slice(0, this.column);
    else if (command === 'J' && parameters !== '2') this.#lines.splice(this.row + 1);
    else if (parameters === '?25') this.isCursorShown = command === 'h';
    else if (parameters === '?1049') this.isAlternate = command === 'h';
    else if (parameters === '?2004')
      return; // pasting is marked as such
    else throw new Error(`this terminal does not know ${JSON.stringify(parameters + command)}`);
  }

  get #line(): string {
    return this.#lines[this.row] ?? '';
  }

  #moveTo(row: number, column: number): void {
    while (this.#lines.length <= row) this.#lines.push('');
    this.row = row;
    this.column = column;
  }

  #print(text: string): void {
    const line = this.#line.padEnd(this.column);
    this.#lines[this.row] = line.slice(0, this.column) + text + line.slice(this.column + text.length);
    this.column += text.length;
  }
}
