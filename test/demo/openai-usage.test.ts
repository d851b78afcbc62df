import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type DemoServer, startDemo} from '../../src/demo/server.ts';
import {type Bucket, buckets, NOW, type Query, type Row, rowsOf, total, unix} from './client.ts';

const DAY = 86_400;
const TODAY = unix('2026-11-22');
const FIRST = unix('2024-01-01');

const MODEL = ['project_id', 'user_id', 'api_key_id', 'model'];
/** Every endpoint with what it can be grouped by, the name of its rows, and its metrics. */
const KINDS = {
  completions: {
    groups: [...MODEL, 'batch', 'service_tier'],
    object: 'completions',
    metrics: [
      'input_tokens',
      'output_tokens',
      'num_model_requests',
      'input_cached_tokens',
      'output_audio_tokens',
    ],
  },
  embeddings: {groups: MODEL, object: 'embeddings', metrics: ['input_tokens', 'num_model_requests']},
  moderations: {groups: MODEL, object: 'moderations', metrics: ['input_tokens', 'num_model_requests']},
  images: {groups: [...MODEL, 'size', 'source'], object: 'images', metrics: ['images', 'num_model_requests']},
  audio_speeches: {groups: MODEL, object: 'audio_speeches', metrics: ['characters', 'num_model_requests']},
  audio_transcriptions: {
    groups: MODEL,
    object: 'audio_transcriptions',
    metrics: ['seconds', 'num_model_requests'],
  },
  code_interpreter_sessions: {
    groups: ['project_id'],
    object: 'code_interpreter_sessions',
    metrics: ['num_sessions'],
  },
  file_search_calls: {
    groups: ['project_id', 'user_id', 'api_key_id', 'vector_store_id'],
    object: 'file_searches',
    metrics: ['num_requests'],
  },
  web_search_calls: {
    groups: [...MODEL, 'context_level'],
    object: 'web_searches',
    metrics: ['num_requests', 'num_model_requests'],
  },
} as const;
const kinds = fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[]));
const days = fc.integer({min: 0, max: (TODAY - FIRST) / DAY}).map(day => FIRST + day * DAY);

let demo: DemoServer;
beforeAll(async () => {
  demo = await startDemo(NOW);
});
afterAll(() => demo.close());

const usage = (kind: string, query: Query): Promise<Bucket[]> =>
  buckets(demo, `/organization/usage/${kind}`, query);

const sums = (rows: readonly Row[], metrics: readonly string[]): number[] =>
  metrics.map(metric => total(rows, metric));

describe('every kind', () => {
  test('adds up to the same whatever it is grouped by', () =>
    fc.assert(
      fc.asyncProperty(kinds, days, fc.infiniteStream(fc.boolean()), async (kind, start_time, coins) => {
        const {groups, metrics, object} = KINDS[kind];
        const span = {start_time, end_time: start_time + 3 * DAY};
        const whole = await usage(kind, span);
        const split = await usage(kind, {...span, group_by: groups.filter(() => coins.next().value)});
        expect(split.map(({results}) => sums(results, metrics))).toEqual(
          whole.map(({results}) => sums(results, metrics)),
        );
        for (const row of rowsOf(split)) {
          expect(row.object).toBe(`organization.usage.${object}.result`);
          expect(Object.keys(row)).toEqual(expect.arrayContaining([...groups, ...metrics]));
        }
      }),
      {numRuns: 60},
    ));

  test('adds up to the same whatever the width of its buckets, the running day included', () =>
    fc.assert(
      fc.asyncProperty(kinds, fc.oneof(days, fc.constant(TODAY)), async (kind, start_time) => {
        const {metrics} = KINDS[kind];
        const span = {start_time, end_time: start_time + DAY};
        const [daily, hourly, minutely] = await Promise.all([
          usage(kind, {...span, bucket_width: '1d'}),
          usage(kind, {...span, bucket_width: '1h', limit: 24}),
          usage(kind, {...span, bucket_width: '1m', limit: 1440}),
        ]);
        expect([daily.length, hourly.length, minutely.length]).toEqual([1, 24, 1440]);
        const expected = sums(rowsOf(daily), metrics);
        expect(sums(rowsOf(hourly), metrics)).toEqual(expected);
        expect(sums(rowsOf(minutely), metrics)).toEqual(expected);
      }),
      {numRuns: 12},
    ));

  test('adds up however a span is cut in two', () =>
    fc.assert(
      fc.asyncProperty(
        kinds,
        days,
        fc.integer({min: 1, max: 2 * 1440 - 1}),
        async (kind, start_time, minute) => {
          const {metrics} = KINDS[kind];
          const end_time = start_time + 2 * DAY;
          const cut = start_time + minute * 60;
          const whole = rowsOf(await usage(kind, {start_time, end_time}));
          const parts = [
            ...rowsOf(await usage(kind, {start_time, end_time: cut})),
            ...rowsOf(await usage(kind, {start_time: cut, end_time})),
          ];
          expect(sums(parts, metrics)).toEqual(sums(whole, metrics));
        },
      ),
      {numRuns: 30},
    ));

  test('had some use in the last month', async () => {
    for (const [kind, {metrics}] of Object.entries(KINDS)) {
      const rows = rowsOf(await usage(kind, {start_time: TODAY - 30 * DAY, limit: 31}));
      for (const sum of sums(rows, metrics)) expect(sum, kind).toBeGreaterThan(0);
    }
  });
});

describe('buckets', () => {
  test('are clipped to the asked window: its start to the minute, its end to the second', async () => {
    const start_time = unix('2026-11-10T17:31:03Z');
    const end_time = unix('2026-11-12T03:04:05Z');
    const all = await usage('completions', {start_time, end_time});
    expect(all.map(bucket => [bucket.start_time, bucket.end_time])).toEqual([
      [unix('2026-11-10T17:31:00Z'), unix('2026-11-11')],
      [unix('2026-11-11'), unix('2026-11-12')],
      [unix('2026-11-12'), end_time],
    ]);
  });

  test('end now if nothing else is asked', async () => {
    const all = await usage('completions', {start_time: TODAY});
    expect(all.map(({end_time}) => end_time)).toEqual([NOW / 1000]);
  });

  test('come in pages that hold together, however small', async () => {
    const query = {start_time: TODAY - 9 * DAY, end_time: TODAY, group_by: 'model'};
    const whole = await usage('completions', {...query, limit: 31});
    for (const limit of [1, 7, 9]) expect(await usage('completions', {...query, limit})).toEqual(whole);
    const hours = {...query, start_time: TODAY - DAY, bucket_width: '1h'};
    expect(await usage('images', {...hours, limit: 5})).toEqual(
      await usage('images', {...hours, limit: 168}),
    );
  });
});

test('tokens only come with requests', async () => {
  const all = await usage('completions', {
    start_time: TODAY - DAY,
    end_time: TODAY,
    bucket_width: '1m',
    limit: 1440,
    group_by: ['project_id', 'api_key_id', 'model', 'user_id', 'batch', 'service_tier'],
  });
  expect(rowsOf(all).length).toBeGreaterThan(1_000);
  for (const row of rowsOf(all)) expect(row.num_model_requests).toBeGreaterThan(0);
});
