import type {ServerResponse} from 'node:http';
import {onTestFinished} from 'vitest';
import {type Loopback, loopback, type Received, type Reply} from './loopback.ts';
import {serveIonq} from './providers/ionq.ts';
import {serveMiosa} from './providers/miosa.ts';
import {serveOpenai} from './providers/openai.ts';

export type ProviderName = 'openai' | 'ionq' | 'miosa';

/** Keys that must never be seen anywhere. Other keys are refused, and quoted, as some APIs do. */
export const SECRETS: {readonly [P in ProviderName]: string} = {
  openai: 'sk-admin-NEVER-SHOW-openai-0123456789',
  ionq: 'NEVER-SHOW-ionq-0123456789-abcdef',
  miosa: 'msk_u_NEVER-SHOW-miosa-0123456789',
};

/** How a server answers a request: a reply of its own, as it should (`serve`), or on the raw response (undefined). */
export type Behaviour = (
  request: Received,
  index: number,
  raw: ServerResponse,
) => Reply | 'serve' | undefined;

const SERVE: {readonly [P in ProviderName]: (request: Received, index: number) => Reply} = {
  openai: serveOpenai,
  ionq: serveIonq,
  miosa: serveMiosa,
};
const SCHEME: {readonly [P in ProviderName]: string} = {openai: 'Bearer', ionq: 'apiKey', miosa: 'Bearer'};

export interface Providers {
  /** What makes `usage` ask these servers with the right keys. */
  readonly env: {readonly [name: string]: string};
  /** Requests so far. */
  received(provider: ProviderName): readonly Received[];
  /** Paths asked for so far, each as often as it was. */
  paths(provider: ProviderName): readonly string[];
}

/** Starts the servers of some providers; they stop with the test. Those that are not named do not exist. */
export async function startProviders(
  behaviours: {readonly [P in ProviderName]?: Behaviour},
): Promise<Providers> {
  const servers = new Map<ProviderName, Loopback>();
  for (const name of Object.keys(behaviours) as ProviderName[]) {
    const server = await loopback((request, index, response) => {
      const own = behaviours[name]?.(request, index, response) ?? undefined;
      if (own !== 'serve') return own;
      return authorized(name, request) ?? SERVE[name](request, index);
    });
    servers.set(name, server);
    onTestFinished(() => server.close());
  }
  const upper = (name: string) => name.toUpperCase();
  return {
    env: Object.fromEntries(
      [...servers].flatMap(([name, {url}]) => [
        [name === 'openai' ? 'OPENAI_ADMIN_KEY' : `${upper(name)}_API_KEY`, SECRETS[name]],
        [`${upper(name)}_BASE_URL`, url],
      ]),
    ),
    received: provider => servers.get(provider)?.received ?? [],
    paths: provider => (servers.get(provider)?.received ?? []).map(({path}) => path),
  };
}

function authorized(name: ProviderName, {headers}: Received): Reply | undefined {
  const given = headers.authorization;
  if (given === `${SCHEME[name]} ${SECRETS[name]}`) return undefined;
  const message = `Incorrect API key provided: ${given?.replace(/^\w+ /, '')}`;
  return {
    status: 401,
    body: {error: {message, code: 'invalid_api_key', type: 'invalid_request_error', param: null}},
  };
}

/** As it should. */
export const well: Behaviour = () => 'serve';
/** The same refusal or failure to every request. */
export const always =
  (reply: Reply): Behaviour =>
  () =>
    reply;
/** Closes the connection without an answer. */
export const down: Behaviour = (_request, _index, raw) => void raw.destroy();
/** Never answers. */
export const silent: Behaviour = () => undefined;
/** Answers some paths in a way of its own, and the rest as it should. */
export const except =
  (path: RegExp, reply: Reply | Behaviour): Behaviour =>
  (request, index, raw) => {
    if (!path.test(request.path)) return 'serve';
    return typeof reply === 'function' ? reply(request, index, raw) : reply;
  };

export const ALL = {openai: well, ionq: well, miosa: well} as const;
