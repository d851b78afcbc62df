import {expect, test} from 'vitest';
import type {SourceQuery} from '../../../src/drivers/driver.ts';
import {refusal} from './answer.ts';
import {echo, query, row} from './query.ts';

const BY_USER: SourceQuery = query('2026-11-01', '2026-11-16', {split: ['user']});

test('a group that comes twice is an error, for it would be added up twice', async () => {
  const rows = [row('external_user_id', 'u', 7), row('external_user_id', 'u', 7)];
  expect(await refusal(request => echo(request, ...rows), BY_USER)).toMatchObject({
    code: 'inconsistent',
    message: `MIOSA's usage by external_user_id lists "u" twice`,
  });
});

test('so are two rows without a group, but not one that is null beside one that is empty', async () => {
  const [none, missing] = [row('external_user_id', null, 7), {credit_cents: 3}];
  expect(await refusal(request => echo(request, none, missing), BY_USER)).toMatchObject({
    code: 'inconsistent',
  });
  expect(
    await refusal(request => echo(request, none, row('external_user_id', '', 3)), BY_USER),
  ).toBeUndefined();
});

test('rows that are grouped by another key are an error and not one unattributed row', async () => {
  const other = row('workspace_id', 'w', 7);
  expect(await refusal(request => echo(request, other), BY_USER)).toMatchObject({
    code: 'inconsistent',
    message: expect.stringContaining('groups by workspace_id'),
  });
});

test.each([{credit_cents: undefined}, {credit_cents: null}, {credit_cents: 'many'}, {credit_cents: ''}])(
  'a row with %o is an error',
  async cost => {
    const rows = [row('external_user_id', 'u', 7), {...row('external_user_id', 'v', 1), ...cost}];
    expect(await refusal(request => echo(request, ...rows), BY_USER)).toMatchObject({
      code: 'bad_response',
      message: expect.stringContaining('results.1.credit_cents'),
    });
  },
);

test.each([
  {data: [{workspace_id: 'w', total_usd: 1.5, line_items: []}]},
  {data: [{workspace_id: 'w', line_items: [{dimension: 'cpu', qty: 1, usd: 1}]}], extra: 1},
  {data: [], period: {start: '2026-11-01', end: '2026-11-30'}, currency: 'usd'},
])('the newer billing contract is named, not read as nothing', async body => {
  expect(await refusal(() => ({body}), BY_USER)).toMatchObject({
    code: 'bad_response',
    message: 'MIOSA answered /usage by its newer billing contract',
    advice: {provider: 'miosa', rule: expect.stringContaining('not supported')},
  });
});
