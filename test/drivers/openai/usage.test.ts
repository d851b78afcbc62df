import {describe, expect, test} from 'vitest';
import {ProviderError} from '../../../src/core/errors.ts';
import {openai} from '../../../src/drivers/openai/index.ts';
import {loadExchanges} from '../../support/fixtures.ts';
import {ask, period, sourceOf} from './query.ts';
import {answer, fetchAll, replay} from './server.ts';

const completions = sourceOf('completions');
const WHO = {project: {id: 'proj_alpha'}, user: {id: 'user-ada'}, api_key: {id: 'key_ci'}};
const MODEL = {...WHO, model: {id: 'm-1'}};

describe('each endpoint, split by everything it knows, by the hour', () => {
  const exchanges = loadExchanges('openai', 'usage-by-the-hour');
  const HOUR = period('2026-11-21T10:00:00Z', '2026-11-21T11:00:00Z');

  test.each([
    ['embeddings', MODEL, {input_tokens: '16', num_model_requests: '2'}],
    ['moderations', MODEL, {input_tokens: '9', num_model_requests: '1'}],
    [
      'images',
      {...MODEL, size: {id: '1024x1024'}, source: {id: 'image.generation'}},
      {images: '2', num_model_requests: '2'},
    ],
    ['audio_speeches', MODEL, {characters: '45', num_model_requests: '1'}],
    ['audio_transcriptions', MODEL, {seconds: '20', num_model_requests: '1'}],
    ['vector_stores', {project: {id: 'proj_alpha'}}, {usage_bytes: '1073741824'}],
    ['file_search_calls', {...WHO, vector_store: {id: 'vs_1'}}, {num_requests: '3'}],
    [
      'web_search_calls',
      {...MODEL, context_level: {id: 'medium'}},
      {num_model_requests: '2', num_requests: '5'},
    ],
  ])('%s', async (kind, labels, quantities) => {
    const source = sourceOf(kind);
    const query = ask(period('2026-11-21T10:00:00Z', '2026-11-21T12:00:00Z'), {
      granularity: 'hour',
      split: source.dimensions,
    });
    const {records} = await fetchAll(source, query, replay(exchanges));
    expect(records).toEqual([{period: HOUR, kind, labels, quantities}]);
    expect(Object.keys(quantities).sort()).toEqual(source.metrics.map(({name}) => name).sort());
  });

  test('code_interpreter_sessions, whose field had another name once, and "" for no project', async () => {
    const query = ask(period('2026-11-21T10:00:00Z', '2026-11-21T12:00:00Z'), {
      granularity: 'hour',
      split: ['project'],
    });
    const {records} = await fetchAll(sourceOf('code_interpreter_sessions'), query, replay(exchanges));
    expect(records.map(({labels, quantities}) => [labels, quantities])).toEqual([
      [{}, {num_sessions: '1'}],
      [{project: {id: 'proj_alpha'}}, {num_sessions: '4'}],
    ]);
  });
});

