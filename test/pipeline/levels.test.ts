import Big from 'big.js';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Granularity} from '../../src/core/bucket.ts';
import {addDays, type Instant, instant} from '../../src/core/instant.ts';
import {decimal} from '../../src/core/money.ts';
import {parsePeriod} from '../../src/core/parse-period.ts';
import type {Query} from '../../src/core/query.ts';
import type {Source} from '../../src/drivers/driver.ts';
import type {Aggregation} from '../../src/pipeline/aggregate.ts';
import {NOW} from '../support/session.ts';
import {askSource, at, type Fact, factSource, level, queryOf} from './made-up.ts';

// A level, such as bytes kept, is not added up over time: what counts is its mean over the buckets it was read in.

const BYTES = level('stores', 'bytes');
const usage = (changes: Partial<Query>): Query => queryOf({report: 'usage', ...changes});
const reading = (when: Instant, project: string, bytes: number): Fact => ({
  at: when,
  labels: {project: {id: project}},
  kind: 'stores',
  quantities: {bytes: decimal(bytes)},
});
const readings = (project: string, from: string, ...bytes: readonly number[]): Fact[] =>
  bytes.map((value, day) => reading(addDays(at(from), day), project, value));

const source = (facts: readonly Fact[], granularities: readonly Granularity[] = ['day']): Source =>
  factSource(facts, {metrics: [BYTES], granularities, whole: false});

/** `bucket project` → the mean, as a fraction. */
function means({groups}: Aggregation): Map<string, Big> {
  return new Map(
    [...groups.values()].map(({bucket, labels, quantities}) => {
      const [metered] = quantities.values();
      return [
        `${bucket ?? 'all'} ${labels.map(({id}) => id).join()}`,
        new Big(metered!.total.value).div(metered!.buckets),
      ];
    }),
  );
}
const shown = (figures: ReadonlyMap<string, Big>) =>
  Object.fromEntries([...figures].map(([key, mean]) => [key, mean.round(3).toString()]));

describe('a level', () => {
  it('is averaged over the days of the period, quiet ones included', async () => {
    const facts = [...readings('a', '2026-11-01', 10, 20, 30), ...readings('b', '2026-11-02', 12)];
    const period = parsePeriod('2026-11-01..2026-11-04', NOW);
    const {current} = await askSource(usage({period, groupBy: ['project']}), source(facts));
    expect(shown(means(current))).toEqual({'all a': '15', 'all b': '3'});
  });

  it('is averaged over the days so far, because the rest of the month has not been read', async () => {
    const facts = readings('a', '2026-11-01', ...Array.from({length: 22}, () => 44));
    const {current} = await askSource(usage({period: parsePeriod('2026-11', NOW)}), source(facts));
    expect(shown(means(current))).toEqual({'all ': '44'});
  });

  it('counts the running day from its first instant on', async () => {
    const facts = readings('a', '2026-11-01', ...Array.from({length: 22}, () => 44));
    const midnight = at('2026-11-22');
    const {current} = await askSource(
      usage({now: midnight, period: parsePeriod('mtd', midnight)}),
      source(facts),
    );
    expect(shown(means(current))).toEqual({'all ': '44'});
  });

  it('is averaged within each bucket, over as many days as the bucket has in the period', async () => {
    const facts = readings('a', '2026-10-30', 2, 4, 60, 0, 0);
    const period = parsePeriod('2026-10-30..2026-11-03', NOW);
    const {current} = await askSource(usage({period, bucket: 'month'}), source(facts));
    expect(shown(means(current))).toEqual({'0 ': '3', '1 ': '20'});
  });

  it('is one reading where the API gives one for the whole window', async () => {
    const facts = [reading(at('2026-11-05'), 'a', 10), reading(at('2026-11-06'), 'b', 5)];
    const whole = {...source(facts), whole: true};
    const {current} = await askSource(usage({groupBy: ['project']}), whole);
    expect(shown(means(current))).toEqual({'all a': '10', 'all b': '5'});
  });

  it('has parts whose means add up to the mean of the whole', async () => {
    const facts = fc.array(
      fc
        .tuple(fc.integer({min: 0, max: 52 * 24 - 16}), fc.constantFrom('a', 'b', 'c'), fc.nat(1e9))
        .map(([hour, project, bytes]) =>
          reading(instant(at('2026-10-01') + hour * 3_600_000), project, bytes),
        ),
      {minLength: 1, maxLength: 30},
    );
    const widths = fc.constantFrom<Granularity[]>(['day'], ['hour'], ['hour', 'day']);
    const bucket = fc.constantFrom(null, 'day', 'week', 'month');
    await fc.assert(
      fc.asyncProperty(facts, widths, bucket, async (some, granularities, asked) => {
        const query = usage({period: parsePeriod('qtd', NOW), bucket: asked});
        const [whole, parts] = await Promise.all([
          askSource(query, source(some, granularities)),
          askSource({...query, groupBy: ['project']}, source(some, granularities)),
        ]);
        const sums = new Map<string, Big>();
        for (const [key, mean] of means(parts.current)) {
          const when = `${key.split(' ')[0]} `;
          sums.set(when, (sums.get(when) ?? new Big(0)).plus(mean));
        }
        expect(shown(sums)).toEqual(shown(means(whole.current)));
      }),
    );
  });
});
