import Big from 'big.js';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parsePeriod} from '../../src/core/parse-period.ts';
import type {Query} from '../../src/core/query.ts';
import {anyGrouping, expectedTotals, someFacts, within} from '../pipeline/facts.ts';
import {queryOf} from '../pipeline/made-up.ts';
import {NOW} from '../support/session.ts';
import {billed, build, METRICS, metered, reporting} from './build.ts';

const month = parsePeriod('2026-11', NOW);
const before = parsePeriod('2026-10', NOW);
const lastMonth = (
  amount: string,
  ...rest: Parameters<typeof billed> extends [string, ...infer R] ? R : never
) => billed(amount, rest[0], {...rest[1], day: '2026-10-05'});
const full: Partial<Query> = {report: 'report', period: month, compare: before, groupBy: ['model']};

describe('a cost', () => {
  it('keeps every digit that was sent', async () => {
    const {pick} = await build(
      {period: month},
      reporting([billed('0.003627500000000000000000000000000001'), billed('412.07')]),
    );
    expect(pick('cost')).toEqual(['412.073627500000000000000000000000000001']);
  });

  it('that was not reported is null, and one of 0 is 0', async () => {
    const {pick} = await build(
      {...full, compare: undefined},
      reporting([billed('0', {model: 'free'}), metered({requests: '1'}, {model: 'unknown'})]),
    );
    expect(pick('model', 'cost', 'currency')).toEqual(['free 0 USD', 'unknown - -']);
  });

  it('stands in a row of each currency, and quantities in the first of them only', async () => {
    const facts = [
      billed('1', {model: 'm'}),
      billed('2', {model: 'm'}, {currency: 'EUR'}),
      metered({requests: '7'}, {model: 'm'}),
    ];
    const {pick} = await build({...full, compare: undefined}, reporting(facts));
    expect(pick('cost', 'currency', 'requests')).toEqual(['1 USD 7', '2 EUR -']);
  });
});

describe('a share', () => {
  it.each([
    [
      'is the part of the total of its currency',
      [billed('1', {model: 'a'}), billed('2', {model: 'b'}), billed('9', {model: 'c'}, {currency: 'EUR'})],
      ['b 0.666667', 'a 0.333333', 'c 1'],
    ],
    [
      'may be negative, or more than all',
      [billed('3', {model: 'a'}), billed('-1', {model: 'b'})],
      ['a 1.5', 'b -0.5'],
    ],
    [
      'is null of a total of nothing',
      [billed('1', {model: 'a'}), billed('-1', {model: 'b'})],
      ['a -', 'b -'],
    ],
    ['is null of a negative total', [billed('-2', {model: 'a'})], ['a -']],
    ['is 0 of a cost of nothing', [billed('1', {model: 'a'}), billed('0', {model: 'b'})], ['a 1', 'b 0']],
  ])('%s', async (_, facts, expected) => {
    expect((await build({...full, compare: undefined}, reporting(facts))).pick('model', 'share')).toEqual(
      expected,
    );
  });

  it('adds up to 1, give or take what rounding takes', async () => {
    const positive = fc.array(fc.tuple(fc.integer({min: 1, max: 10 ** 9}), fc.nat(5)), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(positive, async amounts => {
        const facts = amounts.map(([amount, model]) => billed(String(amount), {model: `m${model}`}));
        const {rows} = await build({...full, compare: undefined}, reporting(facts));
        const sum = rows.reduce((total, {share}) => total.plus(share ?? '0'), new Big(0));
        expect(sum.minus(1).abs().lte(new Big('0.0000005').times(rows.length))).toBe(true);
      }),
    );
  });
});

