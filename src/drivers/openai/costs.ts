import type {Record} from '../../core/record.ts';
import type {Source} from '../driver.ts';
import {fetchBuckets, pageSchema} from './pages.ts';
import {costsRow} from './rows.ts';
import {costsSlices} from './slices.ts';

export const COSTS_PATH = '/organization/costs';

/** What was billed, by UTC day. Rows may share their labels: whoever groups adds them up. */
export const costs: Source = {
  id: 'costs',
  billed: true,
  metrics: [],
  dimensions: ['project', 'line_item', 'api_key'],
  splits: 'any',
  filters: ['project', 'api_key'],
  granularities: ['day'],
  whole: false,
  resolution: 'day',
  slices: costsSlices,
  async *fetch(slice, session): AsyncGenerator<Record> {
    const schema = pageSchema(costsRow(slice.split));
    for await (const {period, rows} of fetchBuckets(COSTS_PATH, slice, session, schema)) {
      for (const row of rows) yield {period, ...row};
    }
  },
};
