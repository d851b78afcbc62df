import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {Instant} from '../core/instant.ts';
import {demoIonq} from './ionq/provider.ts';
import {writeJson} from './json.ts';
import {demoMiosa} from './miosa/provider.ts';
import {demoOpenai} from './openai/provider.ts';
import {type DemoProvider, Refused, type Reply} from './provider.ts';
import {hex} from './random.ts';

/** An account of the made-up company, as a person would have logged it in. */
export interface DemoAccount {
  readonly provider: string;
  /** On this machine: `http://127.0.0.1:<port>/…`, without a trailing slash. */
  readonly baseUrl: string;
  readonly secret: string;
  readonly settings: {readonly [name: string]: string};
}

/** The running server. Whoever started it must close it, or the process does not end. */
export interface DemoServer {
  readonly accounts: readonly DemoAccount[];
  /** Ends at once, with all connections that are still open. */
  close(): Promise<void>;
}

/**
 * Starts the server behind `--demo`: real HTTP on loopback that answers as the providers do, with the figures of a
 * made-up company up to `now`. Rejects if the port cannot be opened.
 */
export async function startDemo(now: Instant): Promise<DemoServer> {
  const providers = [demoOpenai(now), demoIonq(now), demoMiosa(now)];
  let requests = 0;
  const server = createServer((request, response) => {
    const reply = answer(providers, request);
    requests += 1;
    response.writeHead(reply.status, {
      'content-type': 'application/json',
      'x-request-id': `req_${hex(`request ${requests}`, 32)}`,
    });
    response.end(writeJson(reply.body));
  });
  const port = await listen(server);
  return {
    accounts: providers.map(({provider, mount, base, secret, settings}) => ({
      provider,
      baseUrl: `http://127.0.0.1:${port}/${mount}${base}`,
      secret,
      settings,
    })),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Hands a request on to the provider whose mount it begins with. Never throws. */
function answer(providers: readonly DemoProvider[], request: IncomingMessage): Reply {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, mount = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(url.pathname) ?? [];
  const provider = providers.find(candidate => candidate.mount === mount);
  if (!provider) return {status: 404, body: {error: 'no such provider in the demo'}};
  try {
    return provider.answer({
      method: request.method ?? 'GET',
      path: rest,
      query: url.searchParams,
      authorization: request.headers.authorization,
    });
  } catch (error) {
    if (error instanceof Refused) return error.reply;
    // A mistake of ours must not end the process that is being shown.
    return {status: 500, body: {error: `the demo failed: ${String(error)}`}};
  }
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
