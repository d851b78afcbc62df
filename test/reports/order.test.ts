import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parsePeriod} from '../../src/core/parse-period.ts';
import {OTHER} from '../../src/core/record.ts';
import {anyFact, anyGrouping} from '../pipeline/facts.ts';
import {NOW} from '../support/session.ts';
import {billed, build, metered, reporting} from './build.ts';

const month = parsePeriod('2026-11', NOW);
const by = (field: string, direction: 'asc' | 'desc' = 'asc') => ({field, direction});

describe('without a wish', () => {
  it('costs come largest first, by currency, dollars before all', async () => {
    const facts = [
      billed('5', {model: 'a'}, {currency: 'EUR'}),
      billed('1', {model: 'b'}),
      billed('10', {model: 'c'}),
      billed('2', {model: 'd'}),
      billed('9', {model: 'e'}, {currency: 'ACME_CREDIT_CENTS'}),
    ];
    const {pick} = await build({period: month, groupBy: ['model']}, reporting(facts));
    expect(pick('model', 'cost', 'currency')).toEqual([
      'c 10 USD',
      'd 2 USD',
      'b 1 USD',
      'e 9 ACME_CREDIT_CENTS',
      'a 5 EUR',
    ]);
  });

  it('what was cut off comes last, and what costs nothing that is known just before it', async () => {
    const facts = [
      billed('100', {model: OTHER}),
      metered({requests: '1'}, {model: 'm'}),
      billed('-3', {model: 'credit'}),
      billed('1'),
    ];
    const {pick} = await build({report: 'report', period: month, groupBy: ['model']}, reporting(facts));
    expect(pick('model', 'cost')).toEqual(['(unattributed) 1', 'credit -3', 'm -', '(other) 100']);
  });

  it('ties are alphabetical', async () => {
    const facts = ['b', 'a', 'c'].map(model => billed('1', {model}));
    expect((await build({period: month, groupBy: ['model']}, reporting(facts))).pick('model')).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('ties that read the same are told apart all the same', async () => {
    const facts = [billed('1', {model: '(unattributed)'}), billed('1')];
    const labels = async (some: typeof facts) => {
      const {report} = await build({period: month, groupBy: ['project', 'model']}, reporting(some));
      return JSON.stringify(report.rows);
    };
    expect(await labels(facts.toReversed())).toBe(await labels(facts));
    const counts = [metered({requests: '1'}, {model: '(unattributed)'}), metered({requests: '2'})];
    const rows = async (some: typeof counts) =>
      (await build({report: 'report', period: month, groupBy: ['model']}, reporting(some))).pick('requests');
    expect(await rows(counts.toReversed())).toEqual(await rows(counts));
  });

  it('time goes before money', async () => {
    const facts = [
      billed('9', {model: 'a'}, {day: '2026-11-02'}),
      billed('1', {model: 'a'}),
      billed('2', {model: 'b'}),
    ];
    const {pick} = await build({period: month, groupBy: ['model'], bucket: 'day'}, reporting(facts));
    expect(pick('bucket_start', 'model', 'cost')).toEqual([
      '2026-11-01 b 2',
      '2026-11-01 a 1',
      '2026-11-02 a 9',
    ]);
  });

  it('metrics come as their provider lists them, and most first within each', async () => {
    const facts = [
      metered({gb_hours: '1'}, {model: 'a'}, {kind: 'storage'}),
      metered({requests: '5', output_tokens: '7', input_tokens: '2'}, {model: 'a'}),
      metered({input_tokens: '3'}, {model: 'b'}),
    ];
    const {pick} = await build({report: 'usage', period: month, groupBy: ['model']}, reporting(facts));
    expect(pick('metric', 'model', 'quantity')).toEqual([
      'input_tokens b 3',
      'input_tokens a 2',
      'output_tokens a 7',
      'requests a 5',
      'gb_hours a 1',
    ]);
  });
});

describe('--sort', () => {
  const facts = [
    billed('2', {project: {id: 'p1', name: 'Zebra'}}),
    billed('10', {project: {id: 'p2', name: 'apple'}}, {day: '2026-11-02'}),
    billed('1', {project: OTHER}),
  ];

  it.each([
    [by('cost'), ['Zebra', 'apple', '(other)']],
    [by('cost', 'desc'), ['apple', 'Zebra', '(other)']],
    [by('project_id', 'desc'), ['apple', 'Zebra', '(other)']],
    [by('project_name'), ['Zebra', 'apple', '(other)']],
    [by('project_name', 'desc'), ['apple', 'Zebra', '(other)']],
  ])('by %j', async (sort, expected) => {
    expect(
      (await build({period: month, groupBy: ['project'], sort}, reporting(facts))).pick('project_name'),
    ).toEqual(expected);
  });

  it('goes over buckets', async () => {
    const {pick} = await build(
      {period: month, groupBy: ['project'], bucket: 'day', sort: by('cost', 'desc')},
      reporting(facts.slice(0, 2)),
    );
    expect(pick('bucket_start', 'cost')).toEqual(['2026-11-02 10', '2026-11-01 2']);
    const backwards = await build(
      {period: month, bucket: 'day', sort: by('bucket_start', 'desc')},
      reporting(facts.slice(0, 2)),
    );
    expect(backwards.pick('bucket_start')).toEqual(['2026-11-02', '2026-11-01']);
  });

  it('keeps currencies apart, whichever way', async () => {
    const mixed = [
      billed('1', {model: 'a'}),
      billed('5', {model: 'b'}),
      billed('2', {model: 'c'}, {currency: 'EUR'}),
    ];
    const {pick} = await build({period: month, groupBy: ['model'], sort: by('cost')}, reporting(mixed));
    expect(pick('cost', 'currency')).toEqual(['1 USD', '5 USD', '2 EUR']);
  });

  it('compares numbers as numbers, to the last digit', async () => {
    const long = ['0.10000000000000000000000000000002', '0.10000000000000000000000000000001', '9', '10'];
    const facts = long.map((amount, index) => billed(amount, {model: `m${index}`}));
    const {pick} = await build({period: month, groupBy: ['model'], sort: by('cost')}, reporting(facts));
    expect(pick('cost')).toEqual([long[1], long[0], '9', '10']);
  });
});

describe('a report can be repeated', () => {
  it('row for row, in whatever order the answers came', async () => {
    const order = fc
      .array(anyFact, {maxLength: 25})
      .chain(facts => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, {minLength: facts.length})));
    const asked = fc.record({
      report: fc.constantFrom('report', 'costs', 'usage'),
      groupBy: anyGrouping.map(some => some.filter(dimension => dimension !== 'kind')),
      bucket: fc.constantFrom(null, 'month'),
      wide: fc.boolean(),
      sort: fc.constantFrom(undefined, by('provider')),
      top: fc.constantFrom(undefined, 2),
    });
    await fc.assert(
      fc.asyncProperty(asked, order, async (query, [facts, mixed]) => {
        const complete = {...query, period: parsePeriod('qtd', NOW)};
        const first = await build(complete, reporting(facts));
        const second = await build(complete, reporting(mixed));
        expect(JSON.stringify(second.rows)).toBe(JSON.stringify(first.rows));
      }),
    );
  });
});
