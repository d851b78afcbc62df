import Big from 'big.js';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parsePeriod} from '../../src/core/parse-period.ts';
import {expectedTotals, someFacts} from '../pipeline/facts.ts';
import {level, queryOf} from '../pipeline/made-up.ts';
import {NOW} from '../support/session.ts';
import {billed, build, metered, reporting} from './build.ts';

const month = parsePeriod('2026-11', NOW);
const facts = [
  metered({input_tokens: '900', output_tokens: '100', requests: '3'}, {model: 'a'}),
  metered({input_tokens: '5'}, {model: 'a'}, {day: '2026-11-02'}),
  metered({gb_hours: '0.25'}, {model: 'a'}, {kind: 'storage'}),
  metered({gb_hours: '0'}, {model: 'b'}, {kind: 'storage'}),
];

describe('usage', () => {
  it('has a row for each metric of a group, with its unit, and none for what was not reported', async () => {
    const {pick} = await build({report: 'usage', period: month, groupBy: ['model']}, reporting(facts));
    expect(pick('model', 'kind', 'metric', 'quantity', 'unit', 'statistic')).toEqual([
      'a chat input_tokens 905 tokens sum',
      'a chat output_tokens 100 tokens sum',
      'a chat requests 3 requests sum',
      'a storage gb_hours 0.25 gib-hours sum',
      'b storage gb_hours 0 gib-hours sum',
    ]);
  });

  it('with --wide has a row for each kind and a column for each metric; what another kind has is null', async () => {
    const {pick} = await build(
      {report: 'usage', period: month, groupBy: ['model'], wide: true},
      reporting(facts),
    );
    expect(pick('model', 'kind', 'input_tokens', 'output_tokens', 'requests', 'gb_hours')).toEqual([
      'a chat 905 100 3 -',
      'a storage - - - 0.25',
      'b storage - - - 0',
    ]);
  });

  it('ranks by the first metric of each kind with --wide', async () => {
    const some = ['1', '30', '4'].flatMap(value => [
      metered({input_tokens: value}, {model: `m${value}`}),
      metered({gb_hours: value}, {model: `m${value}`}, {kind: 'storage'}),
    ]);
    const {pick} = await build(
      {report: 'usage', period: month, groupBy: ['model'], wide: true},
      reporting(some),
    );
    expect(pick('model', 'kind')).toEqual([
      'm30 chat',
      'm4 chat',
      'm1 chat',
      'm30 storage',
      'm4 storage',
      'm1 storage',
    ]);
  });

  it('says of a level that it is a mean, and gives it to a millionth', async () => {
    const source = {metrics: [level('stores', 'bytes')], granularities: ['day'] as const, whole: false};
    const account = reporting([metered({bytes: '10'}, {}, {kind: 'stores'})], 'acme', {source});
    const {pick} = await build(
      {report: 'usage', period: parsePeriod('2026-11-01..2026-11-03', NOW)},
      account,
    );
    expect(pick('metric', 'quantity', 'statistic')).toEqual(['bytes 3.333333 mean']);
  });

  it('has no money in it', async () => {
    const {report, rows} = await build({report: 'usage', period: month}, reporting([billed('5'), ...facts]));
    expect(rows.every(row => !('cost' in row))).toBe(true);
    expect(report.totals).toEqual([]);
  });

  it('adds up to what was metered, however it is laid out', async () => {
    await fc.assert(
      fc.asyncProperty(someFacts, fc.boolean(), fc.constantFrom(null, 'day'), async (some, wide, bucket) => {
        const period = parsePeriod('qtd', NOW);
        const {rows} = await build(
          {report: 'usage', period, wide, bucket, groupBy: ['model']},
          reporting(some),
        );
        const expected = expectedTotals(queryOf({period}), [
          ['acme', some.map(({cost: _, ...fact}) => fact)],
        ]);
        for (const metric of ['input_tokens', 'requests']) {
          const values = rows
            .map(row => (wide ? row[metric] : row.metric === metric ? row.quantity : null))
            .filter(value => value !== null);
          const sum = values.reduce((total, value) => total.plus(value ?? '0'), new Big(0));
          expect(values.length > 0 ? sum.toFixed() : undefined).toBe(expected[metric]);
        }
      }),
    );
  });
});

describe('the report', () => {
  it('counts requests and tokens of all kinds, and holds every quantity by kind', async () => {
    const {pick, rows} = await build({report: 'report', period: month, groupBy: ['model']}, reporting(facts));
    expect(pick('model', 'requests', 'tokens')).toEqual(['a 3 1005', 'b - -']);
    expect(rows.map(({quantities}) => quantities)).toEqual([
      '{"chat":{"input_tokens":"905","output_tokens":"100","requests":"3"},"storage":{"gb_hours":"0.25"}}',
      '{"storage":{"gb_hours":"0"}}',
    ]);
  });

  it('has null where nothing is metered', async () => {
    const {rows} = await build({report: 'report', period: month}, reporting([billed('1')]));
    expect(rows[0]).toMatchObject({requests: null, tokens: null, quantities: null});
  });
});
