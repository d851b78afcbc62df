import {randomBytes} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {type FileHandle, open, rm} from 'node:fs/promises';
import {join} from 'node:path';

/** Bytes that all lanes together may hold in memory before they go to disk. */
const BUDGET = 16 * 1024 * 1024;

/**
 * Keeps lines until the whole of an account has answered: in memory while they are few, else in files that nobody
 * else may read and that go away with `dispose`. A lane for each slice keeps their order whoever answers first.
 */
export class Spool {
  readonly #folder: string;
  readonly #budget: number;
  readonly #lanes: Lane[] = [];
  #held = 0;

  /** `folder` is where files go if it comes to that. */
  constructor(folder: string, budget = BUDGET) {
    this.#folder = folder;
    this.#budget = budget;
  }

  lane(): Lane {
    const path = () => join(this.#folder, `.usage-focus-${randomBytes(9).toString('hex')}.tmp`);
    const lane = new Lane(path, size => {
      this.#held += size;
      return this.#held > this.#budget;
    });
    this.#lanes.push(lane);
    return lane;
  }

  /** All bytes, lane by lane. May be read more than once. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    for (const lane of this.#lanes) yield* lane.bytes();
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#lanes.map(lane => lane.dispose()));
  }
}

class Lane {
  readonly #path: () => string;
  /** Counts what is held; true: it is too much. */
  readonly #hold: (size: number) => boolean;
  #held: Buffer[] = [];
  #file: {readonly handle: FileHandle; readonly path: string} | undefined;

  constructor(path: () => string, hold: (size: number) => boolean) {
    this.#path = path;
    this.#hold = hold;
  }

  /** To be called again only when it has resolved. */
  async append(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    this.#held.push(bytes);
    if (this.#hold(bytes.length)) await this.#spill();
  }

  async #spill(): Promise<void> {
    const bytes = Buffer.concat(this.#held);
    this.#held = [];
    if (!this.#file) {
      const path = this.#path();
      this.#file = {path, handle: await open(path, 'wx', 0o600)};
    }
    await this.#file.handle.writeFile(bytes);
    this.#hold(-bytes.length);
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    if (this.#file) {
      yield* createReadStream(this.#file.path, {highWaterMark: 256 * 1024}) as AsyncIterable<Buffer>;
    }
    yield* this.#held;
  }

  async dispose(): Promise<void> {
    if (!this.#file) return;
    await this.#file.handle.close();
    await rm(this.#file.path, {force: true});
  }
}
