import {spawn} from 'node:child_process';
import {InterruptedError} from '../core/errors.ts';

/** How a program ended. */
export type Ending =
  | {readonly how: 'exited'; readonly code: number; readonly stdout: string}
  | {readonly how: 'killed'; readonly signal: string}
  | {readonly how: 'timed out'}
  | {readonly how: 'too much output'}
  /** `ENOENT` and its like. */
  | {readonly how: 'not started'; readonly code: string};

export interface CommandOptions {
  /** Whether the one word given is a line for the shell of the system. */
  readonly shell: boolean;
  readonly env: {readonly [name: string]: string | undefined};
  readonly signal: AbortSignal;
  /** Milliseconds after which it is killed. */
  readonly timeout: number;
}

/** More than this is no key. Bytes. */
const LIMIT = 64 * 1024;

/**
 * Runs a program to its end and keeps what it writes to stdout. It gets no stdin, and its stderr goes nowhere: either
 * may hold a secret. Throws InterruptedError if the signal is aborted.
 */
export function captureOutput(
  [program, ...args]: readonly [string, ...string[]],
  {shell, env, signal, timeout}: CommandOptions,
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {shell, env, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true});
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (ending: Ending | InterruptedError) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      child.kill('SIGKILL');
      child.stdout.destroy(); // what it has started may hold the other end open
      if (ending instanceof InterruptedError) reject(ending);
      else resolve(ending);
    };
    const onAbort = () => stop(new InterruptedError());
    const timer = setTimeout(() => stop({how: 'timed out'}), timeout);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LIMIT) stop({how: 'too much output'});
    });
    child.on('error', (error: NodeJS.ErrnoException) => stop({how: 'not started', code: error.code ?? ''}));
    child.on('close', (code, killer) => {
      if (code === null) stop({how: 'killed', signal: killer ?? 'a signal'});
      else stop({how: 'exited', code, stdout: Buffer.concat(chunks).toString('utf8')});
    });
  });
}
