import {
  addDays,
  formatInstant,
  type Instant,
  parseDate,
  parseInstant,
  startOfMonth,
} from '../../core/instant.ts';
import type {Period} from '../../core/period.ts';
import type {JsonObject} from '../json.ts';
import {refuse} from './errors.ts';
import {type Metered, meter, NOTHING, plus} from './meter.ts';
import {TENANTS, type Tenant} from './tenants.ts';

/** What usage can be grouped by. */
const GROUPS: {readonly [name: string]: (tenant: Tenant) => string | null} = {
  external_user_id: tenant => tenant.user,
  external_project_id: tenant => tenant.project,
  workspace_id: tenant => tenant.workspace,
};

/** GET /usage: one row a group for the whole span, largest first; no total, no buckets. */
export function usage(query: URLSearchParams, now: Instant): JsonObject {
  const groupBy = query.get('group_by') ?? 'external_user_id';
  const keyOf = Object.hasOwn(GROUPS, groupBy) ? GROUPS[groupBy] : undefined;
  if (!keyOf)
    throw refuse(422, 'invalid group_by', `group_by must be one of ${Object.keys(GROUPS).join(', ')}`);
  const span = spanOf(query, now);
  const user = query.get('external_user_id');

  const groups = new Map<string | null, Metered>();
  for (const tenant of TENANTS) {
    if (user !== null && tenant.user !== user) continue;
    const key = keyOf(tenant);
    groups.set(key, plus(groups.get(key) ?? NOTHING, meter(tenant, span, now)));
  }
  return {
    period_start: formatInstant(span.start),
    period_end: formatInstant(span.end),
    results: [...groups]
      .filter(([, metered]) => Object.values(metered).some(Boolean))
      .sort(([, a], [, b]) => b.creditCents - a.creditCents)
      .map(([key, metered]) => ({
        [groupBy]: key,
        sandbox_seconds: metered.sandboxSeconds,
        computer_seconds: metered.computerSeconds,
        storage_gb_hours: metered.storageQuarters / 4, // exact in binary
        credit_cents: metered.creditCents,
      })),
  };
}

/** The documented periods; `7d` and `30d` roll from now. Throws the API's 422. */
function spanOf(query: URLSearchParams, now: Instant): Period {
  switch (query.get('period') ?? '30d') {
    case '7d':
      return {start: addDays(now, -7), end: now};
    case '30d':
      return {start: addDays(now, -30), end: now};
    case 'mtd':
      return {start: startOfMonth(now), end: now};
    case 'custom': {
      const start = read(query.get('start'));
      const end = read(query.get('end'));
      if (start === undefined || end === undefined || end < start) {
        throw refuse(
          422,
          'invalid_custom_range',
          'start and end are required as ISO 8601, and end must not be before start',
        );
      }
      return {start, end};
    }
    default:
      throw refuse(422, 'invalid period', 'period must be one of 7d, 30d, mtd, custom');
  }
}

/** Date and time, or the date alone, which is its midnight. */
const read = (text: string | null): Instant | undefined =>
  text === null ? undefined : (parseDate(text) ?? parseInstant(text));
