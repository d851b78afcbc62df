type Chunk = string | Uint8Array;

/** An answer in pieces. */
export type Chunks = Iterable<Chunk> | AsyncIterable<Chunk>;

/** Small chunks are joined up to about this many characters: one write each would cost more than making them. */
const BATCH = 64 * 1024;

/** The same in fewer pieces; bytes stay as they are. */
export async function* batched(chunks: Chunks): AsyncGenerator<Chunk> {
  let batch = '';
  for await (const chunk of chunks) {
    if (typeof chunk === 'string') batch += chunk;
    if (typeof chunk === 'string' && batch.length < BATCH) continue;
    if (batch) yield batch;
    if (typeof chunk !== 'string') yield chunk;
    batch = '';
  }
  if (batch) yield batch;
}
