import {Command} from 'commander';
import {describe, expect, it} from 'vitest';
import {splitList} from '../../src/cli/choice.ts';
import {addReportOptions, FILTER_DIMENSIONS} from '../../src/cli/options.ts';
import {parseQuery} from '../../src/cli/parse-query.ts';
import {flagOf} from '../../src/core/dimension.ts';
import {formatInstant} from '../../src/core/instant.ts';
import {formatPeriod} from '../../src/core/period.ts';
import type {Query, ReportKind} from '../../src/core/query.ts';
import {NOW} from '../support/session.ts';

/** What flags come to. Words are split at spaces; `␣` stands for one that is meant. */
function queryOf(line: string, report: ReportKind = 'costs', kinds: readonly string[] = []): Query {
  const command = addReportOptions(new Command())
    .exitOverride()
    .option('--wide')
    .option('--kind <kinds>', '', splitList);
  command.parse(
    line
      .split(' ')
      .filter(Boolean)
      .map(word => word.replaceAll('␣', ' ')),
    {from: 'user'},
  );
  return parseQuery(report, kinds, command.opts(), NOW);
}
const spans = ({period, compare}: Query) => [formatPeriod(period), compare ? formatPeriod(compare) : 'none'];

describe('without flags', () => {
  it.each<[ReportKind, string]>([
    ['report', '2026-10-01..2026-10-22'],
    ['costs', 'none'],
    ['usage', 'none'],
  ])('%s is about the month so far by provider, and compared with %s', (report, compare) => {
    const query = queryOf('', report);
    expect(spans(query)).toEqual(['2026-11-01..2026-11-22', compare]);
    expect(query).toMatchObject({
      report,
      now: NOW,
      bucket: null,
      groupBy: ['provider'],
      filters: {},
      kinds: [],
      sort: undefined,
      top: undefined,
      fields: undefined,
      wide: false,
    });
    expect(query.period.label).toBe('mtd');
  });
});

describe('time', () => {
  it.each([
    ['--period today', '2026-11-22', 'none'],
    ['-p yesterday', '2026-11-21', 'none'],
    ['--period 7d', '2026-11-16..2026-11-22', 'none'],
    ['--period=2026-Q3', '2026-07-01..2026-09-30', 'none'],
    ['--period 2026-11-01..2026-11-15', '2026-11-01..2026-11-15', 'none'],
    ['--from 2026-11-03 --to 2026-11-04', '2026-11-03..2026-11-04', 'none'],
    ['--from 2026-11-20', '2026-11-20..2026-11-22', 'none'],
    [
      '--from 2026-11-03T06:00Z --to 2026-11-03T07:30:00Z',
      '2026-11-03T06:00:00Z..2026-11-03T07:30:00Z',
      'none',
    ],
    ['--compare previous', '2026-11-01..2026-11-22', '2026-10-01..2026-10-22'],
    ['--compare none', '2026-11-01..2026-11-22', 'none'],
    ['--compare 2025-11', '2026-11-01..2026-11-22', '2025-11-01..2025-11-30'],
    ['--period 7d --compare previous', '2026-11-16..2026-11-22', '2026-11-09..2026-11-15'],
    ['--period 2026-Q3 --compare previous', '2026-07-01..2026-09-30', '2026-04-01..2026-06-30'],
  ])('%s is %s, compared with %s', (line, period, compare) =>
    expect(spans(queryOf(line))).toEqual([period, compare]),
  );

  it('report compares unless it is told not to', () => {
    expect(queryOf('--compare none', 'report').compare).toBeUndefined();
  });

  it('ends with the next midnight, and is named as it was typed', () => {
    const {period} = queryOf('--period qtd');
    expect([period.label, formatInstant(period.end)]).toEqual(['qtd', '2026-11-23T00:00:00Z']);
  });

  it.each(['minute', 'hour', 'day', 'week', 'month'] as const)('--bucket %s', bucket => {
    expect(queryOf(`--bucket ${bucket}`).bucket).toBe(bucket);
    expect(queryOf(`-b ${bucket}`).bucket).toBe(bucket);
  });
});

