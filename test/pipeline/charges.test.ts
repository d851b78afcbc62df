import fc from 'fast-check';
import {expect, it} from 'vitest';
import {addDays} from '../../src/core/instant.ts';
import {add, decimal, ZERO} from '../../src/core/money.ts';
import {type BilledFor, type Label, type Labels, OTHER, type Record} from '../../src/core/record.ts';
import type {SourceQuery} from '../../src/drivers/driver.ts';
import {type Charge, collectCharges} from '../../src/pipeline/charges.ts';
import {NOW} from '../support/session.ts';
import {accountOf, at, driverOf, sourceOf, span} from './made-up.ts';

type Row = Omit<Record, 'period'>;

const SPLIT = ['project', 'line_item'] as const;
// Few, so that rows often differ in one thing alone; ids that would pass for something else or run into each other.
const project = fc.constantFrom<Label | undefined>(OTHER, {id: '(other)'}, {id: '1:a'});
const item = fc.constantFrom<Label | undefined>(undefined, {id: 'a'}, {id: 'u'});
const figure = fc.integer({min: -50, max: 50}).map(value => decimal(value / 8));
const billedFor = fc
  .tuple(fc.constantFrom<string | undefined>(undefined, 'tokens', ''), figure)
  .map(([unit, quantity]): BilledFor => ({quantity, ...(unit !== undefined && {unit})}));
const row: fc.Arbitrary<Row> = fc
  .record({
    project,
    item,
    cost: fc.option(fc.record({amount: figure, currency: fc.constantFrom('USD', 'EUR')}), {nil: undefined}),
    calls: fc.option(figure, {nil: undefined}),
    billed: fc.option(billedFor, {nil: undefined}),
    payer: fc.constantFrom<string | undefined>(undefined, 'org-a'),
  })
  .map(({project: of, item: what, cost, calls, billed, payer}) => ({
    labels: {...(of && {project: of}), ...(what && {line_item: what})},
    ...(cost && {cost}),
    ...(calls !== undefined && {quantities: {calls}}),
    ...(billed && {billedFor: billed}),
    ...(payer && {payer}),
  }));
/** Days that often repeat the rows of the day before, in their order or another. */
const days = fc
  .tuple(
    fc.array(row, {minLength: 1, maxLength: 6}),
    fc.array(fc.array(fc.nat(8), {maxLength: 8}), {maxLength: 5}),
  )
  .map(([rows, picked]) => picked.map(places => places.flatMap(place => rows[place] ?? [])));

const nameOf = (one: Label | undefined) => (one === OTHER ? 'the rest' : one ? `"${one.id}"` : 'nobody');
const identity = (
  {project: of, line_item: what}: Labels,
  billed: BilledFor | undefined,
  payer: string | undefined,
) => JSON.stringify([nameOf(of), nameOf(what), billed ? billed.unit || 'no unit' : null, payer ?? null]);
const identityOf = ({labels, billedFor: billed, payer}: Row | Charge) => identity(labels, billed, payer);

/** The same by adding up one row after the other. */
function expected(rows: readonly Row[]) {
  const charges = new Map<string, {[figure: string]: string}>();
  for (const one of rows) {
    const sums = charges.get(identityOf(one)) ?? {};
    const count = (name: string, amount: string | undefined) => {
      if (amount !== undefined) sums[name] = add(decimal(sums[name] ?? ZERO), decimal(amount));
    };
    count(one.cost?.currency ?? '', one.cost?.amount);
    count('calls', one.quantities?.calls);
    count('billed', one.billedFor?.quantity);
    charges.set(identityOf(one), sums);
  }
  return [...charges];
}

const figuresOf = ({costs, quantities, billedFor: billed}: Charge) => ({
  ...Object.fromEntries(costs.map(({currency, amount}) => [currency, amount])),
  ...quantities,
  ...(billed && {billed: billed.quantity}),
});

it('adds up what shares labels, unit and payer within a day, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(days, fc.boolean(), async (all, inOne) => {
      const records = all.map((rows, day) => rows.map(one => ({...one, period: dayOf(day)})));
      const source = sourceOf({
        async *fetch() {
          yield* inOne ? [records.flat()] : records;
        },
      });
      const slice: SourceQuery = {
        window: span('2026-10-01', '2026-11-01'),
        now: NOW,
        granularity: 'day',
        split: [...SPLIT],
        filters: {},
        kinds: [],
      };
      const taken: Charge[][] = [];
      const keys = new Map<string, string>();
      await collectCharges(accountOf(driverOf([source])), source, [slice], (_, charges) => {
        if (charges.length > 0) taken.push([...charges]);
        for (const charge of charges) {
          expect(keys.get(charge.key) ?? identityOf(charge)).toBe(identityOf(charge));
          keys.set(charge.key, identityOf(charge));
        }
      });
      expect(new Set(keys.values()).size).toBe(keys.size);
      expect(taken.map(charges => charges.map(charge => [identityOf(charge), figuresOf(charge)]))).toEqual(
        all.filter(rows => rows.length > 0).map(expected),
      );
    }),
    {numRuns: 1_000},
  );
});

const dayOf = (day: number) => {
  const start = addDays(at('2026-10-01'), day);
  return {start, end: addDays(start, 1)};
};
