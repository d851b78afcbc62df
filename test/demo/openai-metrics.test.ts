import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type DemoServer, startDemo} from '../../src/demo/server.ts';
import {type Bucket, buckets, NOW, type Query, rowsOf, total, unix} from './client.ts';

const DAY = 86_400;
const TODAY = unix('2026-11-22');

let demo: DemoServer;
beforeAll(async () => {
  demo = await startDemo(NOW);
});
afterAll(() => demo.close());

const usage = (kind: string, query: Query): Promise<Bucket[]> =>
  buckets(demo, `/organization/usage/${kind}`, query);

describe('completions', () => {
  test('keep the identities between their fields, in every width', async () => {
    const group_by = ['model', 'batch', 'service_tier'];
    const rows = [
      ...rowsOf(await usage('completions', {start_time: TODAY - 20 * DAY, limit: 31, group_by})),
      ...rowsOf(
        await usage('completions', {start_time: TODAY - DAY, bucket_width: '1h', limit: 48, group_by}),
      ),
    ];
    const sum = (row: (typeof rows)[number], ...fields: string[]): number =>
      fields.reduce((all, field) => all + Number(row[field]), 0);
    for (const row of rows) {
      expect(row.input_tokens).toBe(
        sum(row, 'input_cached_tokens', 'input_cache_write_tokens', 'input_uncached_tokens'),
      );
      expect(row.input_uncached_tokens).toBe(
        sum(row, 'input_text_tokens', 'input_audio_tokens', 'input_image_tokens'),
      );
      expect(row.input_cached_tokens).toBe(
        sum(row, 'input_cached_text_tokens', 'input_cached_audio_tokens', 'input_cached_image_tokens'),
      );
      expect(row.output_tokens).toBe(
        sum(row, 'output_text_tokens', 'output_audio_tokens', 'output_image_tokens'),
      );
    }
    for (const field of [
      'input_cache_write_tokens',
      'input_audio_tokens',
      'input_image_tokens',
      'output_audio_tokens',
    ]) {
      expect(total(rows, field), field).toBeGreaterThan(0);
    }
  });

  test('are filtered by batch, model, user and key as they are grouped', async () => {
    const span = {start_time: TODAY - 5 * DAY, end_time: TODAY};
    const metric = 'input_tokens';
    for (const [filter, dimension] of [
      ['batch', 'batch'],
      ['models', 'model'],
      ['user_ids', 'user_id'],
      ['api_key_ids', 'api_key_id'],
      ['project_ids', 'project_id'],
    ] as const) {
      const rows = rowsOf(await usage('completions', {...span, group_by: dimension}));
      const values = [...new Set(rows.map(row => row[dimension]))].filter(value => value !== null);
      expect(values.length, dimension).toBeGreaterThan(1);
      for (const value of values) {
        const alone = rowsOf(await usage('completions', {...span, [filter]: String(value)}));
        expect(total(alone, metric)).toBe(
          total(
            rows.filter(row => row[dimension] === value),
            metric,
          ),
        );
      }
    }
  });
});

test.each([
  ['embeddings', 'text-embedding-3-large, input', {models: 'text-embedding-3-large'}, 'input_tokens'],
  ['images', 'gpt-image-2, 1024x1536', {models: 'gpt-image-2', sizes: '1024x1536'}, 'images'],
  ['audio_transcriptions', 'gpt-4o-transcribe, duration', {}, 'seconds'],
  ['web_search_calls', 'Web search tool calls', {}, 'num_requests'],
  ['completions', 'gpt-realtime-2, audio output', {models: 'gpt-realtime-2'}, 'output_audio_tokens'],
  ['completions', 'gpt-5.5-2026-04-23, output', {models: 'gpt-5.5-2026-04-23'}, 'output_tokens'],
])('what is billed is what was metered, up to now: %s, %s', async (kind, lineItem, filters, metric) => {
  const span = {start_time: TODAY - 3 * DAY};
  const billed = rowsOf(await buckets(demo, '/organization/costs', {...span, group_by: 'line_item'}));
  const metered = rowsOf(await usage(kind, {...span, ...filters}));
  const quantity = total(
    billed.filter(row => row.line_item === lineItem),
    'quantity',
  );
  expect(quantity).toBeGreaterThan(0);
  expect(quantity).toBe(total(metered, metric));
});

describe('vector stores', () => {
  test('are a level: the same whatever the width of the bucket that ends there', async () => {
    const span = {start_time: TODAY - DAY, end_time: TODAY};
    const [daily] = rowsOf(await usage('vector_stores', span));
    const hourly = rowsOf(await usage('vector_stores', {...span, bucket_width: '1h', limit: 24}));
    expect(hourly.length).toBe(24);
    expect(daily?.usage_bytes).toBe(hourly.at(-1)?.usage_bytes);
    expect(daily?.usage_bytes).toBeGreaterThan(2 ** 34);
  });

  test('add up over projects, and are none in the future', async () => {
    const span = {start_time: TODAY - DAY, end_time: TODAY};
    const [whole] = rowsOf(await usage('vector_stores', span));
    const split = rowsOf(await usage('vector_stores', {...span, group_by: 'project_id'}));
    expect(split.length).toBe(3);
    expect(total(split, 'usage_bytes')).toBe(whole?.usage_bytes);
    const [first] = split;
    expect(rowsOf(await usage('vector_stores', {...span, project_ids: String(first?.project_id)}))).toEqual([
      {...first, project_id: null},
    ]);
    expect(
      rowsOf(await usage('vector_stores', {start_time: TODAY + DAY, end_time: TODAY + 2 * DAY})),
    ).toEqual([]);
  });
});
