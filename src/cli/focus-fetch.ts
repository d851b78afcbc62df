import {closeSync, constants, createReadStream, createWriteStream, openSync, writeSync} from 'node:fs';
import {mkdtemp, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {InputError, InterruptedError, ProviderError, UsageError} from '../core/errors.ts';
import {SECOND_MS} from '../core/instant.ts';
import {asFailure} from '../focus/open.ts';
import {whatFailed} from '../http/failure.ts';
import {openTransport} from '../http/transport.ts';
import type {Context} from './context.ts';

/** Sent as a bearer token with the address that a file comes from. */
const TOKEN_VARIABLE = 'USAGE_FOCUS_TOKEN';

export const isAddress = (source: string): boolean => /^https?:\/\//i.test(source);

/** Only `-` needs stdin; an account never is that. */
export type FetchContext = Pick<Context, 'env' | 'signal'> & Partial<Pick<Context, 'stdin'>>;

/** A file on this disk that holds what a source says; `dispose` takes it away again if it was made for this run. */
export interface Fetched {
  readonly path: string;
  dispose(): Promise<void>;
}

/**
 * Brings a source to this disk, where it can be read as often as is needed: an address is downloaded, `-` is
 * stdin, and a pipe (`<(…)`) is read once as well.
 * The copy is for its owner alone. Throws InputError for what cannot be a source, ProviderError if the server refuses.
 * @param timeout seconds
 */
export async function fetchSource(source: string, timeout: number, context: FetchContext): Promise<Fetched> {
  const url = isAddress(source) ? checkAddress(source) : undefined;
  if (!url && source !== '-' && !(await isPipe(source)))
    return {path: source, dispose: async () => undefined};
  const folder = await mkdtemp(join(tmpdir(), 'usage-focus-'));
  const dispose = () => rm(folder, {recursive: true, force: true});
  const path = join(folder, 'source');
  try {
    if (url) await writeFile(path, await download(url, timeout, context), {mode: 0o600});
    else
      await pipeline(
        // As it is: a stream around stdin would wait, at Ctrl-C, for what nobody writes any more.
        source === '-' ? (context.stdin ?? []) : openPipe(source, context.signal),
        createWriteStream(path, {mode: 0o600}),
        {signal: context.signal},
      );
    return {path, dispose};
  } catch (error) {
    await dispose();
    throw context.signal.aborted ? new InterruptedError() : url ? error : asFailure(error);
  }
}

/** What cannot be read is none: opening it says why. */
const isPipe = (path: string): Promise<boolean> =>
  stat(path).then(
    found => found.isFIFO(),
    () => false,
  );

/** A pipe that nobody writes into blocks whoever opens or reads it, and no process ends meanwhile: a byte of ours ends that. */
function openPipe(path: string, signal: AbortSignal): Readable {
  const rouse = () => {
    try {
      const end = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
      writeSync(end, '\n');
      closeSync(end);
    } catch {
      // nobody waits, or it may not be written into
    }
  };
  signal.addEventListener('abort', rouse, {once: true});
  return createReadStream(path).once('close', () => signal.removeEventListener('abort', rouse));
}

/** What a message calls a source; of an address no more than its host, since the rest may be a secret. */
export function subjectOf(source: string): string {
  if (source === '-') return 'stdin';
  return isAddress(source) && URL.canParse(source) ? new URL(source).host : source;
}

/** Throws InputError. A token and a bill travel over TLS only, but for this machine itself. */
function checkAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new InputError('the source is no address', {rule: 'an https: URL'});
  const isHere =
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname);
  if (url.protocol !== 'https:' && !isHere)
    throw new InputError('the source would travel over plain http:', {
      rule: 'https:, or http: on loopback only',
    });
  if (url.username || url.password)
    throw new InputError('the source holds a user or a password', {
      rule: `a token goes into ${TOKEN_VARIABLE}`,
    });
  return url;
}

async function download(url: URL, timeout: number, context: FetchContext): Promise<Buffer> {
  const transport = await openTransport({connections: 1, env: context.env});
  const token = context.env[TOKEN_VARIABLE]?.trim();
  const limit = AbortSignal.timeout(timeout * SECOND_MS);
  try {
    const headers = {accept: '*/*', ...(token && {authorization: `Bearer ${token}`})};
    const {status, body} = await transport(url, headers, AbortSignal.any([context.signal, limit]));
    if (status >= 200 && status < 300) return body;
    throw new ProviderError(status === 404 ? 'not_found' : 'bad_request', `${url.host} answered ${status}`, {
      hint: hintFor(status, token !== undefined),
    });
  } catch (cause) {
    if (cause instanceof UsageError || context.signal.aborted) throw cause;
    const why = limit.aborted ? `did not answer within ${timeout} s` : whatFailed(cause);
    throw new ProviderError(limit.aborted ? 'timeout' : 'unreachable', `${url.host} ${why}`, {
      hint: 'try again, or download it and give the file',
      cause,
    });
  } finally {
    await transport.close();
  }
}

function hintFor(status: number, hasToken: boolean): string {
  if (status >= 300 && status < 400) return 'it points elsewhere: give that address';
  if (status === 401 || status === 403)
    return hasToken
      ? `the token in ${TOKEN_VARIABLE} is not taken`
      : `put its bearer token into ${TOKEN_VARIABLE}`;
  return 'download it in another way and give the file';
}
