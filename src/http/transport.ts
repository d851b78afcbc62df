import {unfold} from './body.ts';
import {proxiesOf} from './proxy.ts';

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

/** How the bytes travel: an answer as it was sent, its body still folded. */
export interface Wire {
  /** GETs, or POSTs the body if there is one. */
  send(...request: readonly [...Parameters<Transport>, body?: string]): Promise<Answer>;
  close(): Promise<void>;
}

export interface TransportOptions {
  /** Connections for each host. */
  readonly connections: number;
  /** `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in either case. */
  readonly env: {readonly [name: string]: string | undefined};
}

/**
 * Connections that are kept alive. Redirects are not followed: a key must not travel to another host. Node's own client
 * carries them, because that is there already: undici takes 40 ms more of a cold start. It comes when there is a proxy.
 */
export async function openWire({connections, env}: TransportOptions): Promise<Wire> {
  const proxies = proxiesOf(env);
  return proxies.httpProxy || proxies.httpsProxy
    ? (await import('./proxied.ts')).openProxied(connections, proxies)
    : (await import('./direct.ts')).openDirect(connections);
}

/** A transport of GETs that asks for JSON, and unfolds what comes. */
export async function openTransport(
  options: TransportOptions,
): Promise<Transport & {close(): Promise<void>}> {
  const wire = await openWire(options);
  const send: Transport = async (url, headers, signal) => {
    const wanted = {accept: 'application/json', 'accept-encoding': 'gzip, br', ...headers};
    const answer = await wire.send(url, wanted, signal);
    return {...answer, body: await unfold(answer.body, answer.headers['content-encoding'])};
  };
  return Object.assign(send, {close: () => wire.close()});
}
