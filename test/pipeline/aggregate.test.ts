import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {tile} from '../../src/core/bucket.ts';
import type {Dimension} from '../../src/core/dimension.ts';
import {decimal} from '../../src/core/money.ts';
import {type Label, OTHER, type Record} from '../../src/core/record.ts';
import {Aggregation, indexMetrics, type Origin} from '../../src/pipeline/aggregate.ts';
import {BucketIndex} from '../../src/pipeline/bucket-index.ts';
import {anyFact, anyGrouping, groupsOf, METRICS} from './facts.ts';
import {answer, type Fact, queryOf, span} from './made-up.ts';

const PERIOD = span('2026-09-01', '2026-12-02');
const origin = (account: string, provider = 'acme'): Origin => ({
  provider,
  account,
  kind: 'chat',
  metrics: indexMetrics(METRICS),
  buckets: () => 1,
});

async function recordsOf(facts: readonly Fact[]): Promise<Record[]> {
  const records: Record[] = [];
  const slice = {
    window: PERIOD,
    now: queryOf().now,
    granularity: 'day',
    split: ['project', 'user', 'model'],
    filters: {},
    kinds: [],
  } as const;
  for await (const batch of answer(facts, slice)) records.push(...batch);
  return records;
}

const cost = (amount: string, labels: {readonly [dimension: string]: Label} = {}): Record => ({
  period: PERIOD,
  labels,
  cost: {amount: decimal(amount), currency: 'USD'},
});

/** Adds records up and gives each group as `account labels amount`. */
function grouped(
  groupBy: readonly Dimension[],
  ...records: readonly (readonly [Record, Origin])[]
): string[] {
  const aggregation = new Aggregation(groupBy, undefined, false);
  for (const [record, from] of records) aggregation.add(record, from);
  return [...aggregation.groups.values()].map(
    ({provider, account, labels, costs}) =>
      `${provider}/${account} ${labels.map(({id}) => id).join('+')} ${costs.get('USD')?.total.value}`,
  );
}

describe('merging', () => {
  it('comes to the same as one aggregation, whoever is merged into whom', async () => {
    const part = fc.tuple(fc.constantFrom('one', 'two'), fc.array(anyFact, {maxLength: 12}));
    await fc.assert(
      fc.asyncProperty(
        anyGrouping,
        fc.constantFrom(null, 'day', 'month'),
        fc.array(part, {maxLength: 5}),
        async (groupBy, bucket, parts) => {
          const fresh = () =>
            new Aggregation(groupBy, bucket ? new BucketIndex(tile(PERIOD, bucket)) : undefined, true);
          const read = await Promise.all(
            parts.map(async ([name, facts]) => [name, await recordsOf(facts)] as const),
          );
          const fill = (into: Aggregation, some: typeof read) => {
            for (const [name, records] of some)
              for (const record of records) into.add(record, origin(name, name === 'one' ? 'acme' : 'other'));
            return into;
          };
          const once = fill(fresh(), read);
          for (const order of [read, read.toReversed()]) {
            const merged = fresh();
            for (const one of order) merged.merge(fill(fresh(), [one]));
            expect(groupsOf(merged, groupBy)).toEqual(groupsOf(once, groupBy));
            const facts = (aggregation: Aggregation) =>
              [...aggregation.groups].map(([key, {provider, account}]) => [key, provider, account]).sort();
            expect(facts(merged)).toEqual(facts(once));
          }
        },
      ),
    );
  });

  it('keeps the days of a trend apart', () => {
    const day = (date: string, next: string, amount: string): Record => ({
      ...cost(amount),
      period: span(date, next),
    });
    const [left, right] = [1, 2].map(() => new Aggregation([], undefined, true));
    left!.add(day('2026-11-01', '2026-11-02', '0.1'), origin('one'));
    right!.add(day('2026-11-01', '2026-11-02', '0.2'), origin('two'));
    right!.add(day('2026-11-02', '2026-11-03', '5'), origin('two'));
    left!.merge(right!);
    const days = [...left!.groups.values()].map(({costs}) => costs.get('USD')?.days);
    expect([...days[0]!.values()].map(sum => sum.value)).toEqual(['0.3', '5']);
  });
});