describe('what to show', () => {
  it.each<[string, Partial<Query>]>([
    ['--group-by project', {groupBy: ['project']}],
    ['-g project,user', {groupBy: ['project', 'user']}],
    ['--group-by model --group-by project,model', {groupBy: ['model', 'project']}],
    ['--group-by none', {groupBy: []}],
    [
      '--group-by provider,account,project,user,api-key,model,line-item,kind,workspace,job,batch,service-tier,size,source',
      {
        groupBy: [
          'provider',
          'account',
          'project',
          'user',
          'api_key',
          'model',
          'line_item',
          'kind',
          'workspace',
          'job',
          'batch',
          'service_tier',
          'size',
          'source',
        ],
      },
    ],
    ['--group-by api_key', {groupBy: ['api_key']}],
    ['--sort cost', {sort: {field: 'cost', direction: 'desc'}}],
    ['--sort cost:asc', {sort: {field: 'cost', direction: 'asc'}}],
    ['--sort provider', {sort: {field: 'provider', direction: 'asc'}}],
    ['--sort provider:desc', {sort: {field: 'provider', direction: 'desc'}}],
    ['--top 5', {top: 5}],
    ['--fields cost,provider', {fields: ['cost', 'provider']}],
    ['--fields cost --fields provider,cost', {fields: ['cost', 'provider']}],
    ['--group-by project --fields project_name', {fields: ['project_name']}],
    ['--bucket day --sort bucket_start:desc', {sort: {field: 'bucket_start', direction: 'desc'}}],
  ])('%s', (line, expected) => expect(queryOf(line)).toMatchObject(expected));

  it('takes the fields that the report has', () => {
    expect(queryOf('--fields share,change,tokens', 'report').fields).toEqual(['share', 'change', 'tokens']);
    expect(queryOf('--fields quantity --sort unit', 'usage')).toMatchObject({
      fields: ['quantity'],
      sort: {direction: 'asc'},
    });
    expect(queryOf('--wide --fields input_tokens,qpu_time --sort job_count', 'usage')).toMatchObject({
      wide: true,
      fields: ['input_tokens', 'qpu_time'],
      sort: {field: 'job_count', direction: 'desc'},
    });
  });

  it('takes kinds as words and as a flag, each once', () => {
    expect(queryOf('--kind qpu,completions', 'usage', ['completions']).kinds).toEqual(['completions', 'qpu']);
    for (const kind of [
      'completions',
      'embeddings',
      'moderations',
      'images',
      'audio_speeches',
      'audio_transcriptions',
      'vector_stores',
      'code_interpreter_sessions',
      'file_search_calls',
      'web_search_calls',
      'qpu',
      'sandboxes',
      'computers',
      'storage',
    ])
      expect(queryOf('', 'usage', [kind]).kinds).toEqual([kind]);
  });
});

describe('filters', () => {
  it.each(FILTER_DIMENSIONS)('by %s, repeated or as a list', dimension => {
    expect(queryOf(`--${flagOf(dimension)} a,b --${flagOf(dimension)} c`).filters).toEqual({
      [dimension]: ['a', 'b', 'c'],
    });
  });

  it('by batch, with a switch', () => {
    expect(queryOf('--batch').filters).toEqual({batch: ['true']});
    expect(queryOf('--no-batch').filters).toEqual({batch: ['false']});
  });

  it('all at once', () => {
    expect(queryOf('--project Alpha --model gpt-4o --no-batch').filters).toEqual({
      project: ['Alpha'],
      model: ['gpt-4o'],
      batch: ['false'],
    });
  });
});

describe('a comma list', () => {
  it.each([
    ['a,b', ['a', 'b']],
    ['gpt-4o, input', ['gpt-4o, input']],
    ['gpt-4o, input,gpt-4o, output', ['gpt-4o, input', 'gpt-4o, output']],
    ['a\\,b,c', ['a,b', 'c']],
    [' a ,b,', ['a', 'b']],
    [',', []],
    ['', []],
    ['__proto__,constructor', ['__proto__', 'constructor']],
  ])('%j is %j', (text, expected) => expect(splitList(text)).toEqual(expected));
});
