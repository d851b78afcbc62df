import type {Readable} from 'node:stream';
import {setFlagsFromString} from 'node:v8';
import {brotliDecompressSync, gunzipSync, inflateSync} from 'node:zlib';
import type {Dispatcher} from 'undici';
import request from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';

// undici parses HTTP with WebAssembly. V8 would optimize that after a few answers, and a process that has nothing left
// to do waits for it: 100 ms and more, longer than a whole report. With this budget it never does.
setFlagsFromString('--wasm-tiering-budget=2000000000');

/** A body beyond this is no bill; also the most that a compressed one may unfold to. Bytes. */
const MAX_BODY = 256 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  /** Lower-case names; repeated headers joined. */
  readonly headers: {readonly [name: string]: string};
  readonly body: Buffer;
}

/** Sends one GET and gives the whole answer. Rejects on a connection error, a cut body, or the signal. */
export type Transport = (
  url: URL,
  headers: {readonly [name: string]: string},
  signal: AbortSignal,
) => Promise<Answer>;

/** A body larger than we take, before or after unfolding. */
export class OversizeError extends Error {}

export interface TransportOptions {
  /** Connections for each host. */
  readonly connections: number;
  /** `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in either case. */
  readonly env: {readonly [name: string]: string | undefined};
}

/** A keep-alive transport over undici. Redirects are not followed: a key must not travel to another host. */
export async function openTransport({
  connections,
  env,
}: TransportOptions): Promise<Transport & {close(): Promise<void>}> {
  const dispatcher = await makeDispatcher(connections, env);
  const send: Transport = async (url, headers, signal) => {
    const response = await request.call(dispatcher, {
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: {accept: 'application/json', 'accept-encoding': 'gzip, br', ...headers},
      headersTimeout: 0, // the signal bounds the whole try
      bodyTimeout: 0,
      signal,
    });
    const answered = flatten(response.headers);
    const raw = await readAll(response.body);
    return {status: response.statusCode, headers: answered, body: unfold(raw, answered['content-encoding'])};
  };
  return Object.assign(send, {close: () => dispatcher.destroy()});
}

async function makeDispatcher(connections: number, env: TransportOptions['env']): Promise<Dispatcher> {
  const proxy = (name: string) => env[name.toLowerCase()] ?? env[name];
  const httpProxy = proxy('HTTP_PROXY');
  const httpsProxy = proxy('HTTPS_PROXY');
  if (!httpProxy && !httpsProxy) return new Agent({connections, connect: {timeout: 0}});
  const [{default: EnvHttpProxyAgent}, {default: Base}, {default: connect}] = await Promise.all([
    import('undici/lib/dispatcher/env-http-proxy-agent.js'),
    import('undici/lib/dispatcher/dispatcher.js'),
    import('undici/lib/api/api-connect.js'),
  ]);
  // What undici's index does for all methods: its proxy agent opens tunnels with this one.
  Object.assign(Base.prototype, {connect});
  return new EnvHttpProxyAgent({
    connections,
    httpProxy: httpProxy ?? '',
    httpsProxy: httpsProxy ?? '',
    noProxy: proxy('NO_PROXY') ?? '',
  });
}

function flatten(headers: {readonly [name: string]: string | readonly string[] | undefined}): {
  [name: string]: string;
} {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}

async function readAll(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new OversizeError(`the body is larger than ${MAX_BODY} bytes`);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function unfold(body: Buffer, encoding: string | undefined): Buffer {
  const options = {maxOutputLength: MAX_BODY};
  try {
    switch (encoding?.trim().toLowerCase()) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(body, options);
      case 'deflate':
        return inflateSync(body, options);
      case 'br':
        return brotliDecompressSync(body, options);
      default:
        return body;
    }
  } catch (error) {
    if (error instanceof RangeError)
      throw new OversizeError(`the body unfolds to more than ${MAX_BODY} bytes`);
    throw error;
  }
}
