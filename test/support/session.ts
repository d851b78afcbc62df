import {instant, parseInstant} from '../../src/core/instant.ts';
import type {Record} from '../../src/core/record.ts';
import type {Driver, Source, SourceQuery} from '../../src/drivers/driver.ts';
import type {Clock} from '../../src/http/clock.ts';
import {type OpenSession, openSession} from '../../src/http/session.ts';
import {openTransport} from '../../src/http/transport.ts';

export const NOW = parseInstant('2026-11-22T09:00:00Z')!;

/** A clock that sleeps by moving its hands. `slept` lists the waits in milliseconds. */
export function fakeClock(start = NOW): Clock & {readonly slept: number[]} {
  let now: number = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => instant(now),
    random: () => 0.5,
    timeout: milliseconds => AbortSignal.timeout(milliseconds),
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

export interface TestSession extends OpenSession {
  readonly notices: {readonly level: string; readonly code: string; readonly message: string}[];
  readonly clock: ReturnType<typeof fakeClock>;
  close(): Promise<void>;
}

/** A real session over real HTTP against a base URL on loopback. */
export async function testSession(
  driver: Driver,
  baseUrl: string,
  options: {
    settings?: {[name: string]: string};
    secret?: string;
    signal?: AbortSignal;
    timeout?: number;
  } = {},
): Promise<TestSession> {
  const transport = await openTransport({connections: 8, env: {}});
  const notices: TestSession['notices'][number][] = [];
  const clock = fakeClock();
  const session = openSession({
    driver,
    baseUrl: new URL(baseUrl),
    secret: options.secret ?? 'test-secret',
    settings: options.settings ?? {},
    transport,
    clock,
    timeout: options.timeout ?? 5_000,
    deadline: instant(NOW + 3_600_000),
    concurrency: 8,
    signal: options.signal ?? new AbortController().signal,
    onNotice: notice => notices.push(notice),
  });
  return Object.assign(session, {notices, clock, close: () => transport.close()});
}

/** All records of a query, slice after slice. */
export async function collect(source: Source, query: SourceQuery, session: OpenSession): Promise<Record[]> {
  const records: Record[] = [];
  for (const slice of source.slices(query))
    for await (const batch of source.fetch(slice, session)) records.push(...batch);
  return records;
}
