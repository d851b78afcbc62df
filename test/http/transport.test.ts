import {createServer} from 'node:http';
import {type AddressInfo, connect} from 'node:net';
import {brotliCompressSync, deflateSync, gzipSync} from 'node:zlib';
import {afterEach, describe, expect, it} from 'vitest';
import {OversizeError} from '../../src/http/body.ts';
import {openTransport} from '../../src/http/transport.ts';
import {type Loopback, loopback} from '../support/loopback.ts';

const {signal} = new AbortController();
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function serving(handler: Parameters<typeof loopback>[0]): Promise<Loopback> {
  const server = await loopback(handler);
  cleanups.push(server.close);
  return server;
}

async function sending(env: {[name: string]: string} = {}) {
  const transport = await openTransport({connections: 1, env});
  cleanups.push(() => transport.close());
  return transport;
}

/** A proxy; notes what is asked of it. */
async function tunnel(seen: string[] = []): Promise<string> {
  const proxy = createServer().on('connect', (request, socket) => {
    seen.push(request.url ?? '');
    const [host, port] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise(resolve => proxy.closeAllConnections() ?? proxy.close(() => resolve())));
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

describe('the transport', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('unfolds %s', async (encoding, compress) => {
    const server = await serving((_, __, raw) => {
      raw.writeHead(200, {'content-encoding': encoding});
      raw.end(compress('{"a": 1}'));
      return undefined;
    });
    const answer = await (await sending())(new URL(server.url), {}, signal);
    expect(answer.body.toString()).toBe('{"a": 1}');
  });

  it('stops at a body that unfolds to more than it takes', async () => {
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024));
    const server = await serving((_, __, raw) => {
      raw.writeHead(200, {'content-encoding': 'gzip'});
      raw.end(bomb);
      return undefined;
    });
    await expect((await sending())(new URL(server.url), {}, signal)).rejects.toThrow(OversizeError);
  });

  it.each(['direct', 'proxied'])('takes no body for whole that the signal cut: %s', async way => {
    const server = await serving((_, __, raw) => {
      raw.useChunkedEncodingByDefault = false;
      raw.writeHead(200, {connection: 'close'});
      const drip = setInterval(() => raw.write('[1]\n'), 10);
      raw.on('close', () => clearInterval(drip));
      return undefined;
    });
    const env = way === 'proxied' ? {HTTP_PROXY: await tunnel()} : {};
    const asked = (await sending(env))(new URL(server.url), {}, AbortSignal.timeout(500));
    await expect(asked).rejects.toThrow('timeout');
  });

  it('does not follow redirects', async () => {
    const other = await serving(() => ({body: {}}));
    const server = await serving(() => ({status: 302, headers: {location: other.url}, body: ''}));
    const answer = await (await sending())(new URL(server.url), {authorization: 'secret'}, signal);
    expect(answer.status).toBe(302);
    expect(other.received).toEqual([]);
  });

  it('keeps connections open for the next request', async () => {
    const sockets = new Set<unknown>();
    const server = await serving((_, __, raw) => {
      sockets.add(raw.socket);
      return {body: {}};
    });
    const transport = await sending();
    for (let count = 0; count < 3; count++) await transport(new URL(server.url), {}, signal);
    expect(sockets.size).toBe(1);
  });

  it('goes through a proxy, but not for hosts in NO_PROXY', async () => {
    const tunnelled: string[] = [];
    const HTTP_PROXY = await tunnel(tunnelled);
    const server = await serving(() => ({body: {ok: true}}));
    const host = server.url.replace('http://', '');

    const through = await (await sending({HTTP_PROXY}))(new URL(server.url), {}, signal);
    expect(through.body.toString()).toBe('{"ok":true}');
    expect(tunnelled).toEqual([host]);

    await (await sending({HTTP_PROXY, NO_PROXY: '127.0.0.1'}))(new URL(server.url), {}, signal);
    expect(tunnelled).toEqual([host]);
  });
});
