import Big from 'big.js';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parsePeriod} from '../../src/core/parse-period.ts';
import type {Query} from '../../src/core/query.ts';
import {OTHER} from '../../src/core/record.ts';
import {anyFact, anyGrouping} from '../pipeline/facts.ts';
import {level} from '../pipeline/made-up.ts';
import {NOW} from '../support/session.ts';
import {type Built, billed, build, metered, reporting} from './build.ts';

const month = parsePeriod('2026-11', NOW);

/** `bucket lane` → what its rows come to. */
function sums(
  rows: Built['rows'],
  lane: (row: Built['rows'][number]) => string,
  field: string,
): Map<string, string> {
  const found = new Map<string, Big>();
  for (const row of rows) {
    if (row[field] == null) continue;
    const key = `${row.bucket_start ?? ''} ${lane(row)}`;
    found.set(key, (found.get(key) ?? new Big(0)).plus(row[field]));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, sum]) => [key, sum.toFixed()]));
}

/** Facts of which some are what a provider cut off itself. */
const facts = fc.array(
  fc
    .tuple(anyFact, fc.boolean())
    .map(([fact, cut]) =>
      cut && fact.labels.project ? {...fact, labels: {...fact.labels, project: OTHER}} : fact,
    ),
  {maxLength: 40},
);
const asked = fc.record({
  groupBy: anyGrouping.filter(some => some.length > 0 && !some.includes('kind')),
  bucket: fc.constantFrom(null, 'day', 'month'),
  top: fc.integer({min: 1, max: 6}),
  period: fc.constant(parsePeriod('qtd', NOW)),
  compare: fc.constant(parsePeriod('2026-Q3', NOW)),
});

