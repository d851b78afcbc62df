import {bucketStart, nextBucket} from '../../../src/core/bucket.ts';
import {type Instant, instant} from '../../../src/core/instant.ts';
import type {Record} from '../../../src/core/record.ts';
import type {Source, SourceQuery} from '../../../src/drivers/driver.ts';
import {openai} from '../../../src/drivers/openai/index.ts';
import {type Exchange, findExchange, serialize} from '../../support/fixtures.ts';
import {type Loopback, loopback, type Received, type Reply} from '../../support/loopback.ts';
import {collect, type TestSession, testSession} from '../../support/session.ts';

const WIDTHS = {'1m': 'minute', '1h': 'hour', '1d': 'day'} as const;

/** A bucket as the API sends it, in seconds. */
export const bucket = (start: Instant, end: Instant, results: readonly unknown[] = []) => ({
  object: 'bucket',
  start_time: start / 1000,
  end_time: end / 1000,
  results,
});

/** The only page. */
export const page = (...data: readonly unknown[]) => ({
  object: 'page',
  data,
  has_more: false,
  next_page: null,
});

/** The buckets of the asked window as the API makes them: clipped to it, empty ones too, `limit` a page at most. */
export function answer({query}: Received, rows: (start: Instant) => readonly unknown[] = () => []): Reply {
  const width = WIDTHS[(query.get('bucket_width') ?? '1d') as keyof typeof WIDTHS];
  const end = instant(Number(query.get('end_time')) * 1000);
  let start = instant(Number((query.get('page') ?? query.get('start_time'))?.replace('page_', '')) * 1000);
  const buckets: ReturnType<typeof bucket>[] = [];
  while (start < end && buckets.length < Number(query.get('limit'))) {
    const next = instant(Math.min(nextBucket(bucketStart(start, width), width), end));
    buckets.push(bucket(start, next, rows(start)));
    start = next;
  }
  const more = start < end;
  return {
    body: {object: 'page', data: buckets, has_more: more, next_page: more ? `page_${start / 1000}` : null},
  };
}

/** Answers from recorded exchanges; a request that none answers gets a 500. */
export const replay =
  (exchanges: readonly Exchange[]) =>
  (request: Received): Reply => {
    const exchange = findExchange(exchanges, request);
    if (!exchange)
      return {status: 500, body: {error: {message: `nothing recorded for ${request.path}?${request.query}`}}};
    return {...exchange.response, body: serialize(exchange.response.body)};
  };

interface Connection {
  readonly session: TestSession;
  readonly server: Loopback;
}

/** Runs some work against a server over real HTTP, and closes both ends. */
export async function connected<T>(
  handler: (request: Received, index: number) => Reply | undefined,
  work: (connection: Connection) => Promise<T>,
  settings: {[name: string]: string} = {},
): Promise<T> {
  const server = await loopback(handler);
  const session = await testSession(openai, server.url, {settings});
  try {
    return await work({session, server});
  } finally {
    await session.close();
    await server.close();
  }
}

/** The records of a query, the requests that it took, and what was said. */
export const fetchAll = (
  source: Source,
  query: SourceQuery,
  handler: (request: Received, index: number) => Reply | undefined = request => answer(request),
): Promise<{
  records: readonly Record[];
  received: readonly Received[];
  notices: readonly {readonly level: string; readonly code: string; readonly message: string}[];
}> =>
  connected(handler, async ({session, server}) => ({
    records: await collect(source, query, session),
    received: server.received,
    notices: session.notices,
  }));
