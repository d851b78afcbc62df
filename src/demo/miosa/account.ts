import {formatInstant, type Instant} from '../../core/instant.ts';
import {FOUNDED, midnight} from '../day.ts';
import type {JsonObject} from '../json.ts';
import {uuid} from '../random.ts';
import {notFound} from './errors.ts';
import {meter} from './meter.ts';
import {QUOTAS, SANDBOX_PROJECTS, TENANT_ID, TENANTS, WORKSPACES, workspaceId} from './tenants.ts';

/** Credits are bought by the thousand whenever fewer than that are left. */
const BOUGHT = 1_000;
const CENTS = 100;

/** GET /projects: `{data, total}`, one workspace's if `workspace_id` says so. No pages, as documented. */
export function projects(query: URLSearchParams, now: Instant): JsonObject {
  const wanted = query.get('workspace_id');
  const data = SANDBOX_PROJECTS.filter(({created}) => midnight(created) <= now)
    .map(project => ({
      id: uuid(`sandbox project ${project.slug}`),
      tenant_id: TENANT_ID,
      workspace_id: workspaceId(project.workspace),
      external_workspace_id: null,
      external_project_id: project.slug,
      name: project.name,
      slug: project.slug,
      description: project.description,
      metadata: {},
      settings: {},
      created_at: formatInstant(midnight(project.created)),
      updated_at: formatInstant(midnight(project.created)),
    }))
    .filter(({workspace_id}) => wanted === null || workspace_id === wanted);
  return {data, total: data.length};
}

/** GET /workspaces: `{data, page}`, in pages of `page_size`. */
export function workspaces(query: URLSearchParams, now: Instant): JsonObject {
  const page = whole(query.get('page'), 1);
  const size = Math.min(100, whole(query.get('page_size'), 20));
  const all = WORKSPACES.filter(({created}) => midnight(created) <= now).map(({id, slug, name, created}) => ({
    id,
    tenant_id: TENANT_ID,
    name,
    slug,
    description: null,
    external_workspace_id: null,
    metadata: {},
    created_at: formatInstant(midnight(created)),
    updated_at: formatInstant(midnight(created)),
  }));
  return {data: all.slice((page - 1) * size, page * size), page: {page, page_size: size, total: all.length}};
}

/** A positive whole number; anything else counts as not given. */
const whole = (text: string | null, otherwise: number): number =>
  text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : otherwise;

/** GET /credits/balance, in whole credits. */
export function balance(now: Instant): JsonObject {
  const ever = {start: midnight(FOUNDED), end: now};
  const cents = TENANTS.reduce((sum, tenant) => sum + meter(tenant, ever, now).creditCents, 0);
  const spent = Math.ceil(cents / CENTS);
  const earned = (Math.floor(spent / BOUGHT) + 2) * BOUGHT;
  return {
    tenant_id: TENANT_ID,
    balance_credits: earned - spent,
    lifetime_earned: earned,
    lifetime_spent: spent,
    credit_expiry_at: null,
    updated_at: formatInstant(now),
  };
}

/** GET /quotas/external/{id}; the API has no list of them. */
export function quota(user: string): JsonObject {
  const limits = Object.hasOwn(QUOTAS, user) ? QUOTAS[user] : undefined;
  if (!limits) throw notFound('quota');
  return {data: {external_user_id: user, limits, usage: {total_sandboxes: 3, concurrent: 1}}};
}
