import {GRANULARITIES} from '../core/bucket.ts';
import type {LabelDimension} from '../core/dimension.ts';
import type {UsageError} from '../core/errors.ts';
import {formatDate, instant, startOfDay} from '../core/instant.ts';
import type {Metric} from '../core/metric.ts';
import {formatPeriod} from '../core/period.ts';
import type {Record} from '../core/record.ts';
import type {Driver, Session, Source, SourceQuery} from '../drivers/driver.ts';
import {Complaints} from './complaints.ts';
import {CONSUMED, type Coverage, recordsOf} from './records.ts';
import type {Roles} from './roles.ts';
import type {Table} from './table.ts';

/** What `--provider` and the JSON call a source that is a file; its rows carry their own providers. */
const FOCUS = 'focus';

/** A file that is open, or why it is not: then whoever asks it for figures gets that failure, and others are not held up. */
export type Opened =
  | {readonly table: Table; readonly roles: Roles; readonly units: readonly string[]}
  | {readonly failure: UsageError};

/** A file as a provider like any other. It needs no credential and asks nobody. */
export function focusDriver(
  path: string,
  opened: Opened,
  providers: ReadonlySet<string> | undefined,
): Driver {
  return {
    id: FOCUS,
    title: 'FOCUS file',
    docsUrl: 'https://focus.finops.org/focus-specification/',
    baseUrl: 'file:///',
    baseUrlEnv: '',
    credential: {label: 'file', env: '', url: '', hint: ''},
    settings: [],
    currencies: [],
    remarks: [],
    headers: () => ({}),
    explain: () => ({}),
    identify: async () => {
      if ('failure' in opened) throw opened.failure;
      return `FOCUS file ${path}`;
    },
    sources: [sourceOf(opened, providers)],
    names: [],
    // A file that tells of the running day was made while it ran.
    settledUntil: startOfDay,
  };
}

function sourceOf(opened: Opened, providers: ReadonlySet<string> | undefined): Source {
  const shared = {
    id: 'charges',
    billed: true,
    splits: 'any',
    filters: [],
    granularities: GRANULARITIES,
    whole: true,
    resolution: 'minute',
    slices: (query: SourceQuery) => [query],
  } as const;
  if ('failure' in opened) {
    const {failure} = opened;
    return {
      ...shared,
      metrics: [],
      dimensions: ANY,
      fetch: () => {
        throw failure;
      },
    };
  }
  const {roles, units} = opened;
  return {
    ...shared,
    metrics: units.map((unit): Metric => ({kind: CONSUMED, name: unit, unit, statistic: 'sum'})),
    dimensions: Object.keys(roles.labels) as LabelDimension[],
    fetch: (query, session) => fetch(opened, query, providers, session),
  };
}

/** Of a file that cannot be read nobody knows what it can be split by: its failure is what counts. */
const ANY: readonly LabelDimension[] = [
  'project',
  'service',
  'service_category',
  'charge_category',
  'region',
  'line_item',
];

async function* fetch(
  {table, roles}: Extract<Opened, {readonly table: Table}>,
  {window, split, kinds}: SourceQuery,
  providers: ReadonlySet<string> | undefined,
  session: Session,
): AsyncGenerator<readonly Record[]> {
  const complaints = new Complaints();
  const coverage: Coverage = {beyond: 0, rows: 0, start: undefined, end: undefined};
  const asked = {window, split, providers, quantities: kinds.length > 0};
  let found = false;
  for await (const records of recordsOf(table, roles, asked, complaints, coverage)) {
    if (records.length > 0) found = true;
    yield records;
  }
  for (const notice of complaints.notices()) session.note(notice);
  if (roles.cost === 'EffectiveCost')
    session.note({level: 'info', code: 'effective_cost', message: 'the figures are EffectiveCost'});
  if (coverage.beyond > 0) {
    const rows = coverage.beyond === 1 ? '1 row reaches' : `${coverage.beyond} rows reach`;
    const message = `${rows} beyond ${formatPeriod(window)}: what begins in it is counted whole`;
    session.note({level: 'info', code: 'charge_beyond', message});
  }
  const {start, end} = coverage;
  if (found || start === undefined || end === undefined) return;
  const message = `nothing in ${formatPeriod(window)}: the file is about ${formatDate(start)} to ${formatDate(instant(end - 1))}`;
  session.note({level: 'warning', code: 'outside_period', message});
}
