import {isAscii} from 'node:buffer';
import {setMaxListeners} from 'node:events';
import {InterruptedError, ProviderError, UsageError} from '../core/errors.ts';
import {type Instant, instant, SECOND_MS} from '../core/instant.ts';
import type {Notice} from '../core/notice.ts';
import type {Driver, GetOptions, QueryParams, Session} from '../drivers/driver.ts';
import {OversizeError} from './body.ts';
import type {Clock} from './clock.ts';
import {parseExactJson} from './exact-json.ts';
import {connectionError, refusalError} from './failure.ts';
import {Gate} from './gate.ts';
import {Patience} from './patience.ts';
import {decideRetry, describeWait, type Failure} from './retry.ts';
import type {Answer, Transport} from './transport.ts';

/** What a session tells whoever watches; nothing here holds a secret. */
export interface Observer {
  started?(): void;
  finished?(): void;
  /** After each try: path with query, status or undefined, how long it took in milliseconds, and the Date header. */
  tried?(target: string, status: number | undefined, took: number, date?: string): void;
  /** About to wait so many milliseconds before trying again; `asked`: because the provider wants it. */
  retrying?(wait: number, reason: string, asked: boolean): void;
  /** A wait is over. */
  resuming?(): void;
}

export interface SessionOptions {
  readonly driver: Driver;
  readonly baseUrl: URL;
  /** Or how to come by it, asked before each request: it must give the same each time. */
  readonly secret: string | (() => Promise<string>);
  /** What to do about a refused key, by where this one comes from. */
  readonly renewal?: string | undefined;
  readonly settings: Session['settings'];
  readonly transport: Transport;
  readonly clock: Clock;
  /** For each try, in milliseconds. */
  readonly timeout: number;
  /** After this no new try is started. */
  readonly deadline: Instant;
  /** After this what failed is not tried again; the deadline if left out. */
  readonly retriesUntil?: Instant | undefined;
  /** Requests in flight at a time. */
  readonly concurrency: number;
  /** Shared with other sessions of the same account, so that they keep to it together. */
  readonly gate?: Gate;
  readonly signal: AbortSignal;
  readonly onNotice: (notice: Pick<Notice, 'level' | 'code' | 'message'>) => void;
  readonly observer?: Observer;
}

export interface OpenSession extends Session {
  /** Requests answered for good, and tries beyond the first ones. */
  readonly counts: {readonly requests: number; readonly retries: number};
}

/** A try that brought no figures: what to tell, and whether it may be repeated. */
class FailedTry {
  readonly error: UsageError;
  readonly failure: Failure;

  constructor(error: UsageError, failure: Failure) {
    this.error = error;
    this.failure = failure;
  }
}

const isGood = ({status}: Answer): boolean => status >= 200 && status < 300;

