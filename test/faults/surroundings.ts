import {createServer, type Server} from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createTcp,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import {createServer as createTls} from 'node:tls';
import type {Nature} from './fault.ts';
import type {Random} from './random.ts';
import {PROVIDERS, type Provider} from './truth.ts';

interface Setting {
  /** Base URLs by provider. */
  readonly urls: {readonly [P in Provider]: string};
  /** Of the proxy, if there is one. */
  readonly env: {readonly [name: string]: string};
  readonly victims: readonly Provider[];
}

/** What is wrong before any request is read: names, certificates, proxies. */
export interface Surroundings {
  readonly name: string;
  readonly nature: Nature;
  /** Opens what it needs, and changes where the victims are looked for. */
  enter(
    urls: Setting['urls'],
    random: Random,
    certificate: {readonly key: string; readonly cert: string},
  ): Promise<Setting & {close(): void}>;
}

const elsewhere = (
  name: string,
  open: (certificate: {
    readonly key: string;
    readonly cert: string;
  }) => Promise<{readonly url: string; close(): void}>,
): Surroundings => ({
  name,
  nature: 'fatal',
  async enter(urls, random, certificate) {
    const victim = random.pick(PROVIDERS);
    const {url, close} = await open(certificate);
    return {urls: {...urls, [victim]: url}, env: {}, victims: [victim], close};
  },
});

const proxied = (
  name: string,
  nature: Nature,
  handle: ((server: Server) => void) | undefined,
): Surroundings => ({
  name,
  nature,
  async enter(urls) {
    const sockets = new Set<Socket>();
    const server = createServer((_request, response) => response.writeHead(403).end('no'));
    server.on('connection', socket => sockets.add(socket));
    handle?.(server);
    const port = await listen(server);
    if (!handle) await new Promise(resolve => server.close(resolve));
    const close = () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    };
    return {urls, env: {HTTP_PROXY: `http://127.0.0.1:${port}`}, victims: PROVIDERS, close};
  },
});

/** Answers CONNECT with a line of its own. */
const refusing = (line: string) => (server: Server) => {
  server.on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${line}\r\ncontent-length: 0\r\n\r\n`));
};

function tunnelling(server: Server): void {
  server.on('connect', (request, client, head) => {
    const [host = '', port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      socket.on('error', () => {
        client.destroy();
        upstream.destroy();
      });
    }
  });
}

export const SURROUNDINGS: readonly Surroundings[] = [
  elsewhere('a name that nobody knows', async () => ({
    url: 'https://no-such-host.invalid/v1',
    close: () => undefined,
  })),
  elsewhere('nobody listens', async () => {
    const server = createTcp();
    const port = await listen(server);
    await new Promise(resolve => server.close(resolve));
    return {url: `http://127.0.0.1:${port}`, close: () => undefined};
  }),
  elsewhere('a certificate that nobody signed', async ({key, cert}) => {
    const server = createTls({key, cert}, socket =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'),
    );
    return secured(server, await listen(server));
  }),
  elsewhere('TLS without a certificate', async () => {
    const server = createTls({});
    return secured(server, await listen(server));
  }),
  elsewhere('plain HTTP where TLS is expected', async () => {
    const server = createServer((_request, response) => response.end('{}'));
    return secured(server, await listen(server));
  }),
  proxied('a proxy that wants a password', 'fatal', refusing('407 Proxy Authentication Required')),
  proxied('a proxy that refuses', 'fatal', refusing('403 Forbidden')),
  proxied('a proxy that fails', 'fatal', refusing('502 Bad Gateway')),
  proxied('a proxy that is down', 'fatal', undefined),
  proxied('a proxy that hangs up', 'fatal', server =>
    server.on('connect', (_request, socket) => socket.destroy()),
  ),
  proxied('a proxy that works', 'harmless', tunnelling),
];

const listen = (server: Server | TcpServer): Promise<number> =>
  new Promise(resolve =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

function secured(server: TcpServer | Server, port: number) {
  server.on('tlsClientError', () => undefined);
  server.on('clientError', () => undefined);
  return {url: `https://127.0.0.1:${port}`, close: () => void server.close()};
}
