import {randomBytes} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {type FileHandle, open, rm} from 'node:fs/promises';
import {join} from 'node:path';

/** Text that all lanes together may hold in memory before they go to disk, in UTF-16 units. */
const BUDGET = 16 * 1024 * 1024;

/**
 * Keeps lines until the whole of an account has answered: in memory while they are few, else in files that nobody
 * else may read and that go away with `dispose`. A lane for each slice keeps their order whoever answers first.
 */
export class Spool {
  readonly #folder: string;
  readonly #lanes: Lane[] = [];
  readonly #budget: number;
  #held = 0;

  /** `folder` is where files go if it comes to that. */
  constructor(folder: string, budget = BUDGET) {
    this.#folder = folder;
    this.#budget = budget;
  }

  lane(): Lane {
    const lane = new Lane(
      () => join(this.#folder, `.usage-focus-${randomBytes(9).toString('hex')}.tmp`),
      size => {
        this.#held += size;
        return this.#held > this.#budget;
      },
    );
    this.#lanes.push(lane);
    return lane;
  }

  /** All lines, lane by lane. */
  async *lines(): AsyncGenerator<string> {
    for (const lane of this.#lanes) yield* lane.lines();
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#lanes.map(lane => lane.dispose()));
  }
}

class Lane {
  readonly #path: () => string;
  /** Counts what is held; true: too much is. */
  readonly #hold: (size: number) => boolean;
  #texts: string[] = [];
  #size = 0;
  #file: {readonly handle: FileHandle; readonly path: string} | undefined;

  constructor(path: () => string, hold: (size: number) => boolean) {
    this.#path = path;
    this.#hold = hold;
  }

  /** Takes whole lines, each with its line feed. */
  async append(text: string): Promise<void> {
    this.#texts.push(text);
    this.#size += text.length;
    if (this.#hold(text.length)) await this.#spill();
  }

  async #spill(): Promise<void> {
    const texts = this.#texts;
    this.#hold(-this.#size);
    this.#texts = [];
    this.#size = 0;
    if (!this.#file) {
      const path = this.#path();
      this.#file = {path, handle: await open(path, 'wx', 0o600)};
    }
    await this.#file.handle.writeFile(texts.join(''));
  }

  /** Chunks of whole lines. */
  async *lines(): AsyncGenerator<string> {
    if (this.#file) {
      const input = createReadStream(this.#file.path, {encoding: 'utf8', highWaterMark: 256 * 1024});
      let rest = '';
      for await (const chunk of input as AsyncIterable<string>) {
        const end = chunk.lastIndexOf('\n') + 1;
        if (end === 0) rest += chunk;
        else {
          yield rest + chunk.slice(0, end);
          rest = chunk.slice(end);
        }
      }
      if (rest) yield rest;
    }
    yield* this.#texts;
  }

  async dispose(): Promise<void> {
    if (!this.#file) return;
    await this.#file.handle.close();
    await rm(this.#file.path, {force: true});
  }
}
