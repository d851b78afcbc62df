import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {decimal, multiply} from '../../src/core/money.ts';
import {type DemoServer, startDemo} from '../../src/demo/server.ts';
import {type Bucket, buckets, costOf, NOW, type Query, rowsOf, total, unix} from './client.ts';

const COSTS = '/organization/costs';
const DAY = 86_400;
const FIRST = unix('2024-01-01');
const TODAY = unix('2026-11-22');

let demo: DemoServer;
beforeAll(async () => {
  demo = await startDemo(NOW);
});
afterAll(() => demo.close());

const costs = (query: Query): Promise<Bucket[]> => buckets(demo, COSTS, query);

const window = fc
  .tuple(fc.integer({min: 0, max: (TODAY - FIRST) / DAY - 12}), fc.integer({min: 1, max: 12}))
  .map(([first, days]) => ({start_time: FIRST + first * DAY, end_time: FIRST + (first + days) * DAY}));
const grouping = fc.subarray(['project_id', 'line_item', 'api_key_id']);

describe('grouping', () => {
  test('by anything adds up to the same total, bucket by bucket, to the last digit', () =>
    fc.assert(
      fc.asyncProperty(window, grouping, async (span, group_by) => {
        const whole = await costs(span);
        const split = await costs({...span, group_by});
        expect(split.map(({results}) => costOf(results))).toEqual(whole.map(({results}) => costOf(results)));
      }),
      {numRuns: 40},
    ));

  test('fills what was asked for and leaves the rest null, but by line item it splits by project too', async () => {
    const span = {start_time: TODAY - 2 * DAY, end_time: TODAY - DAY};
    const fill = async (group_by: readonly string[]) => {
      const rows = rowsOf(await costs({...span, group_by}));
      return ['project_id', 'line_item', 'api_key_id', 'quantity'].filter(name =>
        rows.some(row => row[name] !== null),
      );
    };
    expect(await fill([])).toEqual([]);
    expect(await fill(['project_id'])).toEqual(['project_id']);
    expect(await fill(['api_key_id'])).toEqual(['api_key_id']);
    expect(await fill(['line_item'])).toEqual(['project_id', 'line_item', 'quantity']);
    expect(await fill(['project_id', 'api_key_id'])).toEqual(['project_id', 'api_key_id']);
    const byLineItem = rowsOf(await costs({...span, group_by: 'line_item'}));
    expect(new Set(byLineItem.map(row => row.line_item)).size).toBeLessThan(byLineItem.length);
  });

  test('is asked for as group_by or group_by[]', async () => {
    const span = {start_time: TODAY - 9 * DAY, end_time: TODAY - 8 * DAY};
    const names = ['project_id', 'line_item'];
    expect(await costs({...span, 'group_by[]': names})).toEqual(await costs({...span, group_by: names}));
  });

  test('never gives two rows with the same labels', () =>
    fc.assert(
      fc.asyncProperty(window, grouping, async (span, group_by) => {
        for (const {results} of await costs({...span, group_by})) {
          const labels = results.map(row => JSON.stringify([row.project_id, row.line_item, row.api_key_id]));
          expect(new Set(labels).size).toBe(labels.length);
        }
      }),
      {numRuns: 20},
    ));
});

describe('filters', () => {
  test('by project give what grouping by project gives', async () => {
    const span = {start_time: TODAY - 20 * DAY, end_time: TODAY, limit: 31};
    const rows = rowsOf(await costs({...span, group_by: 'project_id'}));
    const ids = [...new Set(rows.map(row => row.project_id))].filter(id => typeof id === 'string');
    expect(ids.length).toBeGreaterThan(10);
    for (const id of ids) {
      const alone = costOf(rowsOf(await costs({...span, project_ids: [id]})));
      expect(alone).toBe(costOf(rows.filter(row => row.project_id === id)));
    }
    const two = costOf(rowsOf(await costs({...span, project_ids: ids.slice(0, 2)})));
    expect(two).toBe(costOf(rows.filter(row => ids.slice(0, 2).includes(String(row.project_id)))));
  });

  test('by key likewise; cost without a key is under no key', async () => {
    const span = {start_time: TODAY - 5 * DAY, end_time: TODAY};
    const rows = rowsOf(await costs({...span, group_by: 'api_key_id'}));
    const id = String(rows.find(row => row.api_key_id !== null)?.api_key_id);
    expect(costOf(rowsOf(await costs({...span, api_key_ids: id})))).toBe(
      costOf(rows.filter(row => row.api_key_id === id)),
    );
    expect(rows.some(row => row.api_key_id === null)).toBe(true);
    expect(rowsOf(await costs({...span, api_key_ids: 'null'}))).toEqual([]);
  });
});

