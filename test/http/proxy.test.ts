import {createServer, request} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, it, onTestFinished} from 'vitest';
import {proxyFor} from '../../src/http/proxy.ts';
import {openTransport} from '../../src/http/transport.ts';
import {loopback} from '../support/loopback.ts';

it.each<[string, {[name: string]: string}, string | undefined]>([
  ['https://a.example/v1', {}, undefined],
  ['https://a.example/v1', {HTTPS_PROXY: 'http://p:3128'}, 'http://p:3128'],
  ['https://a.example/v1', {https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:1'}, 'http://low:1'],
  ['https://a.example/v1', {HTTP_PROXY: 'http://p:3128'}, 'http://p:3128'],
  ['http://a.example/v1', {HTTPS_PROXY: 'http://p:3128'}, undefined],
  ['https://a.example/v1', {HTTPS_PROXY: ''}, undefined],
  ['https://a.example/v1', {HTTPS_PROXY: 'http://me:secret-of-mine@p:3128/x'}, 'http://p:3128'],
  ['https://a.example/v1', {HTTPS_PROXY: 'p:3128:x'}, expect.not.stringContaining('3128')],
  ['https://a.example/v1', {HTTPS_PROXY: 'http://p:1', NO_PROXY: '*'}, undefined],
  ['https://a.example/v1', {HTTPS_PROXY: 'http://p:1', NO_PROXY: 'example'}, undefined],
  ['https://a.example/v1', {HTTPS_PROXY: 'http://p:1', NO_PROXY: '.A.example'}, undefined],
  ['https://a.example/v1', {HTTPS_PROXY: 'http://p:1', NO_PROXY: 'b.example, *.example'}, undefined],
  ['https://a.example/v1', {HTTPS_PROXY: 'http://p:1', NO_PROXY: 'xa.example'}, 'http://p:1'],
  ['https://a.example/v1', {HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example:444'}, 'http://p:1'],
  ['https://a.example/v1', {HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example:443'}, undefined],
])('%s with %j goes through %s', (url, env, proxy) => {
  expect(proxyFor(new URL(url), env)).toEqual(proxy);
});

it('is what the transport does', async () => {
  const server = await loopback(() => ({body: {}}));
  onTestFinished(server.close);
  let proxied = 0;
  const proxy = createServer();
  proxy.on('connect', (asked, socket) => {
    proxied++;
    const [host, port] = (asked.url ?? '').split(':');
    const upstream = request({host, port}).on('error', () => socket.destroy());
    upstream.destroy();
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const at = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const port = new URL(server.url).port;
  for (const noProxy of [
    '',
    '127.0.0.1',
    `127.0.0.1:${port}`,
    '127.0.0.1:1',
    'localhost',
    '*',
    '0.0.1',
    'x 127.0.0.1',
  ]) {
    const env = {HTTP_PROXY: at, NO_PROXY: noProxy};
    const transport = await openTransport({connections: 1, env});
    const before = proxied;
    await transport(new URL(server.url), {}, new AbortController().signal).catch(() => undefined);
    await transport.close();
    expect([noProxy, proxied > before]).toEqual([noProxy, proxyFor(new URL(server.url), env) !== undefined]);
  }
  expect(proxied).toBeGreaterThan(0);
});
