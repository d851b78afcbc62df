import fc from 'fast-check';
import {afterAll, describe, expect, it} from 'vitest';
import {run} from '../../src/cli/run.ts';
import {UsageError} from '../../src/core/errors.ts';
import {addDays} from '../../src/core/instant.ts';
import {parseDecimal} from '../../src/core/money.ts';
import {parsePeriod} from '../../src/core/parse-period.ts';
import {contains} from '../../src/core/period.ts';
import type {GetOptions, QueryParams, Session, Source} from '../../src/drivers/driver.ts';
import {drivers} from '../../src/drivers/index.ts';
import {parseExactJson} from '../../src/http/exact-json.ts';
import {contextOf} from '../support/context.ts';
import {serialize} from '../support/fixtures.ts';
import {NOW} from '../support/session.ts';
import {LIVE} from './hostile.ts';
import {Random} from './random.ts';
import type {Answer, Asked, Json} from './servers/answer.ts';
import {ionq} from './servers/ionq.ts';
import {miosa} from './servers/miosa.ts';
import {openai} from './servers/openai.ts';
import {makeWorld} from './world.ts';

const tried: {[what: string]: number} = {};
const count = (what: string) => {
  tried[what] = (tried[what] ?? 0) + 1;
};
afterAll(() => {
  for (const [what, times] of Object.entries(tried)) expect(times, what).toBeGreaterThan(100);
});

describe('periods', () => {
  const piece = fc.constantFrom(
    '2026',
    '-',
    '11',
    '..',
    'Q',
    '4',
    'd',
    '0',
    '30',
    'm',
    'td',
    'last-month',
    'W',
    'T',
    'Z',
    ' ',
    '+',
    '9'.repeat(20),
  );
  const text = fc.oneof(
    fc.string({unit: 'binary'}),
    fc.array(piece, {maxLength: 7}).map(parts => parts.join('')),
  );

  it('are read, or refused with what is valid', () => {
    fc.assert(
      fc.property(text, given => {
        count('periods');
        try {
          const {start, end} = parsePeriod(given, NOW);
          expect(start).toBeLessThan(end);
          expect(Number.isFinite(start) && Number.isFinite(end)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({code: 'input', advice: {rule: expect.any(String)}});
        }
      }),
      {numRuns: 5_000},
    );
  });
});

describe('command lines', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'report',
      'costs',
      'usage',
      'auth',
      'login',
      'status',
      'providers',
      'help',
      '--',
      '-',
      '',
      '\u0000',
    ),
    fc.constantFrom(
      '--period',
      '--bucket',
      '--group-by',
      '--top',
      '--sort',
      '--fields',
      '--format',
      '--json',
      '--provider',
    ),
    fc.constantFrom(
      '--timeout',
      '--concurrency',
      '--compare',
      '--from',
      '--to',
      '--project',
      '--batch',
      '--no-batch',
      '-qv',
    ),
    fc.constantFrom(
      '7d',
      'day',
      'project',
      'cost:desc',
      'json',
      'openai',
      '0',
      '-1',
      '1e9',
      '2026-02-30',
      '__proto__',
    ),
    fc.string({unit: 'binary', maxLength: 12}),
  );

  it('are obeyed or refused: none is a bug, and none moves a terminal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, {minLength: 1, maxLength: 7}), async argv => {
        count('command lines');
        const {context, out, err} = await contextOf(argv, {env: {NO_COLOR: '1'}});
        const code = await run(context);
        const stderr = err.join('');
        expect([0, 2, 4], stderr).toContain(code);
        if (code !== 0) expect(out.join('')).toBe('');
        expect(LIVE.exec(stderr.replaceAll('\t', ' '))?.[0]).toBeUndefined();
      }),
      {numRuns: 600},
    );
  });
});

/** Any JSON, and what has the look of an amount, a date or a cursor without being one. */
const json: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({maxDepth: 3}) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(
    null,
    '',
    '0E-6176',
    '-0',
    '1e400',
    'NaN',
    -1,
    1e21,
    5e-324,
    '2026-11-01',
    '2026-13-45',
    true,
    [],
    {},
  ),
);

