import {describe, expect, test} from 'vitest';
import type {LabelDimension} from '../../../src/core/dimension.ts';
import {openai} from '../../../src/drivers/openai/index.ts';
import {ask, at, period, sourceOf} from './query.ts';
import {fetchAll} from './server.ts';

/** What the API's own pages say: by endpoint, its `group_by` values and its filter parameters. */
const DOCUMENTED: {readonly [id: string]: {readonly groupBy: string; readonly filters: string}} = {
  costs: {groupBy: 'project_id line_item api_key_id', filters: 'project_ids api_key_ids'},
  audio_speeches: {
    groupBy: 'project_id user_id api_key_id model',
    filters: 'project_ids user_ids api_key_ids models',
  },
  audio_transcriptions: {
    groupBy: 'project_id user_id api_key_id model',
    filters: 'project_ids user_ids api_key_ids models',
  },
  code_interpreter_sessions: {groupBy: 'project_id', filters: 'project_ids'},
  completions: {
    groupBy: 'project_id user_id api_key_id model batch service_tier',
    filters: 'project_ids user_ids api_key_ids models batch',
  },
  embeddings: {
    groupBy: 'project_id user_id api_key_id model',
    filters: 'project_ids user_ids api_key_ids models',
  },
  images: {
    groupBy: 'project_id user_id api_key_id model size source',
    filters: 'project_ids user_ids api_key_ids models sizes sources',
  },
  moderations: {
    groupBy: 'project_id user_id api_key_id model',
    filters: 'project_ids user_ids api_key_ids models',
  },
  vector_stores: {groupBy: 'project_id', filters: 'project_ids'},
  file_search_calls: {
    groupBy: 'project_id user_id api_key_id vector_store_id',
    filters: 'project_ids user_ids api_key_ids vector_store_ids',
  },
  web_search_calls: {
    groupBy: 'project_id user_id api_key_id model context_level',
    filters: 'project_ids user_ids api_key_ids models context_levels',
  },
};

/** Ours for theirs, written down again so that a slip in the driver's own table shows. */
const OURS: {readonly [name: string]: LabelDimension} = {
  project_id: 'project',
  line_item: 'line_item',
  api_key_id: 'api_key',
  user_id: 'user',
  model: 'model',
  batch: 'batch',
  service_tier: 'service_tier',
  size: 'size',
  source: 'source',
  vector_store_id: 'vector_store',
  context_level: 'context_level',
};
const filtered = (filter: string) => OURS[filter] ?? OURS[filter.replace(/s$/, '')]!;

const DAY = period('2026-11-01', '2026-11-02');
const ids = Object.keys(DOCUMENTED);
const words = (text: string) => text.split(' ');
const each = (kind: 'groupBy' | 'filters') =>
  ids.flatMap(id => words(DOCUMENTED[id]![kind]).map(name => [id, name] as const));

/** The query of the one request that asks for a day. */
async function queryOf(id: string, more: Parameters<typeof ask>[1] = {}): Promise<URLSearchParams> {
  const {received} = await fetchAll(sourceOf(id), ask(DAY, more));
  expect(received.length).toBe(1);
  expect(received[0]!.path).toBe(id === 'costs' ? '/organization/costs' : `/organization/usage/${id}`);
  return received[0]!.query;
}

test('every documented endpoint is a source, and nothing else is', () => {
  expect(openai.sources.map(({id}) => id).sort()).toEqual([...ids].sort());
});

describe('what a source claims is what the API documents', () => {
  test.each(ids)('%s', id => {
    const {dimensions, filters} = sourceOf(id);
    expect([...dimensions].sort()).toEqual(
      words(DOCUMENTED[id]!.groupBy)
        .map(name => OURS[name])
        .sort(),
    );
    expect([...filters].sort()).toEqual(words(DOCUMENTED[id]!.filters).map(filtered).sort());
  });
});

describe('group_by', () => {
  test.each(each('groupBy'))('%s by %s', async (id, name) => {
    const query = await queryOf(id, {split: [OURS[name]!]});
    expect(query.getAll('group_by')).toEqual([name]);
  });

  test.each(ids)('%s by everything at once repeats the parameter', async id => {
    const query = await queryOf(id, {split: words(DOCUMENTED[id]!.groupBy).map(name => OURS[name]!)});
    expect(query.getAll('group_by')).toEqual(words(DOCUMENTED[id]!.groupBy));
  });
});

describe('filters', () => {
  test.each(each('filters').filter(([, name]) => name !== 'batch'))('%s by %s', async (id, name) => {
    const query = await queryOf(id, {filters: {[filtered(name)]: ['one', 'two & three']}});
    expect(query.getAll(name)).toEqual(['one', 'two & three']);
    expect(query.has('group_by')).toBe(false);
  });

  test.each([
    [['true'], ['true']],
    [['false'], ['false']],
    [['true', 'false'], []],
    [['true', 'true'], ['true']],
  ])('completions by batch %j sends %j', async (values, sent) => {
    const query = await queryOf('completions', {filters: {batch: values}});
    expect(query.getAll('batch')).toEqual(sent);
  });
});

describe('windows', () => {
  test.each([
    ['costs', 'day', '2026-11-20', '2026-11-23', '1d', 3, '2026-11-23'],
    ['completions', 'day', '2026-11-20', '2026-11-23', '1d', 3, '2026-11-22T09:01:00Z'],
    ['completions', null, '2026-11-20T12:30:00Z', '2026-11-22T00:30:00Z', '1d', 3, '2026-11-22T00:30:00Z'],
    ['images', 'hour', '2026-11-21T22:30:00Z', '2026-11-22T01:00:00Z', '1h', 3, '2026-11-22T01:00:00Z'],
    ['vector_stores', 'minute', '2026-11-22T08:00:00Z', '2026-11-23', '1m', 61, '2026-11-22T09:01:00Z'],
  ] as const)('%s by the %s from %s to %s', async (id, granularity, from, to, width, limit, end) => {
    const {received} = await fetchAll(sourceOf(id), ask(period(from, to), {granularity}));
    expect(received.map(({query}) => Object.fromEntries(query))).toEqual([
      {
        start_time: `${at(from) / 1000}`,
        end_time: `${at(end) / 1000}`,
        bucket_width: width,
        limit: `${limit}`,
      },
    ]);
  });

  test('a whole day of minutes is one request of 1440', async () => {
    expect((await queryOf('completions', {granularity: 'minute'})).get('limit')).toBe('1440');
  });
});
