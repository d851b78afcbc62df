import {readFileSync} from 'node:fs';

/** A request and the answer that a provider gave, in the shape of `fixtures/<provider>/<case>.json` (a list of them). */
export interface Exchange {
  /** Path below the base URL. The query names only what tells this exchange from others; arrays are repeated keys. */
  readonly request: {
    readonly path: string;
    readonly query?: {readonly [name: string]: string | readonly string[]};
  };
  readonly response: {
    readonly status?: number;
    readonly headers?: {readonly [name: string]: string};
    readonly body: unknown;
  };
}

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const RAW = '@@raw:';
/** A whole string, or a number. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;

/** A value that `serialize` writes into the JSON as it is, without quotes: `1e999`, or a number of 30 digits. */
export const raw = (literal: string): string => RAW + literal;
export const isRaw = (value: unknown): value is string => typeof value === 'string' && value.startsWith(RAW);

/** JSON with the raw literals in their place. */
export const serialize = (body: unknown): string =>
  JSON.stringify(body).replace(/"@@raw:([^"]*)"/g, (_, literal: string) => literal);

/** Parses JSON so that `serialize` gives every number back digit by digit, also those that a double would round. */
export const parseRaw = (text: string): unknown =>
  JSON.parse(
    text.replace(TOKEN, token =>
      token.startsWith('"') || String(Number(token)) === token ? token : JSON.stringify(raw(token)),
    ),
  );

/** The exchanges of one case: `loadExchanges('miosa', 'by-user')`. Several cases are joined. */
export const loadExchanges = (provider: string, ...cases: readonly string[]): readonly Exchange[] =>
  cases.flatMap(
    name => parseRaw(readFileSync(new URL(`${provider}/${name}.json`, FIXTURES), 'utf8')) as Exchange[],
  );

/** The exchange that answers a request: same path, all its query keys equal; the one that names most keys wins. */
export function findExchange(
  exchanges: readonly Exchange[],
  request: {readonly path: string; readonly query: URLSearchParams},
): Exchange | undefined {
  const keys = (exchange: Exchange) => Object.entries(exchange.request.query ?? {});
  return exchanges
    .filter(exchange => exchange.request.path === request.path)
    .filter(exchange =>
      keys(exchange).every(
        ([name, value]) => request.query.getAll(name).join('\n') === [value].flat().join('\n'),
      ),
    )
    .sort((a, b) => keys(b).length - keys(a).length)[0];
}
