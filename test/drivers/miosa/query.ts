import {type Instant, parseDate, parseInstant} from '../../../src/core/instant.ts';
import type {SourceQuery} from '../../../src/drivers/driver.ts';
import type {Reply} from '../../support/loopback.ts';
import {NOW} from '../../support/session.ts';

const at = (text: string): Instant => parseDate(text) ?? parseInstant(text)!;

/** A query for everything in a window, given as dates or instants, the end excluded. */
export const query = (start: string, end: string, rest: Partial<SourceQuery> = {}): SourceQuery => ({
  window: {start: at(start), end: at(end)},
  now: NOW,
  granularity: null,
  split: [],
  filters: {},
  kinds: ['sandboxes', 'computers', 'storage'],
  ...rest,
});

export const row = (key: string, id: string | null, credit_cents: unknown, rest: object = {}) => ({
  [key]: id,
  sandbox_seconds: 0,
  computer_seconds: 0,
  storage_gb_hours: 0,
  credit_cents,
  ...rest,
});

/** A rollup of that window. */
export const rollup = (period_start: string, period_end: string, ...results: readonly object[]): Reply => ({
  body: {period_start, period_end, results},
});

/** What a range that was asked for is answered with: the same range, and these rows. */
export const echo = (request: {readonly query: URLSearchParams}, ...results: readonly object[]): Reply =>
  rollup(request.query.get('start') ?? '', request.query.get('end') ?? '', ...results);
