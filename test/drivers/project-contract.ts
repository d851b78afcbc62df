import {isDeepStrictEqual} from 'node:util';
import {describe, expect, test} from 'vitest';
import {CredentialError, InterruptedError, ProviderError, UsageError} from '../../src/core/errors.ts';
import type {Driver, ProjectList, ProjectPart} from '../../src/drivers/driver.ts';
import {type Exchange, findExchange, isRaw, raw, serialize} from '../support/fixtures.ts';
import {loopback, type Received, type Reply} from '../support/loopback.ts';
import {NOW, type TestSession, testSession} from '../support/session.ts';
import {SECRET} from './contract-rig.ts';
import {addToObjects, change, fields, type Path, patternOf, valueAt} from './contract-tree.ts';

/** What a driver brings to the contract of projects: the exchanges that answer its whole list. */
export interface ProjectSubject {
  readonly driver: Driver;
  readonly exchanges: readonly Exchange[];
  readonly settings?: {readonly [name: string]: string};
  readonly expected: ProjectList;
  /** Fields whose absence means something else than "not told", as `projects.*.quotaLimit`. */
  readonly meaningful?: readonly string[];
}

const PARTS: readonly ProjectPart[] = ['members', 'limits', 'alerts', 'quotas', 'funds'];
const WINDOW = {start: Date.parse('2026-11-01T00:00:00Z'), end: Date.parse('2026-11-23T00:00:00Z')};

interface Outcome {
  readonly list: ProjectList | undefined;
  readonly error: unknown;
  readonly received: readonly Received[];
  readonly unknown: readonly string[];
  readonly used: ReadonlySet<Exchange>;
  readonly notices: TestSession['notices'];
}

type Spoil = (exchange: Exchange, index: number) => Reply | undefined;

async function attempt(
  {driver, exchanges, settings}: ProjectSubject,
  spoil: Spoil = () => undefined,
  signal?: AbortSignal,
): Promise<Outcome> {
  const unknown: string[] = [];
  const used = new Set<Exchange>();
  const server = await loopback((request, index) => {
    const exchange = findExchange(exchanges, request);
    if (!exchange) {
      unknown.push(`${request.path}?${request.query}`);
      return {status: 404, body: {error: {message: 'Invalid URL', code: 'NOT_FOUND'}}};
    }
    used.add(exchange);
    return spoil(exchange, index) ?? {...exchange.response, body: serialize(exchange.response.body)};
  });
  const session = await testSession(driver, server.url, {
    secret: SECRET,
    ...(settings && {settings: {...settings}}),
    ...(signal && {signal}),
  });
  const query = {now: NOW, window: WINDOW as never, parts: new Set(PARTS)};
  const ended = await (
    driver.projects?.list(query, session) ?? Promise.reject(new Error('no projects'))
  ).then(
    list => ({list, error: undefined}),
    (error: unknown) => ({list: undefined, error}),
  );
  await session.close();
  await server.close();
  return {...ended, received: server.received, unknown, used, notices: session.notices};
}

const only = (exchange: Exchange, reply: Reply) => (seen: Exchange) =>
  seen === exchange ? reply : undefined;
const nameOf = ({request}: Exchange): string => `${request.path} ${JSON.stringify(request.query ?? {})}`;

/**
 * Replays the list of a driver over real HTTP, and derives the failures: a part that is refused is left out with a
 * notice, anything else fails the list; never another amount, and never a limit where there is none.
 */
