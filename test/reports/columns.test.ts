import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parsePeriod} from '../../src/core/parse-period.ts';
import type {Query} from '../../src/core/query.ts';
import type {Column} from '../../src/core/report.ts';
import {describeColumns, shownNames} from '../../src/reports/build.ts';
import {anyGrouping, someFacts} from '../pipeline/facts.ts';
import {at, queryOf} from '../pipeline/made-up.ts';
import {NOW} from '../support/session.ts';
import {billed, build, METRICS, metered, reporting} from './build.ts';

const month = parsePeriod('2026-11', NOW);
const october = {...parsePeriod('2026-10', NOW)};
const columns = (query: Partial<Query>) => describeColumns(queryOf(query), METRICS);
const keys = (query: Partial<Query>, audience: 'data' | 'table') =>
  columns(query)
    .filter(({shown}) => shown === 'everywhere' || shown === audience)
    .map(({key}) => key)
    .join(' ');

describe('the columns of machines', () => {
  it.each<[string, Partial<Query>, string]>([
    ['costs', {}, 'provider account cost currency'],
    ['costs by provider', {groupBy: ['provider']}, 'provider account cost currency'],
    ['costs by project', {groupBy: ['project']}, 'provider account project_id project_name cost currency'],
    [
      'costs by line item and user',
      {groupBy: ['line_item', 'user']},
      'provider account line_item user_id user_name cost currency',
    ],
    [
      'costs by the day',
      {bucket: 'day'},
      'bucket_start bucket_end provisional provider account cost currency',
    ],
    ['costs compared', {compare: october}, 'provider account cost currency previous_cost change'],
    [
      'the report',
      {report: 'report', groupBy: ['model'], compare: october},
      'provider account model cost currency share previous_cost change requests tokens quantities',
    ],
    [
      'the report without a comparison',
      {report: 'report'},
      'provider account cost currency share previous_cost change requests tokens quantities',
    ],
    ['usage', {report: 'usage'}, 'provider account kind metric quantity unit statistic'],
    [
      'usage by kind',
      {report: 'usage', groupBy: ['kind']},
      'provider account kind metric quantity unit statistic',
    ],
    [
      'usage with metrics as columns',
      {report: 'usage', wide: true},
      'provider account kind input_tokens output_tokens requests gb_hours',
    ],
  ])('of %s', (_, query, expected) => expect(keys({period: month, ...query}, 'data')).toBe(expected));

  it('are the same whatever was reported, so that a script can rely on them', async () => {
    const query = fc.record({
      report: fc.constantFrom('report', 'costs', 'usage'),
      groupBy: anyGrouping.map(some => some.filter(dimension => dimension !== 'kind')),
      bucket: fc.constantFrom(null, 'day', 'month'),
      top: fc.constantFrom(undefined, 1),
    });
    await fc.assert(
      fc.asyncProperty(query, someFacts, async (asked, facts) => {
        const {report} = await build(
          {period: month, ...asked},
          reporting(facts, 'one'),
          reporting([], 'two'),
        );
        const forData = (all: readonly Column[]) =>
          all.filter(({shown}) => shown === 'everywhere' || shown === 'data').map(({key}) => key);
        expect(forData(report.columns)).toEqual(forData(columns({period: month, ...asked})));
      }),
    );
  });

  it('have one key each, in snake case, and say what they hold', () => {
    for (const report of ['report', 'costs', 'usage'] as const) {
      const all = columns({
        report,
        bucket: 'day',
        compare: october,
        groupBy: ['provider', 'account', 'project', 'kind', 'service_tier'],
      });
      expect(new Set(all.map(({key}) => key)).size).toBe(all.length);
      for (const {key, description, title} of all) {
        expect(key).toMatch(/^[a-z][a-z_]*$/);
        expect(description).toMatch(/^\S.*[^.]$/);
        expect(title).toMatch(/\S/);
      }
    }
  });
});

describe('the columns of people', () => {
  it.each<[string, Partial<Query>, string]>([
    ['costs by project', {groupBy: ['project']}, 'provider project_name cost'],
    ['costs by the month', {bucket: 'month'}, 'bucket_start provider cost'],
    [
      'the report',
      {report: 'report', compare: october, trend: true},
      'provider cost share previous_cost change trend requests tokens quantities',
    ],
    ['the report without a comparison', {report: 'report'}, 'provider cost share requests tokens quantities'],
    ['usage', {report: 'usage'}, 'provider kind metric quantity unit'],
  ])('of %s', (_, query, expected) => expect(keys({period: month, ...query}, 'table')).toBe(expected));

  it('leave out what nothing was reported for, except what the report is about', async () => {
    const titles = async (facts: Parameters<typeof reporting>[0]) =>
      (await build({report: 'report', period: month, compare: october}, reporting(facts))).report.columns
        .filter(({shown}) => shown === 'everywhere' || shown === 'table')
        .map(({key}) => key);
    expect(await titles([billed('1')])).toEqual(['provider', 'cost', 'share']);
    expect(await titles([metered({requests: '1'})])).toEqual(['provider', 'cost', 'requests', 'quantities']);
  });

  it('show accounts only where they go by other names than their providers', async () => {
    const shown = async (name: string) =>
      (await build({period: month}, reporting([billed('1')], name))).report.columns.find(
        ({key}) => key === 'account',
      )?.shown;
    expect(await shown('acme')).toBe('data');
    expect(await shown('acme-eu')).toBe('everywhere');
  });
});

