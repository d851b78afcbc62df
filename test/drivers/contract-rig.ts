import type {ServerResponse} from 'node:http';
import type {Record} from '../../src/core/record.ts';
import type {Driver, Source, SourceQuery} from '../../src/drivers/driver.ts';
import {type Exchange, findExchange, serialize} from '../support/fixtures.ts';
import {loopback, type Received} from '../support/loopback.ts';
import {collect, type TestSession, testSession} from '../support/session.ts';

/** What a driver brings to the contract: a source, a query, and the exchanges that answer it. */
export interface Subject {
  readonly driver: Driver;
  readonly source: Source;
  readonly query: SourceQuery;
  readonly exchanges: readonly Exchange[];
  readonly settings?: {[name: string]: string};
  /**
   * Fields of a body, as `results.*.storage_gb_hours` (`*` is any index), without which the answer is still good:
   * labels, names, quantities that may be missing. The contract then allows records with less said, never with another
   * figure: the amounts stay as they are, and quantities may only be left out.
   */
  readonly optional?: readonly string[];
  /** Objects whose keys are data, as `results.*.costs`: no unknown field is added to them. The body itself is ''. */
  readonly maps?: readonly string[];
}

/** In every request's header, and in no other place. */
export const SECRET = 'contract-5ecret-9f2c';

/** Answers a request wrongly. Gets the answer as recorded, to spoil it. */
export type Failure = (response: ServerResponse, recorded: string) => void;

export interface Trial {
  /** Picks the failure of a request by its index; undefined: as recorded. */
  readonly fail?: (index: number) => Failure | undefined;
  /** Instead of the subject's own. */
  readonly exchanges?: readonly Exchange[];
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly prepare?: (session: TestSession) => void;
}

export interface Outcome {
  /** Either all records, or the error. */
  readonly records: readonly Record[] | undefined;
  readonly error: unknown;
  readonly received: readonly Received[];
  /** Requests that no exchange answers. */
  readonly unknown: readonly string[];
  /** Waits before retries, in milliseconds. */
  readonly slept: readonly number[];
  readonly notices: TestSession['notices'];
  readonly used: ReadonlySet<Exchange>;
}

/** Only the request of that index fails. */
export const at = (index: number, failure: Failure) => (seen: number) =>
  seen === index ? failure : undefined;
/** That request fails, and all after it. */
export const from = (index: number, failure: Failure) => (seen: number) =>
  seen >= index ? failure : undefined;

/** Runs the subject's query once against a server of its own, over real HTTP. */
export async function attempt(subject: Subject, trial: Trial = {}): Promise<Outcome> {
  const unknown: string[] = [];
  const used = new Set<Exchange>();
  const exchanges = trial.exchanges ?? subject.exchanges;
  const server = await loopback((request, index, response) => {
    const exchange = findExchange(exchanges, request);
    if (exchange) used.add(exchange);
    const failure = trial.fail?.(index);
    if (failure) {
      failure(response, exchange ? serialize(exchange.response.body) : '');
      return undefined;
    }
    if (exchange) return {...exchange.response, body: serialize(exchange.response.body)};
    unknown.push(`${request.path}?${request.query}`);
    return {status: 500, body: {error: `no exchange is recorded for ${request.path}?${request.query}`}};
  });
  const session = await testSession(subject.driver, server.url, {
    secret: SECRET,
    ...(subject.settings && {settings: subject.settings}),
    ...(trial.signal && {signal: trial.signal}),
    ...(trial.timeout && {timeout: trial.timeout}),
  });
  trial.prepare?.(session);
  const ended = await collect(subject.source, subject.query, session).then(
    records => ({records, error: undefined}),
    (error: unknown) => ({records: undefined, error}),
  );
  await session.close();
  await server.close();
  const {slept} = session.clock;
  return {...ended, received: server.received, unknown, slept, notices: session.notices, used};
}