describe('--top', () => {
  it('loses nothing: rows add up to the same, in each bucket and currency', async () => {
    await fc.assert(
      fc.asyncProperty(asked, facts, facts, async ({top, ...query}, one, two) => {
        const accounts = () => [reporting(one, 'one'), reporting(two, 'two')];
        for (const report of ['costs', 'report', 'usage'] as const) {
          const whole = await build({...query, report}, ...accounts());
          const cut = await build({...query, report, top}, ...accounts());
          const lane = (row: Built['rows'][number]) => row.currency ?? row.metric ?? '';
          for (const field of ['cost', 'previous_cost', 'quantity', 'tokens', 'requests'])
            expect(
              sums(cut.rows, field === 'tokens' || field === 'requests' ? () => '' : lane, field),
            ).toEqual(sums(whole.rows, field === 'tokens' || field === 'requests' ? () => '' : lane, field));
          expect(cut.report.totals).toEqual(whole.report.totals);
        }
      }),
    );
  });

  it('keeps at most so many groups of a currency, the largest, and one row for the rest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({min: 1, max: 6}),
        fc.constantFrom('project', 'model', 'user'),
        facts,
        async (top, dimension, some) => {
          const query = {groupBy: [dimension], period: parsePeriod('qtd', NOW)} as const;
          const whole = await build(query, reporting(some));
          const {rows} = await build({...query, top}, reporting(some));
          for (const currency of new Set(rows.map(row => row.currency))) {
            const ofCurrency = (row: Built['rows'][number]) => row.currency === currency;
            const isOther = (row: Built['rows'][number]) =>
              (row[`${dimension}_name`] ?? row[dimension]) === '(other)' && row[`${dimension}_id`] == null;
            const kept = rows.filter(ofCurrency).filter(row => !isOther(row));
            expect(kept.length).toBeLessThanOrEqual(top);
            const largest = whole.rows
              .filter(ofCurrency)
              .filter(row => !isOther(row))
              .map(row => row.cost ?? '')
              .slice(0, top);
            if (dimension !== 'model') expect(kept.map(row => row.cost)).toEqual(largest);
            if (dimension !== 'model')
              expect(rows.filter(ofCurrency).filter(isOther).length).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('keeps a group in all buckets or in none, by what it comes to in all', async () => {
    const some = [
      billed('5', {model: 'early'}),
      billed('4', {model: 'steady'}),
      billed('4', {model: 'steady'}, {day: '2026-11-02'}),
      billed('3', {model: 'late'}, {day: '2026-11-02'}),
    ];
    const {pick} = await build({period: month, bucket: 'day', groupBy: ['model'], top: 1}, reporting(some));
    expect(pick('bucket_start', 'model', 'cost')).toEqual([
      '2026-11-01 steady 4',
      '2026-11-01 (other) 5',
      '2026-11-02 steady 4',
      '2026-11-02 (other) 3',
    ]);
  });

  it('adds what providers cut off themselves to what it cuts off', async () => {
    const one = reporting(
      [billed('9', {project: 'a'}), billed('1', {project: 'b'}), billed('50', {project: OTHER})],
      'one',
    );
    const two = reporting([billed('2', {project: 'c'}), billed('100', {project: OTHER})], 'two');
    const {pick} = await build({period: month, groupBy: ['project'], top: 1}, one, two);
    expect(pick('project_name', 'project_id', 'account', 'cost')).toEqual(['- a one 9', '(other) - - 153']);
  });

  it('makes one row of what several providers cut off, even if it cuts nothing itself', async () => {
    const one = reporting([billed('9', {project: 'a'}), billed('50', {project: OTHER})], 'one');
    const two = reporting([billed('100', {project: OTHER})], 'two');
    const {pick} = await build({period: month, groupBy: ['project'], top: 5}, one, two);
    expect(pick('project_id', 'account', 'cost')).toEqual(['a one 9', '- - 150']);
  });

  it('ranks each currency for itself', async () => {
    const some = [
      billed('1', {model: 'a'}),
      billed('2', {model: 'b'}),
      billed('900', {model: 'c'}, {currency: 'ACME_CREDIT_CENTS'}),
      billed('800', {model: 'a'}, {currency: 'ACME_CREDIT_CENTS'}),
    ];
    const {pick} = await build({period: month, groupBy: ['model'], top: 1}, reporting(some));
    expect(pick('model', 'cost', 'currency')).toEqual([
      'b 2 USD',
      'c 900 ACME_CREDIT_CENTS',
      '(other) 1 USD',
      '(other) 800 ACME_CREDIT_CENTS',
    ]);
  });

  it('follows the order that is asked for', async () => {
    const some = ['3', '1', '2'].map(amount => billed(amount, {model: `m${amount}`}));
    const query: Partial<Query> = {
      period: month,
      groupBy: ['model'],
      top: 1,
      sort: {field: 'cost', direction: 'asc'},
    };
    expect((await build(query, reporting(some))).pick('model', 'cost')).toEqual(['m1 1', '(other) 5']);
  });

  it('changes nothing if there are no more groups than it keeps', async () => {
    const some = [billed('1', {model: 'a'}), billed('2')];
    const rows = async (top: number | undefined) =>
      (await build({period: month, groupBy: ['model'], top}, reporting(some))).rows;
    expect(await rows(2)).toEqual(await rows(undefined));
  });
});

describe('--top of usage', () => {
  it('ranks each metric for itself', async () => {
    const some = [
      metered({input_tokens: '5', requests: '1'}, {model: 'a'}),
      metered({input_tokens: '4', requests: '2'}, {model: 'b'}),
    ];
    const {pick} = await build({report: 'usage', period: month, groupBy: ['model'], top: 1}, reporting(some));
    expect(pick('metric', 'model', 'quantity').toSorted()).toEqual([
      'input_tokens (other) 4',
      'input_tokens a 5',
      'requests (other) 1',
      'requests b 2',
    ]);
  });

  it('ranks levels by what they are over the whole period, not over buckets of different lengths', async () => {
    const bytes = level('stores', 'bytes');
    const days = (project: string, from: number, to: number, value: string) =>
      Array.from({length: to - from + 1}, (_, index) =>
        metered(
          {bytes: value},
          {project},
          {day: `2026-10-${String(from + index).padStart(2, '0')}`, kind: 'stores'},
        ),
      );
    const facts = [
      ...days('steady', 5, 30, '5'),
      // A lot, but for the one day of October's last week that is in the period.
      metered({bytes: '20'}, {project: 'brief'}, {day: '2026-10-04', kind: 'stores'}),
    ];
    const account = reporting(facts, 'acme', {
      source: {metrics: [bytes], granularities: ['day'], whole: false},
    });
    const {pick} = await build(
      {
        report: 'usage',
        period: parsePeriod('2026-10-04..2026-10-30', NOW),
        bucket: 'week',
        groupBy: ['project'],
        top: 1,
      },
      account,
    );
    expect(pick('bucket_start', 'project_name', 'project_id', 'quantity')).toEqual([
      '2026-10-04 (other) - 20',
      '2026-10-05 - steady 5',
      '2026-10-12 - steady 5',
      '2026-10-19 - steady 5',
      '2026-10-26 - steady 5',
    ]);
  });

  it('keeps so many groups of each kind with metrics as columns', async () => {
    const some = [
      metered({input_tokens: '9'}, {model: 'a'}),
      metered({input_tokens: '1'}, {model: 'b'}),
      metered({gb_hours: '1'}, {model: 'a'}, {kind: 'storage'}),
      metered({gb_hours: '9'}, {model: 'b'}, {kind: 'storage'}),
    ];
    const wide = {report: 'usage', wide: true, period: month, groupBy: ['model'], top: 1} as const;
    const {rows} = await build(wide, reporting(some));
    expect(
      rows
        .map(({kind, model, input_tokens, gb_hours}) => [kind, model, input_tokens ?? gb_hours].join(' '))
        .toSorted(),
    ).toEqual(['chat (other) 1', 'chat a 9', 'storage (other) 1', 'storage b 9']);
  });
});
