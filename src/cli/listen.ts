import {InputError, InterruptedError} from '../core/errors.ts';

/** The part of Node's standard input that a question needs. */
export interface KeyInput {
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

/** Hands on what comes in until `take` gives a result or throws; then leaves the stream paused and unobserved. */
export async function listen<T>(
  {stdin, signal}: {readonly stdin: KeyInput; readonly signal?: AbortSignal | undefined},
  take: (text: string, ended: boolean) => T | undefined,
): Promise<T> {
  const decoder = new TextDecoder();
  const {promise, resolve, reject} = deferred<T>();
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
