import {describe, expect, test} from 'vitest';
import type {LabelDimension} from '../../../src/core/dimension.ts';
import {ProviderError} from '../../../src/core/errors.ts';
import {loadExchanges} from '../../support/fixtures.ts';
import {ask, costs, period} from './query.ts';
import {answer, fetchAll, replay} from './server.ts';

const DAY = period('2026-11-01', '2026-11-02');
const recorded = (name: string, split: readonly LabelDimension[], start: string, end: string) =>
  fetchAll(costs, ask(period(start, end), {split}), replay(loadExchanges('openai', name)));
const payer = 'org-contoso';
const usd = (amount: string) => ({amount, currency: 'USD'});
const rowsOf = (...rows: readonly unknown[]) =>
  fetchAll(costs, ask(DAY), request => answer(request, () => rows));

describe('costs as recorded', () => {
  test('total: every digit, a quiet day without a record, the running day whole', async () => {
    const {records} = await recorded('costs-total', [], '2026-11-20', '2026-11-23');
    expect(records).toEqual([
      {period: period('2026-11-20', '2026-11-21'), labels: {}, cost: usd('0.13080438340307526'), payer},
      {period: period('2026-11-22', '2026-11-23'), labels: {}, cost: usd('0.0036275'), payer},
    ]);
  });

  test('by line item: a project that was not asked for is ignored; null, "" and missing are no label', async () => {
    const {records, received} = await recorded(
      'costs-by-line-item',
      ['line_item'],
      '2026-11-19',
      '2026-11-23',
    );
    expect(received.length).toBe(2);
    expect(
      records.map(({labels, cost}) => [labels.line_item?.id, Object.keys(labels).length, cost?.amount]),
    ).toEqual([
      ['assistants api | file search', 1, '68.3'],
      ['assistants api | file search', 1, '0.00042714787262957543'],
      ['gpt-5.6-luna, cached input', 1, '12.5'],
      ['evals | gpt-4o-mini-2024-07-18, input', 1, '0'],
      [undefined, 0, '-1.25'],
      [undefined, 0, '0.0000001'],
      ['Web search tool calls', 1, '0.08'],
    ]);
    expect(new Set(records.map(({cost}) => cost?.currency))).toEqual(new Set(['USD']));
  });

  test.each([
    [[]],
    [['project']],
    [['line_item']],
    [['api_key']],
    [['project', 'line_item']],
    [['project', 'api_key']],
    [['line_item', 'api_key']],
    [['project', 'line_item', 'api_key']],
  ] as const)('split by %j a record has those labels and no other', async split => {
    const exchanges = loadExchanges('openai', 'costs-by-key').map(({request: {path}, response}) => ({
      request: {path},
      response,
    }));
    const query = ask(period('2026-11-20', '2026-11-22'), {split});
    const {records} = await fetchAll(costs, query, replay(exchanges));
    const has = (dimension: LabelDimension, id: string) =>
      (split as readonly LabelDimension[]).includes(dimension) ? {[dimension]: {id}} : {};
    expect(records.map(({labels}) => labels)).toEqual([
      {
        ...has('project', 'proj_alpha'),
        ...has('line_item', 'gpt-5.6-luna, input'),
        ...has('api_key', 'key_ci'),
      },
      {
        ...has('project', 'proj_alpha'),
        ...has('line_item', 'gpt-5.6-luna, input'),
        ...has('api_key', 'key_web'),
      },
      {
        ...has('project', 'proj_beta'),
        ...has('line_item', 'gpt-5.6-luna, output'),
        ...has('api_key', 'key_ci'),
      },
      has('line_item', 'Scale tier bundle'),
    ]);
    expect(records[2]?.cost?.amount).toBe('2.000000000000000000000000000001');
  });
});

describe('a row that is no bill', () => {
  const good = {amount: {value: 1, currency: 'usd'}};

  test.each([
    ['no amount', {}, 'amount'],
    ['a null amount', {amount: null}, 'amount'],
    ['no value', {amount: {currency: 'usd'}}, 'amount.value'],
    ['a value that is no number', {amount: {value: 'NaN', currency: 'usd'}}, 'amount.value'],
    ['an empty value', {amount: {value: '', currency: 'usd'}}, 'amount.value'],
    ['no currency', {amount: {value: 1}}, 'amount.currency'],
    ['an empty currency', {amount: {value: 1, currency: ''}}, 'amount.currency'],
    ['a currency that is none', {amount: {value: 1, currency: 'u\u001b[1md'}}, 'amount.currency'],
    ['a label that is a number', {...good, project_id: 5}, 'project_id'],
  ])('%s is another shape, by the name of its field', async (_, row, field) => {
    const failure = await rowsOf(good, row).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure).toMatchObject({
      code: 'bad_response',
      message: expect.stringContaining(`data.0.results.1.${field} `),
    });
  });

  test('a currency other than dollars is taken as it is', async () => {
    const {records} = await rowsOf({amount: {value: '1.5', currency: 'eur'}});
    expect(records.map(({cost}) => cost)).toEqual([{amount: '1.5', currency: 'EUR'}]);
  });
});