/** One member somewhere within, replaced, removed or doubled. */
function mutate(body: Json, random: Random, value: Json): Json {
  const copy = structuredClone(body);
  let at: Json = copy;
  for (;;) {
    if (typeof at !== 'object' || at === null) return value;
    const keys = Object.keys(at);
    if (keys.length === 0) return value;
    const key = random.pick(keys);
    const holder = at as {[key: string]: Json};
    const next = holder[key] ?? null;
    if (typeof next === 'object' && next !== null && Object.keys(next).length > 0 && random.chance(0.8)) {
      at = next;
      continue;
    }
    const way = random.whole(0, 2);
    if (way === 0) holder[key] = value;
    else if (way === 1) delete holder[key];
    else if (Array.isArray(at)) at.push(structuredClone(next));
    else holder[`${key}s`] = next;
    return copy;
  }
}

function toQuery(query: QueryParams = {}): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of [value].flat()) params.append(name, String(item));
  }
  return params;
}

/** A session whose every answer has one thing wrong. */
function spoiling(serve: (asked: Asked) => Answer, random: Random, value: Json): Session {
  return {
    async get<T>(path: string, {query, schema}: GetOptions<T>): Promise<T> {
      const {body} = serve({path, query: toQuery(query)});
      return schema.parse(parseExactJson(serialize(mutate(body, random, value))));
    },
    note: () => undefined,
    settings: {organization: 'com.faults'},
    signal: new AbortController().signal,
  };
}

describe('answers with one thing wrong', () => {
  const window = {
    start: addDays(NOW, -(NOW % 86_400_000) / 86_400_000 - 9),
    end: addDays(NOW, -(NOW % 86_400_000) / 86_400_000),
  };
  const SERVE: {readonly [id: string]: (seed: number) => (asked: Asked) => Answer} = {
    openai: seed => openai(makeWorld(seed), seed),
    ionq: seed => ionq(makeWorld(seed)),
    miosa: seed => miosa(makeWorld(seed), seed),
  };
  const all = drivers.flatMap(driver =>
    driver.sources.map(source => [driver.id, source.id, source] as const),
  );

  const expectSound = (error: unknown) => {
    // Of ours, or of a schema; a TypeError would be a bug.
    if (!(error instanceof UsageError)) expect(error).toHaveProperty('issues');
  };

  it.each(all)(
    '%s %s: records that are sound, or an error of the provider',
    async (id, name, source: Source) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), json, async (seed, value) => {
          count(`answers of ${id} ${name}`);
          const split = source.dimensions.includes('project') ? (['project'] as const) : [];
          const kinds = source.metrics.map(({kind}) => kind);
          const session = spoiling(SERVE[id]!(seed % 5), new Random(seed, 'mutation'), value);
          try {
            for (const slice of source.slices({
              window,
              now: NOW,
              granularity: 'day',
              split,
              filters: {},
              kinds,
            })) {
              for await (const records of source.fetch(slice, session))
                for (const {period, cost, quantities = {}, labels} of records) {
                  expect(contains(window, period)).toBe(true);
                  for (const amount of [cost?.amount, ...Object.values(quantities)])
                    if (amount !== undefined) expect(parseDecimal(amount)).toBe(amount);
                  if (cost) expect(cost.currency).toMatch(/^[A-Z_]+$/);
                  expect(labels.project?.id).not.toBe('');
                }
            }
          } catch (error) {
            expectSound(error);
          }
        }),
        {numRuns: 150},
      );
    },
  );

  it.each(drivers.flatMap(({id, names}) => names.map(source => [id, source.dimension, source] as const)))(
    '%s, names of %ss',
    async (id, dimension, source) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), json, async (seed, value) => {
          count(`names of ${id} ${dimension}`);
          try {
            const found = await source.lookup(
              spoiling(SERVE[id]!(seed % 5), new Random(seed, 'mutation'), value),
              async () => new Set(['key_1']),
            );
            for (const name of found.values()) expect(typeof name).toBe('string');
          } catch (error) {
            expectSound(error);
          }
        }),
        {numRuns: 200},
      );
    },
  );

  it.each(drivers.map(driver => [driver.id, driver] as const))('%s, refusals', (_, driver) => {
    fc.assert(
      fc.property(fc.integer({min: 300, max: 599}), fc.oneof(json, fc.string()), (status, body) => {
        count('refusals');
        const {message, code, hint} = driver.explain({status, body});
        for (const text of [message, code, hint]) expect(['string', 'undefined']).toContain(typeof text);
      }),
      {numRuns: 1_000},
    );
  });
});
