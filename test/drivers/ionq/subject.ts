import type {Granularity} from '../../../src/core/bucket.ts';
import type {LabelDimension} from '../../../src/core/dimension.ts';
import {type Instant, parseDate} from '../../../src/core/instant.ts';
import {add, type Decimal, ZERO} from '../../../src/core/money.ts';
import type {Record} from '../../../src/core/record.ts';
import type {SourceQuery} from '../../../src/drivers/driver.ts';
import {ionq} from '../../../src/drivers/ionq/index.ts';
import {type Exchange, loadExchanges} from '../../support/fixtures.ts';
import {NOW} from '../../support/session.ts';
import {attempt, type Outcome, type Subject} from '../contract-rig.ts';

const ORGANIZATION = 'com.my.org';
export const usage = ionq.sources[0]!;

export function day(date: string): Instant {
  const at = parseDate(date);
  if (at === undefined) throw new RangeError(`no date: ${date}`);
  return at;
}

/** A query of whole days, the end excluded as in the API. */
export const query = (
  start: string,
  end: string,
  {split, granularity = 'day'}: {split?: LabelDimension; granularity?: Granularity} = {},
): SourceQuery => ({
  window: {start: day(start), end: day(end)},
  now: NOW,
  granularity,
  split: split ? [split] : [],
  filters: {},
  kinds: ['qpu'],
});

export const subject = (asked: SourceQuery, ...cases: readonly string[]): Subject => ({
  driver: ionq,
  source: usage,
  query: asked,
  exchanges: loadExchanges('ionq', ...cases),
  settings: {organization: ORGANIZATION},
});

/** The exchange of a usage request: the body is the default one of an empty day range, with what is given. */
export const usageExchange = (
  body: {readonly [field: string]: unknown},
  request: {readonly [name: string]: string} = {},
): Exchange => ({
  request: {path: `/organizations/${ORGANIZATION}/usage`, query: request},
  response: {body: {group_type: 'project', modality: 'daily', usage_data: [], ...body}},
});

/** A bucket without figures, with what is given. */
export const bucket = (from: string, fields: {readonly [field: string]: unknown} = {}) => ({
  from,
  job_count: 0,
  amount: 0,
  time_us: 0,
  group_usages: [],
  ...fields,
});

/** Runs a query against made-up answers. */
export const run = (asked: SourceQuery, ...exchanges: readonly Exchange[]): Promise<Outcome> =>
  attempt({driver: ionq, source: usage, query: asked, exchanges, settings: {organization: ORGANIZATION}});

/** What records come to, by currency and metric. */
export function totalsOf(records: readonly Record[] = []): {[unit: string]: Decimal} {
  const totals: {[unit: string]: Decimal} = {};
  const count = (name: string, amount: Decimal) => {
    totals[name] = add(totals[name] ?? ZERO, amount);
  };
  for (const {cost, quantities = {}} of records) {
    if (cost) count(cost.currency, cost.amount);
    for (const [name, amount] of Object.entries(quantities)) count(name, amount);
  }
  return totals;
}
