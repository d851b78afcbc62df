import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {GRANULARITIES, type Granularity, nests} from '../../src/core/bucket.ts';
import type {LabelDimension} from '../../src/core/dimension.ts';
import {addDays, DAY_MS, MINUTE_MS, startOfDay} from '../../src/core/instant.ts';
import {parseFromTo, parsePeriod} from '../../src/core/parse-period.ts';
import {contains, formatPeriod, intersect, isEmpty} from '../../src/core/period.ts';
import type {Query} from '../../src/core/query.ts';
import type {Source} from '../../src/drivers/driver.ts';
import {abilities, isPlan, planSource, relevantSources, type SourcePlan} from '../../src/pipeline/plan.ts';
import {NOW} from '../support/session.ts';
import {anyPeriod} from './facts.ts';
import {at, flow, queryOf, sourceOf} from './made-up.ts';

function planOf(source: Source, query: Query): SourcePlan {
  const plan = planSource(source, query);
  if (!isPlan(plan)) throw new Error(`cannot: ${plan.why}`);
  return plan;
}
const period = (text: string) => parsePeriod(text, NOW);

describe('the width that is asked for', () => {
  it.each<[Granularity[], boolean, Granularity | null, Granularity | null | undefined]>([
    [['minute', 'hour', 'day'], true, null, null],
    [['minute', 'hour', 'day'], false, null, 'day'],
    [['hour'], false, null, 'hour'],
    [['week', 'month'], false, null, 'month'],
    [['minute', 'hour', 'day'], true, 'day', 'day'],
    [['minute', 'hour', 'day'], true, 'month', 'day'],
    [['minute', 'hour', 'day'], false, 'week', 'day'],
    [['day', 'week', 'month'], false, 'month', 'month'],
    // Weeks run over the ends of months.
    [['day', 'week'], false, 'month', 'day'],
    [['week'], false, 'month', undefined],
    [['day'], false, 'hour', undefined],
    [['day', 'week', 'month'], true, 'minute', undefined],
  ])('of %j (whole: %s) for a bucket of a %s is %s', (granularities, whole, bucket, expected) => {
    const plan = planSource(sourceOf({granularities, whole}), queryOf({bucket}));
    expect(isPlan(plan) ? plan.query.granularity : undefined).toBe(expected);
    if (expected === undefined) expect(plan).toMatchObject({why: 'bucket'});
  });

  it('is the widest that fits into the bucket, and only none where none does', () => {
    fc.assert(
      fc.property(
        fc.subarray<Granularity>([...GRANULARITIES], {minLength: 1}),
        fc.constantFrom(...GRANULARITIES),
        (some, bucket) => {
          const plan = planSource(sourceOf({granularities: some}), queryOf({bucket}));
          const fitting = some.filter(width => nests(width, bucket));
          expect(isPlan(plan) ? plan.query.granularity : undefined).toBe(fitting.at(-1));
        },
      ),
    );
  });
});

describe('the window', () => {
  it('ends with the running day, however far the period goes', () => {
    const {query, widened} = planOf(sourceOf(), queryOf({period: period('2026')}));
    expect(formatPeriod(query.window)).toBe('2026-01-01..2026-11-22');
    expect(widened).toBeUndefined();
  });

  it('is empty for what has not begun', () => {
    expect(isEmpty(planOf(sourceOf(), queryOf({period: period('2027')})).query.window)).toBe(true);
  });

  it('is widened to whole days where the source knows no less, and says so', () => {
    const part = queryOf({period: parseFromTo('2026-11-05T06:00Z', '2026-11-06T18:30Z', NOW)});
    const {query, widened} = planOf(sourceOf({resolution: 'day'}), part);
    expect(formatPeriod(query.window)).toBe('2026-11-05..2026-11-06');
    expect(widened).toEqual(query.window);
    const exact = planOf(sourceOf({resolution: 'minute'}), part);
    expect(exact.query.window).toEqual({start: at('2026-11-05T06:00:00Z'), end: at('2026-11-06T18:30:00Z')});
    expect(exact.widened).toBeUndefined();
  });

  it('covers what was asked for and has begun, and is never narrower nor a unit wider', () => {
    fc.assert(
      fc.property(anyPeriod, fc.constantFrom('minute', 'day'), (asked, resolution) => {
        const {query, widened} = planOf(sourceOf({resolution}), queryOf({period: asked}));
        const soFar = intersect(asked, {start: at('1970-01-01'), end: addDays(startOfDay(NOW), 1)});
        if (isEmpty(soFar)) return void expect(isEmpty(query.window)).toBe(true);
        const unit = resolution === 'day' ? DAY_MS : MINUTE_MS;
        expect(contains(query.window, soFar)).toBe(true);
        expect(query.window.start % unit).toBe(0);
        expect(query.window.end % unit).toBe(0);
        expect(soFar.start - query.window.start).toBeLessThan(unit);
        expect(query.window.end - soFar.end).toBeLessThan(unit);
        expect(widened !== undefined).toBe(!contains(soFar, query.window));
      }),
    );
  });
});

