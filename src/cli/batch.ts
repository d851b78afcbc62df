/** An answer in pieces. */
export type Chunks = Iterable<string> | AsyncIterable<string>;

/** Small chunks are joined up to about this many characters: one write each would cost more than making them. */
const BATCH = 64 * 1024;

/** The same text in fewer pieces. */
export async function* batched(chunks: Chunks): AsyncGenerator<string> {
  let batch = '';
  for await (const chunk of chunks) {
    batch += chunk;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = '';
  }
  if (batch) yield batch;
}
