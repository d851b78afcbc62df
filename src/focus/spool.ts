import {randomBytes} from 'node:crypto';
import {type FileHandle, open, rm} from 'node:fs/promises';
import {join} from 'node:path';

/** Bytes that all lanes together may hold in memory before they go to disk. */
const BUDGET = 16 * 1024 * 1024;
/** Bytes of lines that are kept, and read back, at a time. */
const CHUNK = 128 * 1024;
const READ = 2 * 1024 * 1024;
/** Bytes that one unit of UTF-16 may need in UTF-8. */
const MOST_BYTES = 3;

/**
 * Keeps lines until the whole of an account has answered: in memory while they are few, else in files that nobody
 * else may read and that go away with `dispose`. A lane for each slice keeps their order whoever answers first.
 */
export class Spool {
  readonly #folder: string;
  readonly #budget: number;
  readonly #lanes: Lane[] = [];
  readonly #chunks = new Chunks();
  #held = 0;

  /** `folder` is where files go if it comes to that. */
  constructor(folder: string, budget = BUDGET) {
    this.#folder = folder;
    this.#budget = budget;
  }

  lane(): Lane {
    const path = () => join(this.#folder, `.usage-focus-${randomBytes(9).toString('hex')}.tmp`);
    const lane = new Lane(path, this.#chunks, size => {
      this.#held += size;
      return this.#held > this.#budget;
    });
    this.#lanes.push(lane);
    return lane;
  }

  /** All bytes, lane by lane; each chunk is good until the next is asked for. May be read more than once. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    for (const lane of this.#lanes) yield* lane.bytes();
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#lanes.map(lane => lane.dispose()));
  }
}

/** What nobody needs any more is written to again: hundreds of megabytes of new buffers would be felt. */
class Chunks {
  readonly #free: Buffer[] = [];

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(CHUNK);
  }

  give(chunk: Buffer): void {
    if (chunk.length === CHUNK) this.#free.push(chunk);
  }
}

/** Some lines as bytes: the first `used` of a chunk. */
interface Held {
  readonly chunk: Buffer;
  used: number;
}

class Lane {
  readonly #path: () => string;
  readonly #chunks: Chunks;
  /** Counts what is held; true: it is too much. */
  readonly #hold: (size: number) => boolean;
  #held: Held[] = [];
  #file: {readonly handle: FileHandle; readonly path: string} | undefined;

  constructor(path: () => string, chunks: Chunks, hold: (size: number) => boolean) {
    this.#path = path;
    this.#chunks = chunks;
    this.#hold = hold;
  }

  /**
   * Takes a line, or some. True: too much is held, and `spill` is to be waited for before the next. A line at a time,
   * because text that is put together of many pieces is turned into bytes three times as fast while it is short.
   */
  add(text: string): boolean {
    const last = this.#held.at(-1);
    const most = text.length * MOST_BYTES;
    const fits = last !== undefined && last.used + most <= last.chunk.length;
    const held = fits
      ? last
      : {chunk: most > CHUNK ? Buffer.allocUnsafeSlow(most) : this.#chunks.take(), used: 0};
    if (!fits) this.#held.push(held);
    const size = held.chunk.write(text, held.used);
    held.used += size;
    return this.#hold(size);
  }

  async spill(): Promise<void> {
    const held = this.#held;
    this.#held = [];
    if (!this.#file) {
      const path = this.#path();
      this.#file = {path, handle: await open(path, 'wx+', 0o600)};
    }
    for (const {chunk, used} of held) {
      await this.#file.handle.writeFile(chunk.subarray(0, used));
      this.#hold(-used);
      this.#chunks.give(chunk);
    }
  }

  /** A chunk is good until the next is asked for. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    if (this.#file) yield* fromStart(this.#file.handle);
    for (const {chunk, used} of this.#held) yield chunk.subarray(0, used);
  }

  async dispose(): Promise<void> {
    if (!this.#file) return;
    await this.#file.handle.close();
    await rm(this.#file.path, {force: true});
  }
}

/** A stream would make a new buffer for each chunk, and take three times as long. */
async function* fromStart(file: FileHandle): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(READ);
  for (let position = 0; ; ) {
    const {bytesRead} = await file.read(buffer, 0, READ, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
