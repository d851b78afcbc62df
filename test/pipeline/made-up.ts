import {bucketStart, nextBucket} from '../../src/core/bucket.ts';
import type {LabelDimension} from '../../src/core/dimension.ts';
import {earlier, type Instant, later, parseInstant, startOfDay} from '../../src/core/instant.ts';
import type {Metric} from '../../src/core/metric.ts';
import {parsePeriod} from '../../src/core/parse-period.ts';
import {contains, type Period} from '../../src/core/period.ts';
import type {Query} from '../../src/core/query.ts';
import type {Labels, Record} from '../../src/core/record.ts';
import {
  type Driver,
  defineDriver,
  type Session,
  type Source,
  type SourceQuery,
} from '../../src/drivers/driver.ts';
import type {Connected} from '../../src/pipeline/connected.ts';
import {type Figures, runQuery} from '../../src/pipeline/run.ts';
import {NOW} from '../support/session.ts';

/*
 * Providers that exist only here, so that the pipeline is tested by what the driver contract says and not by what
 * three APIs happen to do. They need no HTTP: a Session in memory is all that a source touches.
 */

export const at = (text: string): Instant => parseInstant(text.length === 10 ? `${text}T00:00:00Z` : text)!;
export const span = (start: string, end: string): Period => ({start: at(start), end: at(end)});

/** A query about November 2026 so far, by provider, with what is given. */
export const queryOf = (changes: Partial<Query> = {}): Query => ({
  report: 'costs',
  now: NOW,
  period: parsePeriod('mtd', NOW),
  compare: undefined,
  bucket: null,
  groupBy: [],
  filters: {},
  kinds: [],
  sort: undefined,
  top: undefined,
  fields: undefined,
  wide: false,
  trend: false,
  ...changes,
});

export const flow = (kind: string, name: string, unit = 'tokens'): Metric => ({
  kind,
  name,
  unit,
  statistic: 'sum',
});
export const level = (kind: string, name: string, unit = 'bytes'): Metric => ({
  kind,
  name,
  unit,
  statistic: 'mean',
});

/** A source that can do everything and reports nothing, with what is given. */
export const sourceOf = (changes: Partial<Source> = {}): Source => ({
  id: 'costs',
  billed: true,
  metrics: [],
  dimensions: ['project', 'user', 'model'],
  splits: 'any',
  filters: [],
  granularities: ['minute', 'hour', 'day', 'week', 'month'],
  whole: true,
  resolution: 'minute',
  slices: query => [query],
  async *fetch() {},
  ...changes,
});

/** Something that happened: at one moment, or at a level through a day. Labels are those of all dimensions. */
export interface Fact extends Omit<Record, 'period'> {
  readonly at: Instant;
}

/**
 * What a faultless API answers for facts: those in the window that pass the filters, each with the labels that were
 * asked for, in a record of the width that was asked for.
 */
export async function* answer(facts: readonly Fact[], slice: SourceQuery): AsyncGenerator<readonly Record[]> {
  for (const {at: moment, labels, ...rest} of facts) {
    if (!contains(slice.window, {start: moment, end: moment}) || moment === slice.window.end) continue;
    const filters = Object.entries(slice.filters) as [LabelDimension, readonly string[]][];
    if (!filters.every(([dimension, values]) => values.includes(labels[dimension]?.id ?? ''))) continue;
    const asked = slice.split.flatMap(dimension => {
      const label = labels[dimension];
      return label ? [[dimension, label] as const] : [];
    });
    yield [{...rest, labels: Object.fromEntries(asked) as Labels, period: bucketOf(moment, slice)}];
  }
}

function bucketOf(moment: Instant, {granularity, window}: SourceQuery): Period {
  if (granularity === null) return window;
  const start = bucketStart(moment, granularity);
  return {start: later(start, window.start), end: earlier(nextBucket(start, granularity), window.end)};
}

/** A source over facts. */
export const factSource = (facts: readonly Fact[], changes: Partial<Source> = {}): Source =>
  sourceOf({fetch: slice => answer(facts, slice), ...changes});

export const driverOf = (sources: readonly Source[], changes: Partial<Driver> = {}): Driver =>
  defineDriver({
    id: 'acme',
    title: 'Acme',
    docsUrl: 'https://acme.example/docs',
    baseUrl: 'https://acme.example/v1',
    baseUrlEnv: 'ACME_BASE_URL',
    credential: {label: 'key', env: 'ACME_KEY', url: 'https://acme.example/keys', hint: 'Any key will do.'},
    settings: [],
    currencies: [],
    remarks: [],
    headers: () => ({}),
    explain: () => ({}),
    identify: async () => 'Acme',
    sources,
    names: [],
    settledUntil: startOfDay,
    ...changes,
  });

export interface TestAccount extends Connected {
  readonly notices: {readonly level: string; readonly code: string; readonly message: string}[];
  readonly signal: AbortSignal;
}

/** An account in memory. `cancel` aborts its signal, as the real one does. */
export function accountOf(driver: Driver, name = driver.id): TestAccount {
  const giveUp = new AbortController();
  const notices: TestAccount['notices'][number][] = [];
  const session: Session & Connected['session'] = {
    get: () => Promise.reject(new Error('nothing here has HTTP')),
    note: notice => {
      if (!notices.some(({code, message}) => code === notice.code && message === notice.message))
        notices.push(notice);
    },
    settings: {},
    signal: giveUp.signal,
    counts: {requests: 0, retries: 0},
  };
  return {driver, account: name, session, cancel: () => giveUp.abort(), notices, signal: giveUp.signal};
}

/** Runs a query over accounts; names are looked up for every dimension of the grouping that has any. */
export const ask = (query: Query, ...accounts: readonly TestAccount[]): Promise<Figures> =>
  runQuery(
    query,
    accounts,
    query.groupBy.filter(
      (dimension): dimension is LabelDimension =>
        dimension !== 'provider' && dimension !== 'account' && dimension !== 'kind',
    ),
  );

/** Runs a query over one source. */
export const askSource = (query: Query, source: Source): Promise<Figures> =>
  ask(query, accountOf(driverOf([source])));
