import {InterruptedError} from '../core/errors.ts';
import {batched, type Chunks} from './batch.ts';
import type {Context} from './context.ts';

/** Writes an answer to stdout, chunk by chunk, at the speed of whoever reads. */
export async function writeToStdout(chunks: Chunks, {stdout, signal}: Context): Promise<void> {
  for await (const text of batched(chunks)) {
    if (signal.aborted) throw new InterruptedError();
    await stdout.write(text);
  }
}
