import {Agent, type IncomingMessage, request as plain} from 'node:http';
import {readAll} from './body.ts';
import type {Answer, Wire} from './transport.ts';

/** Straight to the host, by Node's own client. TLS is loaded with the first https request. */
export function openDirect(connections: number): Wire {
  const options = {keepAlive: true, maxSockets: connections};
  const agent = new Agent(options);
  let secure: Promise<{readonly request: typeof plain; readonly agent: Agent}> | undefined;
  const openSecure = async () => {
    const https = await import('node:https');
    return {request: https.request, agent: new https.Agent(options)};
  };
  return {
    async send(url, headers, signal, body) {
      if (url.protocol === 'http:')
        return answerOf(await ask(plain, agent, url, {headers, signal}, body), signal);
      secure ??= openSecure();
      const tls = await secure;
      return answerOf(await ask(tls.request, tls.agent, url, {headers, signal}, body), signal);
    },
    async close() {
      agent.destroy();
      (await secure)?.agent.destroy();
    },
  };
}

const ask = (
  request: typeof plain,
  agent: Agent,
  url: URL,
  options: {readonly headers: {readonly [name: string]: string}; readonly signal: AbortSignal},
  body: string | undefined,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    request(url, {agent, method, ...options}, resolve)
      .on('error', reject)
      .end(body);
  });

async function answerOf(response: IncomingMessage, signal: AbortSignal): Promise<Answer> {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const body = await readAll(response, signal);
  return {status: response.statusCode ?? 0, headers, body};
}
