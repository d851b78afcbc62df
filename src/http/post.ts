import {SECOND_MS} from '../core/instant.ts';
import {whatFailed} from './failure.ts';
import {openWire, type TransportOptions} from './transport.ts';

interface PostOptions {
  readonly env: TransportOptions['env'];
  readonly signal: AbortSignal;
  /** For the whole of it, in milliseconds. */
  readonly timeout: number;
}

/**
 * Sends one JSON document by POST, once: no retry, no redirect, no credential. Gives undefined if it was taken (2xx),
 * else why not; never with more of the URL than its host, because the path of a web hook is a secret.
 */
export async function postJson(
  url: URL,
  json: string,
  {env, signal, timeout}: PostOptions,
): Promise<string | undefined> {
  const patience = AbortSignal.timeout(timeout);
  const stop = AbortSignal.any([signal, patience]);
  const wire = await openWire({connections: 1, env});
  const headers = {
    accept: '*/*',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(json)),
  };
  try {
    const {status} = await orStop(wire.send(url, headers, stop, json), stop);
    if (status >= 200 && status < 300) return undefined;
    const redirected = status >= 300 && status < 400 ? ': redirects are not followed' : '';
    return `${url.host} answered ${status}${redirected}`;
  } catch (cause) {
    if (signal.aborted) return 'interrupted';
    if (patience.aborted) return `${url.host} did not answer within ${timeout / SECOND_MS} s`;
    return `${url.host} ${whatFailed(cause)} (${reasonOf(cause)})`;
  } finally {
    await orStop(wire.close(), stop).catch(() => undefined);
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'for an unknown reason';
  return 'code' in cause ? String(cause.code) : cause.message;
}

/** Some clients try on without an ear for the signal: nobody waits for that. */
function orStop<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    work.then(resolve, reject);
    stop.addEventListener('abort', () => reject(stop.reason), {once: true});
    if (stop.aborted) reject(stop.reason);
  });
}