describe('completions', () => {
  test('counters that a row lacks are left out and not 0; large ones are exact', async () => {
    const query = ask(period('2026-11-20T06:30:00Z', '2026-11-23'), {split: ['project', 'model']});
    const {records} = await fetchAll(
      completions,
      query,
      replay(loadExchanges('openai', 'completions-by-model')),
    );
    expect(records.map(({labels}) => [labels.project?.id, labels.model?.id])).toEqual([
      ['proj_alpha', 'gpt-5.6-luna-2026-06-30'],
      ['proj_alpha', 'gpt-4o-mini-2024-07-18'],
      [undefined, undefined],
      [undefined, 'gpt-4o-mini-2024-07-18'],
    ]);
    const [all, older, bare, large] = records.map(({quantities}) => quantities ?? {});
    expect(Object.keys(all ?? {}).sort()).toEqual(completions.metrics.map(({name}) => name).sort());
    expect(all).toMatchObject({
      input_tokens: '1000',
      input_cached_text_tokens: '380',
      input_image_tokens: '30',
    });
    expect(Object.keys(older ?? {}).length).toBe(6);
    expect(bare).toEqual({input_tokens: '7', output_tokens: '3', num_model_requests: '1'});
    expect(large?.input_tokens).toBe('9007199254740993');
    expect(records[0]?.period).toEqual(period('2026-11-20T06:30:00Z', '2026-11-21'));
    expect(records.at(-1)?.period).toEqual(period('2026-11-22', '2026-11-22T09:01:00Z'));
  });

  test('batch is "true" or "false", or no label', async () => {
    const query = ask(period('2026-11-21', '2026-11-22'), {split: ['batch', 'service_tier']});
    const {records} = await fetchAll(
      completions,
      query,
      replay(loadExchanges('openai', 'completions-by-batch')),
    );
    expect(records.map(({labels}) => labels)).toEqual([
      {batch: {id: 'true'}, service_tier: {id: 'flex'}},
      {batch: {id: 'false'}, service_tier: {id: 'default'}},
      {},
    ]);
  });
});

describe('metrics', () => {
  const metrics = openai.sources.flatMap(source => source.metrics);
  const headline = (kind: string) =>
    metrics.filter(metric => metric.headline === kind).map(({kind, name}) => `${kind}.${name}`);

  test('headlines count every token and request once', () => {
    expect(headline('tokens').sort()).toEqual(
      [
        'completions.input_tokens',
        'completions.output_tokens',
        'embeddings.input_tokens',
        'moderations.input_tokens',
      ].sort(),
    );
    const counted = [
      'audio_speeches',
      'audio_transcriptions',
      'completions',
      'embeddings',
      'images',
      'moderations',
    ];
    expect(headline('requests').sort()).toEqual(counted.map(kind => `${kind}.num_model_requests`));
  });

  test('only stored bytes are a level', () => {
    expect(metrics.filter(({statistic}) => statistic === 'mean').map(({name}) => name)).toEqual([
      'usage_bytes',
    ]);
  });

  test('kinds are the ids of their sources; only the newer endpoints may be absent', () => {
    for (const {id, billed, metrics} of openai.sources)
      if (!billed) expect(new Set(metrics.map(({kind}) => kind))).toEqual(new Set([id]));
    expect(openai.sources.filter(({newer}) => newer).map(({id}) => id)).toEqual([
      'file_search_calls',
      'web_search_calls',
    ]);
  });
});

describe('a row of another shape is an error by the name of its field', () => {
  const row = {input_tokens: 1, output_tokens: 2, num_model_requests: 3};

  test.each([
    ['null', null, ''],
    ['a list', [], ''],
    ['without input_tokens', {...row, input_tokens: undefined}, '.input_tokens'],
    ['with null output_tokens', {...row, output_tokens: null}, '.output_tokens'],
    ['without num_model_requests', {...row, num_model_requests: undefined}, '.num_model_requests'],
    ['with a counter that is true', {...row, input_cached_tokens: true}, '.input_cached_tokens'],
    ['with a counter that is no number', {...row, input_cached_tokens: '12 tokens'}, '.input_cached_tokens'],
    ['with a model that is an object', {...row, model: {}}, '.model'],
  ])('%s', async (_, spoilt, field) => {
    const query = ask(period('2026-11-01', '2026-11-02'), {split: ['model']});
    const failure = await fetchAll(completions, query, request => answer(request, () => [row, spoilt])).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure).toMatchObject({
      code: 'bad_response',
      message: expect.stringContaining(`data.0.results.1${field} `),
    });
  });

  test('unless nobody asked for it', async () => {
    const query = ask(period('2026-11-01', '2026-11-02'));
    const {records} = await fetchAll(completions, query, request =>
      answer(request, () => [{...row, model: {}, newcomer: []}]),
    );
    expect(records.map(({quantities}) => quantities)).toEqual([
      {input_tokens: '1', output_tokens: '2', num_model_requests: '3'},
    ]);
  });
});