describe('what tells groups apart', () => {
  it('is the whole list of labels: no two lists run into each other, whatever is in them', () => {
    const text = fc.oneof(fc.string({maxLength: 6}), fc.stringMatching(/^[0-9ou:@/ ]{0,6}$/));
    const pair = fc.tuple(text, text);
    fc.assert(
      fc.property(
        fc.uniqueArray(pair, {minLength: 1, maxLength: 12, selector: ([a, b]) => JSON.stringify([a, b])}),
        pairs => {
          for (const groupBy of [
            ['model', 'size'],
            ['project', 'user'],
          ] as const) {
            const records = pairs.map(
              ([a, b]) => [cost('1', {[groupBy[0]]: {id: a}, [groupBy[1]]: {id: b}}), origin('one')] as const,
            );
            expect(grouped(groupBy, ...records)).toHaveLength(pairs.length);
          }
        },
      ),
    );
  });

  it('is not the name of a special row: an id "(other)" is an id', () => {
    const rows = grouped(
      ['project'],
      [cost('1', {project: {id: '(other)'}}), origin('one')],
      [cost('2', {project: OTHER}), origin('one')],
      [cost('4', {project: {id: '(unattributed)'}}), origin('one')],
      [cost('8'), origin('one')],
    );
    expect(rows).toHaveLength(4);
  });

  it('is the account as well, where ids are unique within an account only', () => {
    const same = {project: {id: 'p1'}};
    expect(grouped(['project'], [cost('1', same), origin('one')], [cost('2', same), origin('two')])).toEqual([
      'acme/one p1 1',
      'acme/two p1 2',
    ]);
    // The same account name at two providers is two accounts.
    expect(
      grouped(['project'], [cost('1', same), origin('x', 'a')], [cost('2', same), origin('x', 'b')]),
    ).toHaveLength(2);
  });

  it('is the account for what has no label or was cut off, even where values mean the same everywhere', () => {
    const rows = grouped(
      ['model'],
      [cost('1', {model: OTHER}), origin('one')],
      [cost('2', {model: OTHER}), origin('two')],
      [cost('4'), origin('one')],
      [cost('8'), origin('two')],
    );
    expect(rows).toEqual([
      'acme/one (other) 1',
      'acme/two (other) 2',
      'acme/one (unattributed) 4',
      'acme/two (unattributed) 8',
    ]);
  });

  it('is not the account for values that mean the same everywhere; such a group belongs to nobody', () => {
    const model = {model: {id: 'm'}};
    expect(grouped(['model'], [cost('1', model), origin('one')], [cost('2', model), origin('two')])).toEqual([
      'acme/null m 3',
    ]);
    expect(
      grouped(['model'], [cost('1', model), origin('one', 'a')], [cost('2', model), origin('two', 'b')]),
    ).toEqual(['null/null m 3']);
    expect(grouped([], [cost('1'), origin('one', 'a')], [cost('2'), origin('one', 'b')])).toEqual([
      'null/one  3',
    ]);
  });

  it('is the currency within a group: amounts of two are never added', () => {
    const aggregation = new Aggregation([], undefined, false);
    for (const [amount, currency] of [
      ['0.1', 'USD'],
      ['0.2', 'USD'],
      ['7', 'EUR'],
    ] as const) {
      aggregation.add({period: PERIOD, labels: {}, cost: {amount: decimal(amount), currency}}, origin('one'));
    }
    const [group] = aggregation.groups.values();
    expect([...group!.costs].map(([currency, {total}]) => `${total.value} ${currency}`)).toEqual([
      '0.3 USD',
      '7 EUR',
    ]);
  });
});

describe('what is not reported', () => {
  it('stays away: no cost is not a cost of 0, and a metric that nobody listed is none', () => {
    const aggregation = new Aggregation([], undefined, false);
    aggregation.add(
      {
        period: PERIOD,
        labels: {},
        kind: 'chat',
        quantities: {input_tokens: decimal('0'), unheard_of: decimal('5')},
      },
      origin('one'),
    );
    const [group] = aggregation.groups.values();
    expect(group!.costs.size).toBe(0);
    expect([...group!.quantities.keys()]).toEqual(['chat input_tokens']);
  });
});