describe('buckets', () => {
  test('are whole UTC days, widened outwards', async () => {
    const start_time = unix('2026-11-10T17:31:03Z');
    const all = await costs({start_time, end_time: unix('2026-11-12T00:00:01Z')});
    expect(all.map(({start_time: start, end_time: end}) => [start, end])).toEqual(
      ['2026-11-10', '2026-11-11', '2026-11-12'].map(day => [unix(day), unix(day) + DAY]),
    );
    expect(all).toEqual(await costs({start_time: unix('2026-11-10'), end_time: unix('2026-11-13')}));
  });

  test('end with the running day if nothing else is asked', async () => {
    const all = await costs({start_time: TODAY - DAY});
    expect(all.map(({end_time}) => end_time)).toEqual([TODAY, TODAY + DAY]);
  });

  test('come in pages that hold together, however small', async () => {
    const query = {start_time: TODAY - 23 * DAY, end_time: TODAY, group_by: 'project_id'};
    const whole = await costs({...query, limit: 180});
    expect(whole.length).toBe(23);
    for (const limit of [1, 7, 22, 23]) expect(await costs({...query, limit})).toEqual(whole);
    expect(await costs(query)).toEqual(whole);
  });

  test('are empty while nothing ran', async () => {
    const quiet = await costs({start_time: unix('2024-02-22'), end_time: unix('2024-03-06'), limit: 30});
    expect(quiet.map(({results}) => results.length)).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
  });
});

describe('amounts', () => {
  test('come as numbers and as text, tiny and long, and zero in both ways', async () => {
    const rows = rowsOf(
      await costs({start_time: TODAY - 100 * DAY, end_time: TODAY, limit: 100, group_by: 'line_item'}),
    );
    const values = rows.map(({amount}) => amount.value);
    expect(values).toContain('0E-6176');
    expect(values).toContain(0);
    expect(values.some(value => typeof value === 'number' && value > 0)).toBe(true);
    const texts = values.map(String);
    expect(texts.some(text => /^\d+\.\d{34}$/.test(text))).toBe(true); // all 34 places in use
    expect(texts.some(text => /^\d+\.\d{34}00$/.test(text))).toBe(true); // padded
    expect(texts.some(text => text.replace('.', '').replace(/^0+/, '').length === 17)).toBe(true);
    expect(rows.every(({amount}) => amount.currency === 'usd')).toBe(true);
  });

  test('are quantity times list price', async () => {
    const rows = rowsOf(await costs({start_time: TODAY - 3 * DAY, end_time: TODAY, group_by: 'line_item'}));
    const prices = {
      'text-embedding-3-large, input': '0.00000013',
      'gpt-6-sol, output': '0.00001',
      'gpt-6-sol, batch output': '0.000005',
      'gpt-6-sol, priority output': '0.00002',
      'omni-moderation-latest, input': '0',
    };
    for (const [lineItem, price] of Object.entries(prices)) {
      const own = rows.filter(row => row.line_item === lineItem);
      expect(own.length, lineItem).toBeGreaterThan(0);
      const paid = multiply(decimal(total(own, 'quantity')), decimal(price));
      expect(costOf(own), lineItem).toBe(paid);
      expect(own.every(row => row.quantity_unit === 'tokens')).toBe(true);
    }
  });
});
