import {parseInstant} from '../../src/core/instant.ts';
import type {Decimal} from '../../src/core/money.ts';
import {decimal} from '../../src/core/money.ts';
import {Sum} from '../../src/core/sum.ts';
import type {DemoAccount, DemoServer} from '../../src/demo/server.ts';
import {parseExactJson} from '../../src/http/exact-json.ts';

export const NOW = parseInstant('2026-11-22T09:17:23Z')!;

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** Lists are repeated. */
export type Query = {readonly [name: string]: string | number | readonly string[] | undefined};

const SCHEMES: {readonly [provider: string]: string} = {openai: 'Bearer', ionq: 'apiKey', miosa: 'Bearer'};

export const accountOf = (demo: DemoServer, provider: string): DemoAccount =>
  demo.accounts.find(account => account.provider === provider)!;

/** One GET over real HTTP, as an account of the demo; long numbers come as text. */
export async function ask<T>(
  demo: DemoServer,
  provider: string,
  path: string,
  query: Query = {},
): Promise<Answer<T>> {
  const {baseUrl, secret} = accountOf(demo, provider);
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of value === undefined ? [] : [value].flat()) params.append(name, String(one));
  }
  return fetchJson(`${baseUrl}${path}?${params}`, {authorization: `${SCHEMES[provider]} ${secret}`});
}

export async function fetchJson<T>(url: string, headers: {[name: string]: string} = {}): Promise<Answer<T>> {
  const response = await fetch(url, {headers});
  return {status: response.status, body: parseExactJson(await response.text()) as T};
}

export interface Row {
  readonly object: string;
  readonly amount: {readonly value: string | number; readonly currency: string};
  readonly [field: string]: unknown;
}

export interface Bucket {
  readonly start_time: number;
  readonly end_time: number;
  readonly results: readonly Row[];
}

export interface Page {
  readonly object: string;
  readonly data: readonly Bucket[];
  readonly has_more: boolean;
  readonly next_page: string | null;
}

/** Follows the pages of costs or usage to the end. */
export async function buckets(demo: DemoServer, path: string, query: Query): Promise<Bucket[]> {
  const all: Bucket[] = [];
  let page: string | null = null;
  do {
    const {status, body}: Answer<Page> = await ask(demo, 'openai', path, {
      ...query,
      ...(page !== null && {page}),
    });
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    all.push(...body.data);
    page = body.next_page;
  } while (page !== null);
  return all;
}

export const unix = (text: string): number => Date.parse(text) / 1000;

export const costOf = (rows: readonly Row[]): Decimal =>
  rows.reduce((sum, {amount}) => sum.add(decimal(amount.value)), new Sum()).value;

export const rowsOf = (all: readonly Bucket[]): Row[] => all.flatMap(({results}) => results);

/** Adds up an integer field. */
export const total = (rows: readonly {readonly [field: string]: unknown}[], field: string): number =>
  rows.reduce((sum, row) => sum + Number(row[field]), 0);
