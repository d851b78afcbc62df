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
    async send(url, headers, signal) {
      if (url.protocol === 'http:') return answerOf(await get(plain, agent, url, headers, signal));
      secure ??= openSecure();
      const tls = await secure;
      return answerOf(await get(tls.request, tls.agent, url, headers, signal));
    },
    async close() {
      agent.destroy();
      (await secure)?.agent.destroy();
    },
  };
}

const get = (
  request: typeof plain,
  agent: Agent,
  url: URL,
  headers: {readonly [name: string]: string},
  signal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request(url, {agent, headers, signal}, resolve).on('error', reject).end();
  });

async function answerOf(response: IncomingMessage): Promise<Answer> {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const body = await readAll(response);
  return {status: response.statusCode ?? 0, headers, body};
}
