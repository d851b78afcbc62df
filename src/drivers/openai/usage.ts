import type {Record} from '../../core/record.ts';
import type {Source} from '../driver.ts';
import type {Endpoint} from './endpoints.ts';
import {fetchBuckets, pageSchema} from './pages.ts';
import {usageRow} from './rows.ts';
import {usageSlices} from './slices.ts';

/** The source of one usage endpoint, built from its line in the table. */
export function usageSource(endpoint: Endpoint): Source {
  const {kind, dimensions, filters, metrics, newer} = endpoint;
  return {
    id: kind,
    billed: false,
    metrics,
    dimensions,
    splits: 'any',
    filters,
    granularities: ['minute', 'hour', 'day'],
    whole: false,
    resolution: 'minute',
    ...(newer && {newer}),
    slices: usageSlices,
    async *fetch(slice, session): AsyncGenerator<Record> {
      const schema = pageSchema(usageRow(endpoint, slice.split));
      for await (const {period, rows} of fetchBuckets(
        `/organization/usage/${kind}`,
        slice,
        session,
        schema,
      )) {
        for (const {labels, quantities} of rows) yield {period, kind, labels, quantities};
      }
    },
  };
}
