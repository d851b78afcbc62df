import Big from 'big.js';
import {formatInstant, parseInstant, startOfMonth} from '../../../src/core/instant.ts';
import {raw, serialize} from '../fixtures.ts';
import type {Received, Reply} from '../loopback.ts';
import {NOW} from '../session.ts';
import {groupBy, METERED, type Metered, WORKSPACES} from './data.ts';
import {miosaDirectory} from './directory.ts';

const KEYS = ['external_user_id', 'external_project_id', 'workspace_id'] as const;
const FIGURES = ['sandbox_seconds', 'computer_seconds', 'storage_gb_hours', 'credit_cents'] as const;

/**
 * MIOSA's rollup as it really answers: one row a group for the whole window, bare or in `data`, and a row without the
 * asked id for what has none: null, empty or missing.
 */
export function serveMiosa(request: Received, index: number): Reply {
  const {path, query} = request;
  const known = miosaDirectory(request);
  if (known) return known;
  if (path === '/credits/balance') return {body: {data: {tenant_id: 'tenant-1', balance_credits: 1500}}};
  if (path === '/workspaces')
    return page(
      Object.entries(WORKSPACES).map(([id, name]) => ({id, name})),
      query,
    );
  if (path === '/projects') return page([{id: 'm-1', name: 'Alpha', external_project_id: 'alpha'}], query);
  if (path !== '/usage') return {status: 404, body: {error: {code: 'NOT_FOUND', message: 'not found'}}};
  const key = KEYS.find(name => name === (query.get('group_by') ?? 'external_user_id'));
  if (!key) return {status: 422, body: {error: 'invalid group_by'}};
  const mtd = query.get('period') === 'mtd';
  const start = mtd ? startOfMonth(NOW) : parseInstant(query.get('start') ?? '');
  const end = mtd ? NOW : parseInstant(query.get('end') ?? '');
  if (start === undefined || end === undefined || start >= end)
    return {status: 422, body: {error: 'invalid_custom_range'}};
  const user = query.get('external_user_id'); // which only some of the SDKs know
  const groups = groupBy(
    METERED.filter(({at}) => start <= at && at < end).filter(
      row => user === null || row.external_user_id === user,
    ),
    row => row[key],
  );
  const results = [...groups].map(([id, rows]) => ({...label(key, id, index), ...sums(rows)}));
  const body = {period_start: formatInstant(start), period_end: formatInstant(end), results};
  return {body: serialize(index % 2 ? {data: body} : body)};
}

const label = (key: string, id: string | null, index: number): object =>
  id === null ? [{[key]: null}, {[key]: ''}, {}][index % 3]! : {[key]: id};

const sums = (rows: readonly Metered[]): object =>
  Object.fromEntries(
    FIGURES.map(figure => [
      figure,
      raw(rows.reduce((sum, row) => sum.plus(row[figure]), new Big(0)).toFixed()),
    ]),
  );

/** One item a page. */
function page(items: readonly object[], query: URLSearchParams): Reply {
  const number = Number(query.get('page') ?? 1);
  return {
    body: {data: items.slice(number - 1, number), page: {page: number, page_size: 1, total: items.length}},
  };
}