export function projectContract(name: string, subject: ProjectSubject): void {
  const {exchanges, expected} = subject;
  const each = exchanges.map(exchange => [nameOf(exchange), exchange] as const);

  describe(`contract of projects: ${name}`, () => {
    test('as recorded: everything is asked for, only by GET, and read to the last digit', async () => {
      const outcome = await attempt(subject);
      if (outcome.error) throw outcome.error;
      expect(outcome.unknown).toEqual([]);
      expect(exchanges.filter(exchange => !outcome.used.has(exchange)).map(nameOf)).toEqual([]);
      expect(outcome.list).toEqual(expected);
      expect(outcome.notices).toEqual([]);
      for (const {method, headers, path, query} of outcome.received) {
        expect(method).toBe('GET');
        expect(Object.values(headers).join('\n')).toContain(SECRET);
        expect(`${path}?${query}`).not.toContain(SECRET);
      }
    });

    describe.each([401, 403, 404])('%i', status => {
      test.each(each)('on %s leaves out what it would say', async (_, exchange) => {
        const body = {error: {message: 'no', code: 'no'}};
        const {list, error, notices} = await attempt(subject, only(exchange, {status, body}));
        if (error) throw error;
        expect(list).toBeDefined();
        if (!list) return;
        // 404 may say that there is none: then only an amount may not be made of it.
        const same = isDeepStrictEqual(list, expected);
        if (!same) expect(saysLess(list, expected, status === 404)).toBe(true);
        if (!same && status !== 404) expect(notices.length).toBeGreaterThan(0);
        for (const {message} of notices) expect(message).not.toContain(SECRET);
      });
    });

    test.each(each)('a failing server at %s fails the list', async (_, exchange) => {
      for (const status of [500, 503]) {
        const {error} = await attempt(subject, only(exchange, {status, body: {}}));
        expect(error).toBeInstanceOf(ProviderError);
        expect((error as ProviderError).code).toBe('server_error');
      }
    });

    test.each(each)('another shape at %s fails the list', async (_, exchange) => {
      const answer = exchange.response.status ?? 200;
      if (answer !== 200) return;
      for (const body of ['null', '"text"', '5', '[[]]', '{"data":null}', '{"data": [1, 2', '<html>']) {
        const {error, list} = await attempt(subject, only(exchange, {body}));
        if (list && isDeepStrictEqual(list, expected)) continue;
        expect([body, error]).toEqual([body, expect.any(ProviderError)]);
      }
    });

    test('no field that is missing, null or no number makes an amount of its own', {
      timeout: 60_000,
    }, async () => {
      const complaints: string[] = [];
      let failed = 0;
      for (const exchange of exchanges) {
        const {body, status = 200} = exchange.response;
        if (status !== 200) continue;
        for (const path of fields(body)) {
          const values = isNumeric(valueAt(body, path)) ? NUMBERS : [undefined, null];
          for (const value of values) {
            const changed = {...exchange, response: {body: change(body, path, value)}};
            const spoilt = {...subject, exchanges: exchanges.map(one => (one === exchange ? changed : one))};
            const outcome = await attempt(spoilt);
            if (outcome.error instanceof ProviderError) failed++;
            const found = complaint(outcome, subject, path);
            if (found) complaints.push(`${nameOf(exchange)} ${path.join('.')} = ${String(value)}: ${found}`);
          }
        }
      }
      expect(complaints).toEqual([]);
      expect(failed).toBeGreaterThan(0);
    });

    test('unknown fields pass', async () => {
      const more = exchanges.map(exchange => ({
        ...exchange,
        response: {...exchange.response, body: addToObjects(exchange.response.body)},
      }));
      const {list, error} = await attempt({...subject, exchanges: more});
      if (error) throw error;
      expect(list).toEqual(expected);
    });

    test('an abort interrupts, before and on the way', async () => {
      const before = await attempt(subject, undefined, AbortSignal.abort());
      expect(before.error).toBeInstanceOf(InterruptedError);
      expect(before.received).toEqual([]);
      const controller = new AbortController();
      const during = await attempt(
        subject,
        () => {
          controller.abort();
          return undefined;
        },
        controller.signal,
      );
      expect(during.error).toBeInstanceOf(InterruptedError);
    });
  });
}

const NUMBERS = [undefined, null, raw('1e999'), 'NaN', '', ' 1', true, []];
const isNumeric = (value: unknown): boolean => typeof value === 'number' || isRaw(value);

function complaint(
  {list, error}: Outcome,
  {expected, meaningful}: ProjectSubject,
  path: Path,
): string | undefined {
  if (!list) {
    const known = error instanceof UsageError && !(error instanceof CredentialError);
    return known ? undefined : `no error of the provider: ${error}`;
  }
  if (saysLess(list, expected, meaningful?.includes(patternOf(path)) ?? false)) return undefined;
  return 'other amounts';
}

/**
 * Whether a list holds no project, amount or budget that the whole one does not. Labels may say less. `unlimited` is a
 * claim of its own, and only allowed where the answer that would name the limit says that there is none.
 */
function saysLess(list: ProjectList, whole: ProjectList, unlimitedIsFine: boolean): boolean {
  const ids = new Set(whole.projects?.flatMap(({id, aliases = []}) => [id, ...aliases]));
  const names = new Set(whole.projects?.map(({name}) => name));
  const projects = (list.projects ?? []).every(({id}) => ids.has(id) || names.has(id));
  const amounts = new Set(amountsOf(whole));
  return (
    projects &&
    amountsOf(list).every(text => amounts.has(text) || (unlimitedIsFine && text === '"unlimited"'))
  );
}

function amountsOf({projects, budgets, funds}: ProjectList): string[] {
  const money = [
    ...(projects ?? []).map(({spentEver}) => spentEver),
    ...budgets.flatMap(({amount, spent, remaining}) => [amount, spent, remaining]),
    funds?.balance,
    funds?.spentEver,
  ];
  return money.flatMap(one => (one === undefined ? [] : [JSON.stringify(one)]));
}
