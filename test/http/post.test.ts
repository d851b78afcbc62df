import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, expect, it, onTestFinished} from 'vitest';
import {postJson} from '../../src/http/post.ts';

async function serve(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<URL> {
  const server = createServer(handler);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-path?secret=query`);
}

const signal = new AbortController().signal;
const post = (url: URL, options: Partial<Parameters<typeof postJson>[2]> = {}) =>
  postJson(url, '{"é": 1}', {env: {}, signal, timeout: 5_000, ...options});

describe('postJson', () => {
  it.each([200, 202, 204])('%i is taken, with the whole body and path', async status => {
    let seen = '';
    const url = await serve((request, response) => {
      request.on('data', chunk => {
        seen += chunk;
      });
      request.on('end', () => {
        seen += ` ${request.method} ${request.url} ${request.headers['content-length']}`;
        response.writeHead(status).end();
      });
    });
    expect(await post(url)).toBeUndefined();
    expect(seen).toBe('{"é": 1} POST /secret-path?secret=query 9');
  });

  it.each([301, 302, 307, 308])('%i is not followed', async status => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked++;
      response.writeHead(status, {location: '/elsewhere'}).end();
    });
    expect(await post(url)).toBe(`${url.host} answered ${status}: redirects are not followed`);
    expect(asked).toBe(1);
  });

  it.each([400, 404, 500, 503])('%i is a refusal, once', async status => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked++;
      response.writeHead(status).end('secret-path');
    });
    expect(await post(url)).toBe(`${url.host} answered ${status}`);
    expect(asked).toBe(1);
  });

  it('silence ends with the time-out, an endless body too', async () => {
    const silent = await serve(() => undefined);
    expect(await post(silent, {timeout: 50})).toBe(`${silent.host} did not answer within 0.05 s`);
    const endless = await serve((_, response) => void response.writeHead(200).write('x'));
    expect(await post(endless, {timeout: 200})).toBe(`${endless.host} did not answer within 0.2 s`);
  });

  it('an interrupt ends it', async () => {
    const abort = new AbortController();
    const url = await serve(() => abort.abort());
    expect(await post(url, {signal: abort.signal})).toBe('interrupted');
  });

  it('nobody there is said without the path', async () => {
    expect(await post(new URL('http://127.0.0.1:1/secret-path'))).toBe(
      '127.0.0.1:1 cannot be reached (ECONNREFUSED)',
    );
  });

  it('goes by the proxy of the environment', async () => {
    const tunnelled: (string | undefined)[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      tunnelled.push(request.url);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.once('data', () => socket.end('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n'));
    });
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      proxy.closeAllConnections();
      proxy.close();
    });
    const HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    expect(await post(new URL('http://receiver.invalid/hook'), {env: {HTTP_PROXY}})).toBeUndefined();
    expect(tunnelled).toEqual(['receiver.invalid:80']);
  });

  it('a proxy that hangs up on every tunnel is said', async () => {
    const proxy = await serve((_, response) => void response.end());
    const url = new URL('http://receiver.invalid/secret-path');
    expect(await post(url, {env: {HTTP_PROXY: proxy.origin}})).toMatch(
      /^receiver\.invalid cannot be reached \(the proxy opens no tunnel/,
    );
  });
});
