import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {GRANULARITIES, type Granularity} from '../../src/core/bucket.ts';
import type {Query} from '../../src/core/query.ts';
import type {Source} from '../../src/drivers/driver.ts';
import {
  anyFact,
  anyGrouping,
  anyPeriod,
  expectedGroups,
  expectedTotals,
  groupsOf,
  type Ledger,
  METRICS,
  someFacts,
  totalsOf,
} from './facts.ts';
import {accountOf, ask, driverOf, type Fact, factSource, queryOf} from './made-up.ts';

const anyQuery: fc.Arbitrary<Query> = fc
  .record({
    period: anyPeriod,
    groupBy: anyGrouping,
    bucket: fc.constantFrom(null, 'hour', 'day', 'week', 'month'),
  })
  .map(asked => queryOf({...asked, report: 'report'}));

/** An API that knows some widths only; minutes always, so that nothing is impossible. */
const anyAbility: fc.Arbitrary<Partial<Source>> = fc.record({
  granularities: fc
    .subarray<Granularity>([...GRANULARITIES])
    .map(some => (some.includes('minute') ? some : (['minute', ...some] as const))),
  whole: fc.boolean(),
});

const asking = (query: Query, ledger: Ledger, ability: Partial<Source> = {}) =>
  ask(
    query,
    ...ledger.map(([name, facts]) =>
      accountOf(driverOf([factSource(facts, {metrics: METRICS, ...ability})]), name),
    ),
  );

describe('what is reported', () => {
  it('is the sum of what happened, group by group and bucket by bucket, to the last digit', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, someFacts, someFacts, anyAbility, async (query, one, two, ability) => {
        const ledger: Ledger = [
          ['one', one],
          ['two', two],
        ];
        const {current} = await asking(query, ledger, ability);
        expect(groupsOf(current, query.groupBy)).toEqual(expectedGroups(query, ledger));
      }),
      {numRuns: 150},
    );
  });

  it('comes to the same total however it is grouped and cut into buckets', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, someFacts, async (query, facts) => {
        const {current} = await asking(query, [['one', facts]]);
        expect(totalsOf(current)).toEqual(expectedTotals(query, [['one', facts]]));
      }),
    );
  });

  it('does not depend on the order in which records come', async () => {
    const shuffled = fc
      .array(anyFact, {maxLength: 30})
      .chain(facts => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, {minLength: facts.length})));
    await fc.assert(
      fc.asyncProperty(anyQuery, shuffled, async (query, [facts, mixed]) => {
        const [first, second] = await Promise.all([
          asking(query, [['one', facts]]),
          asking(query, [['one', mixed]]),
        ]);
        expect(groupsOf(second.current, query.groupBy)).toEqual(groupsOf(first.current, query.groupBy));
      }),
    );
  });

  it('comes to the same total however it is split over accounts', async () => {
    const dealt = fc.array(fc.tuple(anyFact, fc.nat(3)), {maxLength: 40});
    await fc.assert(
      fc.asyncProperty(anyQuery, dealt, async (query, cards) => {
        const hand = (player: number): Fact[] =>
          cards.filter(([, to]) => to === player).map(([fact]) => fact);
        const ledger: Ledger = [0, 1, 2, 3].map(player => [`player-${player}`, hand(player)] as const);
        const {current} = await asking(query, ledger);
        expect(totalsOf(current)).toEqual(expectedTotals(query, [['one', cards.map(([fact]) => fact)]]));
      }),
    );
  });

  it('does not depend on how an API cuts its answer into slices', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, someFacts, fc.integer({min: 1, max: 5}), async (query, facts, parts) => {
        const whole = await asking(query, [['one', facts]]);
        // Every slice covers the same window, and brings every n-th fact only.
        const sliced = await ask(
          query,
          accountOf(
            driverOf([
              factSource(facts, {
                metrics: METRICS,
                slices: asked =>
                  Array.from({length: parts}, (_, part) => ({...asked, kinds: [String(part)]})),
                fetch: (slice, session) =>
                  factSource(facts.filter((_, index) => index % parts === Number(slice.kinds[0]))).fetch(
                    slice,
                    session,
                  ),
              }),
            ]),
            'one',
          ),
        );
        expect(groupsOf(sliced.current, query.groupBy)).toEqual(groupsOf(whole.current, query.groupBy));
      }),
    );
  });
});
