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
  send: Transport;
  close(): Promise<void>;
}

export interface TransportOptions {
  /** Connections for each host. */
  readonly connections: number;
  /** `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in either case. */
  readonly env: {readonly [name: string]: string | undefined};
}

/**
 * A keep-alive transport. Redirects are not followed: a key must not travel to another host. Node's own client carries
 * it, because that is there already: undici takes 40 ms more of a cold start. It comes when there is a proxy.
 */
export async function openTransport({
  connections,
  env,
}: TransportOptions): Promise<Transport & {close(): Promise<void>}> {
  const proxies = proxiesOf(env);
  const wire =
    proxies.httpProxy || proxies.httpsProxy
      ? (await import('./proxied.ts')).openProxied(connections, proxies)
      : (await import('./direct.ts')).openDirect(connections);
  const send: Transport = async (url, headers, signal) => {
    const wanted = {accept: 'application/json', 'accept-encoding': 'gzip, br', ...headers};
    const answer = await wire.send(url, wanted, signal);
    return {...answer, body: await unfold(answer.body, answer.headers['content-encoding'])};
  };
  return Object.assign(send, {close: () => wire.close()});
}
