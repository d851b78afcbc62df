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
 * else may read and that go away whatever happens to this process. A lane for each slice keeps their order whoever
 * answers first.
 */
export class Spool {
  readonly #folder: string;
  readonly #budget: number;
  readonly #lanes: Lane[] = [];
  readonly #chunks = new Chunks();

  /** `folder` is where files go if it comes to that. */
  constructor(folder: string, budget = BUDGET) {
    this.#folder = folder;
    this.#budget = budget;
  }

  lane(): Lane {
    const path = () => join(this.#folder, `.usage-focus-${randomBytes(9).toString('hex')}.tmp`);
    const lane = new Lane(path, this.#chunks);
    this.#lanes.push(lane);
    return lane;
  }

  /** Whether more is held than should be: then `relieve` is to be waited for before the next line. */
  get isFull(): boolean {
    return this.#chunks.held > this.#budget;
  }

  /** Sends to disk what the fullest lane holds: the others would be sent in many small pieces. */
  async relieve(): Promise<void> {
    const [fullest] = this.#lanes.toSorted((one, other) => other.held - one.held);
    await fullest?.spill();
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
  /** Bytes of lines in all lanes together. */
  held = 0;

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
  /** Bytes in memory. */
  held = 0;
  #lines: Held[] = [];
  #file: FileHandle | undefined;
  /** What is being written to disk. */
  #writing: Promise<void> = Promise.resolve();

  constructor(path: () => string, chunks: Chunks) {
    this.#path = path;
    this.#chunks = chunks;
  }

  /**
   * Takes a line, or some. A line at a time, because text that is put together of many pieces is turned into bytes
   * three times as fast while it is short.
   */
  add(text: string): void {
    const last = this.#lines.at(-1);
    const most = text.length * MOST_BYTES;
    const fits = last !== undefined && last.used + most <= last.chunk.length;
    const line = fits
      ? last
      : {chunk: most > CHUNK ? Buffer.allocUnsafeSlow(most) : this.#chunks.take(), used: 0};
    if (!fits) this.#lines.push(line);
    const size = line.chunk.write(text, line.used);
    line.used += size;
    this.held += size;
    this.#chunks.held += size;
  }

  /** Sends to disk what is held, behind what was sent before. */
  spill(): Promise<void> {
    const lines = this.#lines;
    this.#chunks.held -= this.held;
    this.#lines = [];
    this.held = 0;
    this.#writing = this.#writing.then(() => this.#write(lines));
    return this.#writing;
  }

  async #write(lines: readonly Held[]): Promise<void> {
    this.#file ??= await openNameless(this.#path());
    for (const {chunk, used} of lines) {
      await this.#file.writeFile(chunk.subarray(0, used));
      this.#chunks.give(chunk);
    }
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    await this.#writing;
    if (this.#file) yield* fromStart(this.#file);
    for (const {chunk, used} of this.#lines) yield chunk.subarray(0, used);
  }

  async dispose(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#file?.close();
  }
}

/** A file without a name goes away with whoever has it open, even if that is killed. */
async function openNameless(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx+', 0o600);
  try {
    await rm(path);
  } catch (error) {
    await file.close();
    throw error;
  }
  return file;
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
