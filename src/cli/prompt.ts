import {InputError, InterruptedError} from '../core/errors.ts';
import {secretObjection} from '../store/account.ts';
import {SecretLine} from './secret-line.ts';

/** The part of Node's standard input that a prompt needs. */
interface SecretInput {
  readonly isTTY?: boolean | undefined;
  /** Terminals only: whether keys come one by one, without an echo. */
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
  off(event: 'end', listener: () => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface PromptIo {
  readonly stdin: SecretInput;
  readonly stderr: {write(text: string): unknown};
  /** Ends the wait with InterruptedError, as SIGTERM should. */
  readonly signal?: AbortSignal | undefined;
}

const LIMIT = 64 * 1024;

/**
 * Asks for a secret: at a terminal with a question on stderr and no echo, else by reading stdin to its end, where one
 * newline at the end is no part of it. Throws InputError if there is none, or it cannot be one; InterruptedError at
 * Ctrl-C. The terminal gets its usual mode back in any case.
 */
export async function readSecret(io: PromptIo, question: string): Promise<string> {
  const secret = io.stdin.isTTY ? await askHidden(io, question) : await readAll(io);
  if (secret === '')
    throw new InputError('no secret was given', {hint: 'type it at the prompt, or pipe it into stdin'});
  const objection = secretObjection(secret);
  if (objection) throw new InputError('what was given cannot be a secret', {rule: objection});
  return secret;
}

async function askHidden(io: PromptIo, question: string): Promise<string> {
  const line = new SecretLine(LIMIT);
  io.stdin.setRawMode?.(true);
  try {
    io.stderr.write(question);
    return await listen(io, (text, ended) => {
      if (ended) throw new InputError('the input ended before Enter');
      return line.feed(text);
    });
  } finally {
    io.stdin.setRawMode?.(false);
    io.stderr.write('\n'); // the Enter that was not echoed
  }
}

async function readAll(io: PromptIo): Promise<string> {
  let all = '';
  return listen(io, (text, ended) => {
    all += text;
    if (all.length > LIMIT)
      throw new InputError('the secret on stdin is too long', {rule: `at most ${LIMIT} characters`});
    return ended ? all.replace(/\r?\n$/, '') : undefined;
  });
}

/** Hands on what comes in until `take` gives a result or throws; then leaves the stream paused and unobserved. */
async function listen(
  io: PromptIo,
  take: (text: string, ended: boolean) => string | undefined,
): Promise<string> {
  const {stdin, signal} = io;
  const decoder = new TextDecoder();
  const {promise, resolve, reject} = deferred<string>();
  const step = (text: string, ended: boolean) => {
    try {
      const result = take(text, ended);
      if (result !== undefined) resolve(result);
    } catch (error) {
      reject(error);
    }
  };
  const onData = (chunk: Uint8Array | string) =>
    step(typeof chunk === 'string' ? chunk : decoder.decode(chunk, {stream: true}), false);
  const onEnd = () => step(decoder.decode(), true);
  const onError = (cause: Error) => reject(new InputError('stdin cannot be read', {cause}));
  const onAbort = () => reject(new InterruptedError());
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort);
  stdin.on('data', onData);
  stdin.on('end', onEnd);
  stdin.on('error', onError);
  try {
    stdin.resume();
    return await promise;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    stdin.off('data', onData);
    stdin.off('end', onEnd);
    stdin.off('error', onError);
    stdin.pause(); // or the process would wait for more
  }
}

/** Promise.withResolvers, which Node 20 does not have. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return {promise, resolve, reject};
}
