import Big from 'big.js';
import {bucketStart, nextBucket} from '../../../src/core/bucket.ts';
import {addDays, type Instant, instant, SECOND_MS, startOfDay} from '../../../src/core/instant.ts';
import {raw, serialize} from '../fixtures.ts';
import type {Received, Reply} from '../loopback.ts';
import {CALLS, type Call, CHARGES, type Charge, PROJECTS, STORES, USERS} from './data.ts';
import {openaiDirectory} from './directory.ts';

/*
 * OpenAI's organization endpoints as they really answer: amounts as numbers or texts, zeros as "0E-6176", buckets that
 * are empty, pages that are shorter than asked for, and projects told apart although only line items were asked for.
 */

const FIELDS = {
  project_id: 'project',
  user_id: 'user',
  api_key_id: 'key',
  model: 'model',
  batch: 'batch',
  line_item: 'line',
} as const;
const FILTERS = {project_ids: 'project', user_ids: 'user', api_key_ids: 'key', models: 'model'} as const;
const WIDTHS = {'1m': 'minute', '1h': 'hour', '1d': 'day'} as const;
const PAGE_BUCKETS = 10;

type Fields = {readonly [field: string]: unknown};

export function serveOpenai(request: Received): Reply {
  const {path} = request;
  if (path === '/organization/costs') return buckets(request, 'day', costsOf);
  if (path.startsWith('/organization/usage/')) return usage(request);
  if (path === '/organization/projects') return list(request, PROJECTS);
  if (path === '/organization/users') return list(request, USERS);
  if (path === '/organization/projects/proj_old/api_keys') return refuse(400, 'this project is archived');
  return openaiDirectory(request) ?? refuse(404, `Invalid URL (GET ${path})`);
}

const refuse = (status: number, message: string): Reply => ({
  status,
  body: {error: {type: 'invalid_request_error', message, param: null, code: null}},
});

/** Pages of buckets of the asked window, some rows each. The cursor is opaque and ends in "=". */
function buckets(
  {query}: Received,
  width: 'minute' | 'hour' | 'day',
  rowsOf: (start: Instant, end: Instant, query: URLSearchParams) => readonly unknown[],
): Reply {
  const seconds = (name: string) => instant(Number(query.get(name)) * SECOND_MS);
  const end = seconds('end_time');
  const page = query.get('page');
  let start = page ? instant(Number(atob(page.replace('page_', '')))) : seconds('start_time');
  if (!(start < end)) return refuse(400, 'start_time must be before end_time');
  const data: unknown[] = [];
  while (start < end && data.length < Math.min(PAGE_BUCKETS, Number(query.get('limit') ?? 7))) {
    const next = instant(Math.min(nextBucket(bucketStart(start, width), width), end));
    data.push({
      object: 'bucket',
      start_time: start / SECOND_MS,
      end_time: next / SECOND_MS,
      results: rowsOf(start, next, query),
    });
    start = next;
  }
  const more = start < end;
  return {
    body: serialize({
      object: 'page',
      data,
      has_more: more,
      next_page: more ? `page_${btoa(String(start))}` : null,
    }),
  };
}

/** Rows that pass the filters, by what they share in the asked fields. */
function grouped<Row extends object>(
  rows: readonly Row[],
  query: URLSearchParams,
  fields: readonly string[],
): Map<string, {labels: Fields; rows: Row[]}> {
  const fieldOf = (row: Row, property: string): unknown =>
    Object.entries(row).find(([name]) => name === property)?.[1];
  const groups = new Map<string, {labels: Fields; rows: Row[]}>();
  for (const row of rows) {
    const wanted = Object.entries(FILTERS).every(([parameter, property]) => {
      const values = query.getAll(parameter);
      return values.length === 0 || values.includes(String(fieldOf(row, property)));
    });
    const batch = query.get('batch');
    if (!wanted || (batch !== null && batch !== String(fieldOf(row, 'batch')))) continue;
    const labels = Object.fromEntries(
      Object.entries(FIELDS).map(([field, property]) => [
        field,
        fields.includes(field) ? (fieldOf(row, property) ?? null) : null,
      ]),
    );
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? {labels, rows: []};
    group.rows.push(row);
    groups.set(key, group);
  }
  return groups;
}

let amounts = 0;
/** One amount in one of the ways in which amounts have been seen. */
function amount(value: Big): unknown {
  if (value.eq(0)) return '0E-6176';
  const ways = [
    raw(value.toFixed()),
    value.toFixed(),
    `${value.toFixed()}00`,
    value.toExponential().toUpperCase(),
  ];
  return ways[amounts++ % ways.length];
}

function costsOf(start: Instant, _: Instant, query: URLSearchParams): readonly unknown[] {
  const asked = query.getAll('group_by');
  const fields = asked.join() === 'line_item' ? [...asked, 'project_id'] : asked;
  const groups = grouped<Charge>(
    CHARGES.filter(({day}) => day === start),
    query,
    fields,
  );
  return [...groups.values()].map(({labels, rows}) => ({
    object: 'organization.costs.result',
    amount: {value: amount(rows.reduce((sum, {value}) => sum.plus(value), new Big(0))), currency: 'usd'},
    ...labels,
    organization_id: 'org-test',
  }));
}

function usage(request: Received): Reply {
  const kind = request.path.replace('/organization/usage/', '');
  if (kind === 'file_search_calls' || kind === 'web_search_calls') return refuse(404, 'Unknown request URL');
  const width = WIDTHS[(request.query.get('bucket_width') ?? '1d') as keyof typeof WIDTHS];
  return buckets(request, width, (start, end, query) => {
    const fields = query.getAll('group_by');
    if (kind === 'vector_stores') {
      const groups = grouped(
        STORES.filter(({day}) => startOfDay(start) === day),
        query,
        fields,
      );
      return [...groups.values()].map(({labels, rows}) => ({
        object: 'organization.usage.vector_stores.result',
        usage_bytes: rows.reduce((sum, {bytes}) => sum + bytes, 0),
        ...labels,
      }));
    }
    const groups = grouped<Call>(
      CALLS.filter(call => call.kind === kind && start <= call.at && call.at < end),
      query,
      fields,
    );
    return [...groups.values()].map(({labels, rows}) => ({
      object: `organization.usage.${kind}.result`,
      ...labels,
      ...sums(rows),
    }));
  });
}

function sums(calls: readonly Call[]): Fields {
  const total: {[metric: string]: number} = {};
  for (const {quantities} of calls) {
    for (const [metric, value] of Object.entries(quantities)) total[metric] = (total[metric] ?? 0) + value;
  }
  return total;
}

/** One item a page, so that lists are followed; `last_id` is null, as it may be. */
function list({query}: Received, names: {readonly [id: string]: string}): Reply {
  const ids = Object.keys(names);
  const next = ids.indexOf(query.get('after') ?? '') + 1;
  const id = ids[next];
  const item = id && {
    id,
    name: names[id],
    created_at: addDays(instant(0), 1),
    status: id === 'proj_old' ? 'archived' : 'active',
  };
  return {body: {object: 'list', data: item ? [item] : [], last_id: null, has_more: next < ids.length - 1}};
}