/** Opens a session of one account. It alone holds the secret, and puts it in no place but the request's header. */
export function openSession(options: SessionOptions): OpenSession {
  const {driver, clock, signal, observer} = options;
  // Every slice that waits listens to it, and there may be many.
  setMaxListeners(0, signal);
  const gate = options.gate ?? new Gate(options.concurrency, clock, signal);
  const patience = new Patience(options.concurrency, options.timeout, clock.now());
  const counts = {requests: 0, retries: 0};
  const retriesUntil = options.retriesUntil ?? options.deadline;
  const said = new Set<string>();

  async function getOnce(path: string, url: URL, secret: string): Promise<Answer> {
    const began = clock.now();
    const limit = Math.min(options.timeout, patience.left(began), options.deadline - began);
    if (limit <= 0) throw overdue(driver);
    const timeout = clock.timeout(limit);
    let answer: Answer;
    try {
      const headers = driver.headers(secret, options.settings);
      answer = await options.transport(url, headers, AbortSignal.any([signal, timeout]));
    } catch (cause) {
      if (signal.aborted) throw new InterruptedError();
      observer?.tried?.(path + url.search, undefined, clock.now() - began);
      if (cause instanceof OversizeError)
        throw new ProviderError('bad_response', `${driver.title}: ${cause.message}`, {
          provider: driver.id,
          hint: 'ask for a shorter period',
        });
      const seconds = Math.ceil(limit / SECOND_MS);
      throw new FailedTry(connectionError(driver, url.host, cause, timeout.aborted, seconds, secret), {
        status: undefined,
      });
    }
    observer?.tried?.(path + url.search, answer.status, clock.now() - began, answer.headers.date);
    return answer;
  }

  function read(path: string, answer: Answer, secret: string): unknown {
    const text = decode(answer.body);
    const json = text === undefined ? undefined : parse(text);
    if (isGood(answer)) {
      if (json !== undefined) return json.value;
      const error = new ProviderError(
        'bad_response',
        `${driver.title} answered ${path} with a body that is not whole JSON`,
        {provider: driver.id, hint: 'try again; if it lasts, check the base URL'},
      );
      throw new FailedTry(error, {status: undefined});
    }
    const body = json ? json.value : text;
    const failure: Failure = {
      status: answer.status,
      retryAfter: answer.headers['retry-after'],
      bodyRetryAfter: bodyRetryAfter(body),
    };
    const decision = decideRetry(failure, 1, clock.now(), 0);
    const wait = !decision.retry && decision.asked ? describeWait(decision.asked, clock.now()) : undefined;
    const refusal = {status: answer.status, body};
    const {renewal} = options;
    throw new FailedTry(refusalError(driver, path, refusal, secret, {wait, renewal}), failure);
  }

  async function getRetrying(path: string, url: URL, secret: string): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      let turn = 0;
      try {
        const value = await gate.through(
          async now => {
            turn = now;
            if (attempt > 1) observer?.resuming?.();
            const answer = await getOnce(path, url, secret);
            // A refusal is read at once, before anybody is let in to be refused as well.
            if (!isGood(answer)) read(path, answer, secret);
            return answer;
          },
          answer => read(path, answer, secret),
          ({body}) => body.length,
        );
        patience.answered(clock.now());
        gate.speedUp();
        return value;
      } catch (failed) {
        if (signal.aborted) throw new InterruptedError();
        if (!(failed instanceof FailedTry)) throw failed;
        const now = clock.now();
        const decision = decideRetry(failed.failure, attempt, now, clock.random());
        if (!decision.retry || now + decision.delay >= retriesUntil) throw failed.error;
        const {delay, asked} = decision;
        if (!patience.spend(now, delay, asked)) throw failed.error;
        counts.retries++;
        observer?.retrying?.(delay, failed.error.message, asked !== undefined);
        if (failed.failure.status === 429) gate.slowDown(instant(now + delay), turn);
        else await pause(delay);
      }
    }
  }

  async function pause(milliseconds: number): Promise<void> {
    try {
      await clock.sleep(milliseconds, signal);
    } catch (cause) {
      throw signal.aborted ? new InterruptedError() : cause;
    }
  }

  async function get<T>(path: string, {query = {}, schema}: GetOptions<T>): Promise<T> {
    const url = target(options.baseUrl, path, query);
    const secret = typeof options.secret === 'string' ? options.secret : await options.secret();
    observer?.started?.();
    counts.requests++;
    try {
      return check(driver, path, schema, await getRetrying(path, url, secret));
    } finally {
      observer?.finished?.();
    }
  }

  function note(notice: Pick<Notice, 'level' | 'code' | 'message'>): void {
    const key = `${notice.code} ${notice.message}`;
    if (said.has(key)) return;
    said.add(key);
    options.onNotice(notice);
  }

  return {get, note, settings: options.settings, signal, counts};
}

const overdue = (driver: Driver): ProviderError =>
  new ProviderError('timeout', `${driver.title} did not answer everything before the run's time was up`, {
    provider: driver.id,
    rule: 'a run starts nothing new after five minutes',
    hint: 'ask for a shorter period, or for one provider at a time',
  });

function target(base: URL, path: string, query: QueryParams): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/$/, '')}${path}`;
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(item));
  }
  return url;
}

function check<T>(driver: Driver, path: string, schema: GetOptions<T>['schema'], json: unknown): T {
  try {
    return schema.parse(json);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new ProviderError(
      'bad_response',
      `${driver.title} answered ${path} in another shape: ${mismatch(cause)}`,
      {
        provider: driver.id,
        hint: 'the API may have changed: see whether a newer version of usage exists',
      },
    );
  }
}

/** Names the field, as zod reports it, and never the value. */
function mismatch(cause: unknown): string {
  const issues: unknown = cause instanceof Error && 'issues' in cause ? cause.issues : undefined;
  const first: unknown = Array.isArray(issues) ? issues[0] : undefined;
  if (typeof first !== 'object' || first === null || !('path' in first) || !Array.isArray(first.path))
    return 'unreadable';
  const field = first.path.map(String).join('.') || 'the body';
  const message = 'message' in first && typeof first.message === 'string' ? first.message : '';
  return message && message !== 'Invalid input'
    ? `${field} ${message}`
    : `${field} is missing or of another type`;
}

const UTF8 = new TextDecoder('utf-8', {fatal: true});

function decode(body: Buffer): string | undefined {
  if (isAscii(body)) return body.toString('latin1'); // most bodies, in a quarter of the time
  try {
    return UTF8.decode(body);
  } catch {
    return undefined;
  }
}

function parse(text: string): {readonly value: unknown} | undefined {
  try {
    return {value: parseExactJson(text)};
  } catch {
    return undefined;
  }
}

/** `retry_after` at the top of the body or in its `error`. */
function bodyRetryAfter(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('retry_after' in body) return body.retry_after;
  return 'error' in body ? bodyRetryAfter(body.error) : undefined;
}
