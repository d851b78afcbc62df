import Big from 'big.js';
import fc from 'fast-check';
import {tile} from '../../src/core/bucket.ts';
import {DIMENSIONS, type Dimension, isIntrinsic} from '../../src/core/dimension.ts';
import {addDays, type Instant, instant, startOfDay} from '../../src/core/instant.ts';
import {decimal} from '../../src/core/money.ts';
import {parseFromTo, parsePeriod} from '../../src/core/parse-period.ts';
import type {Query} from '../../src/core/query.ts';
import {OTHER, UNATTRIBUTED} from '../../src/core/record.ts';
import type {Aggregation} from '../../src/pipeline/aggregate.ts';
import {NOW} from '../support/session.ts';
import {at, type Fact, flow} from './made-up.ts';

// What may happen, at random, and what it comes to, by the most naive adding up that there is.

export const METRICS = [flow('chat', 'input_tokens'), flow('chat', 'requests', 'requests')];

/** Ids that try to be something else: another id with a separator, a special row, a property of all objects. */
const HOSTILE = [
  'a',
  'b',
  'a:b',
  '1:a',
  '(other)',
  '(unattributed)',
  '__proto__',
  'constructor',
  '@acme/one',
  'u',
  'o',
  ' ',
  '\u0000',
  'a b',
  '🜚',
];
const id = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({minLength: 1, maxLength: 4}));
const label = fc.option(
  id.map(text => ({id: text})),
  {nil: undefined, freq: 3},
);

const amount = fc
  .tuple(fc.bigInt({min: -(10n ** 22n), max: 10n ** 22n}), fc.integer({min: 0, max: 25}))
  .map(([digits, places]) => decimal(`${digits}e-${places}`));
const count = fc.integer({min: 0, max: 1e12}).map(decimal);

/** Any minute from the middle of September to the end of November 2026. */
const moment = fc
  .integer({min: at('2026-09-15') / 60_000, max: at('2026-12-01') / 60_000 - 1})
  .map(minutes => instant(minutes * 60_000));

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, {nil: undefined});

export const anyFact: fc.Arbitrary<Fact> = fc
  .record({
    at: moment,
    labels: fc.record({project: label, user: label, model: label}),
    cost: maybe(fc.record({amount, currency: fc.constantFrom('USD', 'EUR', 'ACME_CREDIT_CENTS')})),
    tokens: maybe(count),
    requests: maybe(count),
  })
  .map(({labels, cost, tokens, requests, at: when}) => ({
    at: when,
    labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== undefined)),
    ...(cost && {cost}),
    ...((tokens || requests) && {
      kind: 'chat',
      quantities: {...(tokens && {input_tokens: tokens}), ...(requests && {requests})},
    }),
  }));

export const someFacts = fc.array(anyFact, {maxLength: 40});

export const anyPeriod = fc.oneof(
  fc
    .constantFrom('today', '7d', '30d', 'mtd', 'qtd', 'last-month', '2026-11', '2026-Q4')
    .map(text => parsePeriod(text, NOW)),
  fc
    .tuple(moment, fc.integer({min: 1, max: 60 * 24 * 20}))
    .map(([start, minutes]) => parseFromTo(iso(start), iso(instant(start + minutes * 60_000)), NOW)),
);
const iso = (when: Instant): string => new Date(when).toISOString();

export const anyGrouping = fc.subarray<Dimension>([
  'provider',
  'account',
  'project',
  'user',
  'model',
  'kind',
]);

/** Facts by the account that reports them. */
export type Ledger = readonly (readonly [account: string, facts: readonly Fact[]])[];

/** Currency or metric → exact text; only what was reported. */
export type Sums = {readonly [what: string]: string};

const figuresOf = ({cost, quantities = {}}: Fact): [string, string][] => [
  ...(cost ? [[cost.currency, cost.amount] as [string, string]] : []),
  ...Object.entries(quantities),
];

function addUp(figures: readonly (readonly [string, string])[]): Sums {
  const sums = new Map<string, Big>();
  for (const [what, value] of figures) sums.set(what, (sums.get(what) ?? new Big(0)).plus(value));
  return Object.fromEntries(
    [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, sum]) => [what, plain(sum)]),
  );
}
const plain = (value: Big): string => (value.eq(0) ? '0' : value.toFixed());

/** Facts that a query is about: in its period, and not after the running day. */
export const within = ({period, now}: Pick<Query, 'period' | 'now'>, facts: readonly Fact[]): Fact[] =>
  facts.filter(
    ({at: when}) => period.start <= when && when < period.end && when < addDays(startOfDay(now), 1),
  );

export const expectedTotals = (query: Query, ledger: Ledger): Sums =>
  addUp(ledger.flatMap(([, facts]) => within(query, facts).flatMap(figuresOf)));

/** Every group that a query should give, keyed by what tells it from others. */
export function expectedGroups(query: Query, ledger: Ledger): Map<string, Sums> {
  const buckets = query.bucket === null ? [] : tile(query.period, query.bucket);
  const groups = new Map<string, (readonly [string, string])[]>();
  for (const [account, facts] of ledger) {
    for (const fact of within(query, facts)) {
      const bucket = buckets.findIndex(({start, end}) => start <= fact.at && fact.at < end);
      const ids = query.groupBy.map(dimension => idOf(dimension, fact, account));
      const scoped = query.groupBy.some(
        (dimension, index) => ids[index] === null || DIMENSIONS[dimension].named,
      );
      const key = JSON.stringify([bucket, ids, scoped ? account : '*']);
      groups.set(key, [...(groups.get(key) ?? []), ...figuresOf(fact)]);
    }
  }
  return new Map([...groups].map(([key, figures]) => [key, addUp(figures)] as const).sort(byKey));
}

function idOf(dimension: Dimension, fact: Fact, account: string): string | null {
  if (dimension === 'provider') return 'acme';
  if (dimension === 'account') return account;
  if (isIntrinsic(dimension)) return fact.kind ?? 'chat';
  return fact.labels[dimension]?.id ?? null;
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** The groups of an aggregation in the same form. */
export function groupsOf({groups}: Aggregation, groupBy: readonly Dimension[]): Map<string, Sums> {
  const found = [...groups.values()].map(({labels, bucket, account, costs, quantities}) => {
    const ids = labels.map(one => (one === UNATTRIBUTED ? null : one === OTHER ? ['other'] : one.id));
    const scoped = groupBy.some((dimension, index) => ids[index] === null || DIMENSIONS[dimension].named);
    const figures = [
      ...[...costs].map(([currency, {total}]) => [currency, total.value] as const),
      ...[...quantities.values()].map(({metric, total}) => [metric.name, total.value] as const),
    ];
    return [JSON.stringify([bucket ?? -1, ids, scoped ? account : '*']), addUp(figures)] as const;
  });
  return new Map(found.sort(byKey));
}

/** What all groups come to. */
export const totalsOf = ({groups}: Aggregation): Sums =>
  addUp(
    [...groups.values()].flatMap(({costs, quantities}) => [
      ...[...costs].map(([currency, {total}]) => [currency, total.value] as const),
      ...[...quantities.values()].map(({metric, total}) => [metric.name, total.value] as const),
    ]),
  );
