import type {Record} from '../../core/record.ts';
import type {Session, Source, SourceQuery} from '../driver.ts';
import type {Endpoint} from './endpoints.ts';
import {fetchBuckets, pageSchema} from './pages.ts';
import {usageRows} from './rows.ts';
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
    fetch: (slice, session) => fetchRows(endpoint, slice, session),
  };
}

async function* fetchRows(
  endpoint: Endpoint,
  slice: SourceQuery,
  session: Session,
): AsyncGenerator<readonly Record[]> {
  const {kind} = endpoint;
  const schema = pageSchema(usageRows(endpoint, slice.split));
  for await (const {period, rows} of fetchBuckets(`/organization/usage/${kind}`, slice, session, schema))
    yield rows.map(({labels, quantities}) => ({period, kind, labels, quantities}));
}