describe('splits and filters', () => {
  const split = (source: Partial<Source>, query: Partial<Query>) => {
    const {query: asked, pushed, local, missing} = planOf(sourceOf(source), queryOf(query));
    return {split: asked.split, pushed, local, missing};
  };

  it('asks for the dimensions of the grouping that the source has', () => {
    expect(
      split({dimensions: ['project', 'model']}, {groupBy: ['provider', 'model', 'user', 'project', 'kind']}),
    ).toEqual({
      split: ['model', 'project'],
      pushed: [],
      local: [],
      missing: ['user'],
    });
  });

  it('asks a source that splits by one at a time for the first', () => {
    expect(split({splits: 'one'}, {groupBy: ['user', 'project']})).toMatchObject({
      split: ['user'],
      missing: ['project'],
    });
  });

  it('pushes a filter that the API knows, and splits by one that it does not', () => {
    const source = {filters: ['project'] as const};
    expect(split(source, {filters: {project: ['a'], model: ['m']}, groupBy: ['user']})).toEqual({
      split: ['model', 'user'],
      pushed: ['project'],
      local: ['model'],
      missing: [],
    });
  });

  it('gives the only split to a filter, because a wrong total is worse than no grouping', () => {
    expect(split({splits: 'one'}, {filters: {project: ['a']}, groupBy: ['user']})).toEqual({
      split: ['project'],
      pushed: [],
      local: ['project'],
      missing: ['user'],
    });
    expect(split({splits: 'one'}, {filters: {project: ['a']}, groupBy: ['project']})).toMatchObject({
      split: ['project'],
      missing: [],
    });
  });

  it.each<[Partial<Source>, Query['filters'], LabelDimension]>([
    [{dimensions: ['project']}, {project: ['a'], batch: ['true']}, 'batch'],
    [{splits: 'one'}, {project: ['a'], user: ['u']}, 'user'],
    [{splits: 'one', dimensions: ['user']}, {project: ['a']}, 'project'],
  ])('cannot take part with %j in a query filtered by %j', (source, filters, dimension) => {
    expect(planSource(sourceOf(source), queryOf({filters}))).toMatchObject({why: 'filter', dimension});
  });

  it('never asks for more than the source says it can', () => {
    const some = fc.subarray<LabelDimension>(['project', 'user', 'model', 'batch']);
    const source = fc.record({dimensions: some, filters: some, splits: fc.constantFrom('any', 'one')});
    fc.assert(
      fc.property(source, some, some, (able, groupBy, filtered) => {
        const filters = Object.fromEntries(filtered.map(dimension => [dimension, ['x']]));
        const plan = planSource(sourceOf(able), queryOf({groupBy, filters}));
        if (!isPlan(plan)) return;
        expect(able.dimensions).toEqual(expect.arrayContaining([...plan.query.split]));
        expect(able.filters).toEqual(expect.arrayContaining([...plan.pushed]));
        if (able.splits === 'one') expect(plan.query.split.length).toBeLessThanOrEqual(1);
        // What is filtered here must be told apart first.
        expect(plan.query.split).toEqual(expect.arrayContaining([...plan.local]));
        expect([...plan.pushed, ...plan.local].sort()).toEqual([...filtered].sort());
      }),
    );
  });
});

describe('which sources a report draws on', () => {
  const bill = sourceOf({id: 'bill'});
  const meter = sourceOf({
    id: 'meter',
    billed: false,
    metrics: [flow('chat', 'tokens'), flow('images', 'images')],
  });
  const both = sourceOf({id: 'both', metrics: [flow('qpu', 'jobs')]});
  const ids = (query: Partial<Query>) =>
    relevantSources([bill, meter, both], queryOf(query)).map(({id}) => id);

  it.each<[Partial<Query>, string[]]>([
    [{report: 'costs'}, ['bill', 'both']],
    [{report: 'usage'}, ['meter', 'both']],
    [{report: 'usage', kinds: ['images']}, ['meter']],
    [{report: 'report'}, ['bill', 'meter', 'both']],
  ])('%j: %j', (query, expected) => expect(ids(query)).toEqual(expected));

  it('asks only for the kinds that are wanted', () => {
    expect(planOf(meter, queryOf({report: 'usage', kinds: ['images', 'qpu']})).query.kinds).toEqual([
      'images',
    ]);
    expect(planOf(meter, queryOf({report: 'usage'})).query.kinds).toEqual(['chat', 'images']);
  });

  it('says what a source can be split by', () => {
    expect(abilities(sourceOf({dimensions: ['api_key', 'model']}))).toBe('api-key, model');
    expect(abilities(sourceOf({dimensions: ['job', 'user'], splits: 'one'}))).toBe('one of job, user');
    expect(abilities(sourceOf({dimensions: []}))).toBe('nothing');
  });
});