describe('a change', () => {
  it.each([
    [
      'is relative to the period before',
      [billed('3', {model: 'm'}), lastMonth('2', {model: 'm'})],
      '3 2 0.5',
    ],
    ['is null when its account tells nothing any more', [lastMonth('2', {model: 'm'})], '- 2 -'],
    ['is -1 when it costs 0 now', [billed('0', {model: 'm'}), lastMonth('2', {model: 'm'})], '0 2 -1'],
    ['is null without a base', [billed('3', {model: 'm'})], '3 - -'],
    ['is null against a base of 0', [billed('3', {model: 'm'}), lastMonth('0', {model: 'm'})], '3 0 -'],
    ['is null against a negative base', [billed('3', {model: 'm'}), lastMonth('-2', {model: 'm'})], '3 -2 -'],
    ['is rounded to a millionth', [billed('1', {model: 'm'}), lastMonth('3', {model: 'm'})], '1 3 -0.666667'],
  ])('%s', async (_, facts, expected) => {
    expect((await build(full, reporting(facts))).pick('cost', 'previous_cost', 'change')).toEqual([expected]);
  });

  it('is -1 when there is nothing any more, while the account tells of others', async () => {
    const facts = [billed('3', {model: 'a'}), lastMonth('2', {model: 'b'})];
    const {pick, report} = await build(full, reporting(facts));
    expect(pick('cost', 'previous_cost', 'change')).toEqual(['3 - -', '- 2 -1']);
    expect(report.totals).toEqual([{currency: 'USD', cost: '3', previousCost: '2', change: '0.5'}]);
  });

  it('is never taken between currencies', async () => {
    const {pick} = await build(
      full,
      reporting([billed('3', {model: 'm'}), lastMonth('2', {model: 'm'}, {currency: 'EUR'})]),
    );
    expect(pick('cost', 'previous_cost', 'change', 'currency')).toEqual(['3 - - USD', '- 2 - EUR']);
  });
});

describe('totals and the last rows of a table', () => {
  it('have each currency once, dollars first, exact', async () => {
    const facts = [
      billed('0.1', {model: 'a'}),
      billed('0.2', {model: 'b'}),
      billed('5', {model: 'a'}, {currency: 'EUR'}),
      lastMonth('0.2', {model: 'c'}),
    ];
    const {report, footer} = await build(full, reporting(facts));
    expect(report.totals).toEqual([
      {currency: 'USD', cost: '0.3', previousCost: '0.2', change: '0.5'},
      {currency: 'EUR', cost: '5'},
    ]);
    expect(
      footer.map(({model, cost, previous_cost, change, share}) => [
        model,
        cost,
        previous_cost,
        change,
        share,
      ]),
    ).toEqual([
      ['Total', '0.3', '0.2', '0.5', null],
      ['Total', '5', null, null, null],
    ]);
  });

  it('are null where nothing is told now, and have no change: it may be told later', async () => {
    const {report} = await build(full, reporting([lastMonth('2')]));
    expect(report.totals).toEqual([{currency: 'USD', cost: null, previousCost: '2'}]);
  });

  it('are none where nothing was billed', async () => {
    const {report} = await build(full, reporting([metered({requests: '1'})]));
    expect(report.totals).toEqual([]);
    expect(report.footer).toEqual([]);
  });

  it('are what all rows come to, and what happened, to the last digit', async () => {
    const query = fc.record({groupBy: anyGrouping, bucket: fc.constantFrom(null, 'day', 'week')});
    await fc.assert(
      fc.asyncProperty(query, someFacts, async (asked, facts) => {
        const chat = {metrics: METRICS.filter(({kind}) => kind === 'chat')};
        const period = parsePeriod('qtd', NOW);
        const {report, rows} = await build(
          {...asked, period, report: 'costs'},
          reporting(facts, 'acme', {source: chat}),
        );
        const expected = expectedTotals(queryOf({period}), [
          ['acme', within({period, now: NOW}, facts).map(({quantities: _, ...fact}) => fact)],
        ]);
        expect(Object.fromEntries(report.totals.map(({currency, cost}) => [currency, cost]).sort())).toEqual(
          expected,
        );
        for (const {currency, cost} of report.totals) {
          const sum = rows
            .filter(row => row.currency === currency)
            .reduce((total, row) => total.plus(row.cost ?? '0'), new Big(0));
          expect(sum.eq(cost ?? 'nothing was told')).toBe(true);
        }
      }),
    );
  });
});
