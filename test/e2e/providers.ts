import {onTestFinished} from 'vitest';
import {parseInstant} from '../../src/core/instant.ts';
import {startDemo} from '../../src/demo/server.ts';
import {drivers} from '../../src/drivers/index.ts';
import {type Loopback, loopback} from '../support/loopback.ts';
import {type Env, NOW} from './usage.ts';

/** The environment of a person with an account of each provider. The accounts are the demo's; the tool cannot tell. */
export async function demoEnv(): Promise<Env> {
  const now = parseInstant(NOW);
  if (now === undefined) throw new Error(`${NOW} is no instant`);
  const server = await startDemo(now);
  onTestFinished(() => server.close());
  const entries = server.accounts.flatMap(({provider, baseUrl, secret, settings}) => {
    const driver = drivers.find(({id}) => id === provider);
    if (!driver) throw new Error(`the demo has ${provider}, which is no driver`);
    return [
      [driver.credential.env, secret],
      [driver.baseUrlEnv, baseUrl],
      ...driver.settings.flatMap(({name, env}) => (settings[name] ? [[env, settings[name]]] : [])),
    ];
  });
  return Object.fromEntries(entries);
}

/** A loopback server that is closed after the test. */
export async function serve(handler: Parameters<typeof loopback>[0]): Promise<Loopback> {
  const server = await loopback(handler);
  onTestFinished(() => server.close());
  return server;
}

/** A base URL at which nobody listens. */
export async function closedUrl(): Promise<string> {
  const server = await loopback(() => undefined);
  await server.close();
  return server.url;
}

/** Accounts of all providers at one base URL. */
export const accountsAt = (url: string): Env =>
  Object.fromEntries(
    drivers.flatMap(({id, credential, baseUrlEnv, settings}) => [
      [credential.env, `sk-admin-${id}-0123456789abcdefghij`],
      [baseUrlEnv, url],
      ...settings.map(({env}) => [env, 'b9a1fa36-1111-4222-8333-123456789abc']),
    ]),
  );