describe('a small chart of days', () => {
  it('has the cost of each day so far, and nothing where nothing was reported', async () => {
    const facts = [billed('1', {}, {day: '2026-11-01'}), billed('0.5', {}, {day: '2026-11-03'})];
    const days = {whole: false, granularities: ['day'] as const};
    const {pick} = await build(
      {report: 'report', period: parsePeriod('2026-11-01..2026-11-04', NOW), trend: true},
      reporting(facts, 'acme', {source: days}),
    );
    expect(pick('trend')).toEqual(['1 - 0.5 -']);
    const {report} = await build(
      {report: 'report', period: month, trend: true},
      reporting(facts, 'acme', {source: days}),
    );
    const column = report.columns.findIndex(({key}) => key === 'trend');
    const cell = report.rows[0]![column];
    expect(cell?.type === 'series' && cell.values.length).toBe(22);
  });

  it('is not there for fewer than three days, nor beside buckets', () => {
    const has = (query: Partial<Query>) =>
      columns({report: 'report', trend: true, ...query}).some(({key}) => key === 'trend');
    expect(has({period: parsePeriod('2026-11-01..2026-11-02', NOW)})).toBe(false);
    expect(has({period: parsePeriod('2026-11-01..2026-11-03', NOW)})).toBe(true);
    expect(has({period: month, bucket: 'week'})).toBe(false);
  });

  it('is empty for a source that does not tell days', async () => {
    const {rows} = await build({report: 'report', period: month, trend: true}, reporting([billed('1')]));
    expect(rows[0]!.trend).toBeNull();
  });
});

describe('buckets', () => {
  it('say when they begin and end, and whether they may still change', async () => {
    const {pick} = await build(
      {period: parsePeriod('2026-11-21..2026-11-22', NOW), bucket: 'day'},
      reporting([billed('1', {}, {day: '2026-11-21'}), billed('2', {}, {day: '2026-11-22'})]),
    );
    expect(pick('bucket_start', 'bucket_end', 'provisional', 'cost')).toEqual([
      '2026-11-21 2026-11-22 false 1',
      '2026-11-22 2026-11-23 true 2',
    ]);
  });

  it('may change as a whole if a part of them may', async () => {
    const {pick} = await build(
      {period: month, bucket: 'week'},
      reporting([billed('1', {}, {day: '2026-11-14'}), billed('2', {}, {day: '2026-11-16'})]),
    );
    expect(pick('bucket_start', 'provisional')).toEqual(['2026-11-09 false', '2026-11-16 true']);
  });

  it('without rows do not appear', async () => {
    const {pick} = await build(
      {period: month, bucket: 'day'},
      reporting([billed('1', {}, {day: '2026-11-05'})]),
    );
    expect(pick('bucket_start')).toEqual(['2026-11-05']);
  });

  it('are clipped to the period', async () => {
    const {pick} = await build(
      {period: month, bucket: 'week'},
      reporting([billed('1'), billed('2', {}, {day: '2026-11-02'})]),
    );
    expect(pick('bucket_start', 'bucket_end')).toEqual(['2026-11-01 2026-11-02', '2026-11-02 2026-11-09']);
  });
});

describe('names that are looked up', () => {
  it('are those of the columns that are shown or sorted by, and no others', () => {
    const names = (query: Partial<Query>) =>
      shownNames(queryOf({groupBy: ['provider', 'project', 'model', 'user'], ...query}));
    expect(names({})).toEqual(['project', 'user']);
    expect(names({fields: ['cost', 'project_name']})).toEqual(['project']);
    expect(names({fields: ['cost', 'project_id']})).toEqual([]);
    expect(names({fields: ['cost', 'user_id'], sort: {field: 'user_name', direction: 'asc'}})).toEqual([
      'user',
    ]);
  });
});

it('knows from when on figures are provisional', async () => {
  expect((await build({period: month}, reporting([]))).report.provisionalFrom).toBe(at('2026-11-22'));
  expect((await build({period: october}, reporting([]))).report.provisionalFrom).toBeUndefined();
});
