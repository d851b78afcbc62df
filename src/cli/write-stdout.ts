import {InterruptedError} from '../core/errors.ts';
import {batched, type Chunks} from './batch.ts';
import type {Context} from './context.ts';

/** Writes an answer to stdout, chunk by chunk, at the speed of whoever reads. Throws InterruptedError at Ctrl-C. */
export async function writeToStdout(chunks: Chunks, {stdout, signal}: Context): Promise<void> {
  for await (const text of batched(chunks)) await unlessAborted(stdout.write(text), signal);
}

/** A reader who does not read would hold up Ctrl-C for ever. */
function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(new InterruptedError());
  return new Promise((resolve, reject) => {
    const stop = () => reject(new InterruptedError());
    signal.addEventListener('abort', stop, {once: true});
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
