import {setFlagsFromString} from 'node:v8';
import connect from 'undici/lib/api/api-connect.js';
import request from 'undici/lib/api/api-request.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import {readAll} from './body.ts';
import type {Wire} from './transport.ts';

// undici parses HTTP with WebAssembly. V8 would optimize that after a few answers, and a process that has nothing left
// to do waits for it: 100 ms and more, longer than a whole report. With this budget it never does.
setFlagsFromString('--wasm-tiering-budget=2000000000');

// What undici's index does for all methods: its proxy agent opens tunnels with this one.
Object.assign(Dispatcher.prototype, {connect});

interface Proxies {
  readonly httpProxy: string | undefined;
  readonly httpsProxy: string | undefined;
  readonly noProxy: string | undefined;
}

/** Through the proxies of the environment, by undici. */
export function openProxied(connections: number, {httpProxy, httpsProxy, noProxy}: Proxies): Wire {
  const dispatcher = new EnvHttpProxyAgent({
    connections,
    httpProxy: httpProxy ?? '',
    httpsProxy: httpsProxy ?? '',
    noProxy: noProxy ?? '',
    clientFactory: openTunnels,
  });
  return {
    async send(url, headers, signal, body) {
      const response = await request.call(dispatcher, {
        origin: url.origin,
        path: url.pathname + url.search,
        method: body === undefined ? 'GET' : 'POST',
        headers,
        ...(body !== undefined && {body}),
        headersTimeout: 0, // the signal bounds the whole try
        bodyTimeout: 0,
        signal,
      });
      const answered = Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [
          name.toLowerCase(),
          Array.isArray(value) ? value.join(', ') : String(value),
        ]),
      );
      return {status: response.statusCode, headers: answered, body: await readAll(response.body, signal)};
    },
    close: () => dispatcher.destroy(),
  };
}

/**
 * Connections to the proxy itself. Where the proxy hangs up, undici takes the failure of the tunnel for one of the
 * host behind it, by its code, and connects again and again without end; so the code stays inside.
 */
function openTunnels(proxy: URL, options: object): Dispatcher {
  const pool = new Pool(proxy, options);
  const connectTo = pool.connect.bind(pool);
  const open: Connect = async target => {
    try {
      return await connectTo(target);
    } catch (cause) {
      throw new Error(`the proxy opens no tunnel (${cause instanceof Error ? cause.message : 'no reason'})`, {
        cause,
      });
    }
  };
  return Object.assign(pool, {connect: open});
}

type Connect = (target: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>;
