import {describe, expect, test} from 'vitest';
import {findExchange, loadExchanges, serialize} from '../../support/fixtures.ts';
import {ask} from './answer.ts';
import {echo, query, row} from './query.ts';

const NOVEMBER = query('2026-11-01', '2026-11-16');
const cents = (amount: string) => ({amount, currency: 'MIOSA_CREDIT_CENTS'});

describe('the rollup', () => {
  test('gives the cost of each row and its quantities by kind, to the last digit', async () => {
    const recorded = loadExchanges('miosa', 'by-user');
    const answer = (request: {path: string; query: URLSearchParams}) => ({
      body: serialize(findExchange(recorded, request)?.response.body),
    });
    const asked = query('2026-11-01', '2026-11-23', {split: ['user']});
    const {records} = await ask(answer, asked);
    const period = asked.window;
    const labels = {user: {id: 'user_clinic_42'}};
    expect(records.slice(0, 4)).toEqual([
      {period, labels, cost: cents('312')},
      {period, labels, kind: 'sandboxes', quantities: {sandbox_seconds: '14400'}},
      {period, labels, kind: 'computers', quantities: {computer_seconds: '0'}},
      {period, labels, kind: 'storage', quantities: {storage_gb_hours: '2.5'}},
    ]);
    expect(records.slice(4, 8)).toEqual([
      {period, labels: {}, cost: cents('240')},
      {period, labels: {}, kind: 'sandboxes', quantities: {sandbox_seconds: '90071992547409930'}},
      {period, labels: {}, kind: 'computers', quantities: {computer_seconds: '12'}},
      {period, labels: {}, kind: 'storage', quantities: {storage_gb_hours: '0.1234567890123456789'}},
    ]);
    expect(records.length).toBe(12);
  });

  test.each([
    ['user', 'external_user_id'],
    ['project', 'external_project_id'],
    ['workspace', 'workspace_id'],
  ] as const)('splits by %s with group_by=%s', async (dimension, key) => {
    const asked = query('2026-11-01', '2026-11-16', {split: [dimension], kinds: []});
    const {records, sent} = await ask(request => echo(request, row(key, 'it', 7)), asked);
    expect(records.map(({labels, cost}) => ({labels, cost}))).toEqual([
      {labels: {[dimension]: {id: 'it'}}, cost: cents('7')},
    ]);
    expect(sent).toEqual([
      {group_by: key, period: 'custom', start: '2026-11-01T00:00:00Z', end: '2026-11-16T00:00:00Z'},
    ]);
  });

  test('asks by workspace when nothing is split, and leaves the label out', async () => {
    const rows = [row('workspace_id', 'w1', 7), row('workspace_id', 'w2', 5)];
    const {records, sent} = await ask(request => echo(request, ...rows), {...NOVEMBER, kinds: []});
    expect(sent[0]?.group_by).toBe('workspace_id');
    expect(records.map(({labels, cost}) => [labels, cost?.amount])).toEqual([
      [{}, '7'],
      [{}, '5'],
    ]);
  });

  test.each([
    ['null', {external_user_id: null}],
    ['empty', {external_user_id: ''}],
    ['missing', {external_user_id: undefined}],
  ])('a %s group keeps its cost and has no label', async (_, group) => {
    const rows = [row('external_user_id', 'u', 7), {...row('external_user_id', null, 5), ...group}];
    const {records} = await ask(request => echo(request, ...rows), {...NOVEMBER, split: ['user'], kinds: []});
    expect(records.map(({labels, cost}) => [labels, cost?.amount])).toEqual([
      [{user: {id: 'u'}}, '7'],
      [{}, '5'],
    ]);
  });

  test('gives only the kinds that are wanted, and no quantity that is missing or null', async () => {
    const rows = [
      row('workspace_id', 'w1', 7, {storage_gb_hours: undefined}),
      row('workspace_id', 'w2', 5, {storage_gb_hours: null, sandbox_seconds: 3}),
    ];
    const asked = {...NOVEMBER, kinds: ['storage', 'sandboxes']};
    const {records} = await ask(request => echo(request, ...rows), asked);
    expect(records.flatMap(({kind, quantities}) => (kind ? [{kind, quantities}] : []))).toEqual([
      {kind: 'sandboxes', quantities: {sandbox_seconds: '0'}},
      {kind: 'sandboxes', quantities: {sandbox_seconds: '3'}},
    ]);
  });

  test('an empty rollup is no record', async () => {
    expect((await ask(request => echo(request), NOVEMBER)).records).toEqual([]);
    expect((await ask(request => ({body: {data: echo(request).body}}), NOVEMBER)).records).toEqual([]);
  });
});
