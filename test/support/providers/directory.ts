import Big from 'big.js';
import {addDays, formatInstant, instant} from '../../../src/core/instant.ts';
import {raw, serialize} from '../fixtures.ts';
import type {Received, Reply} from '../loopback.ts';
import {JOBS, type Job, KEYS, LABS, PROJECTS, USERS} from './data.ts';

// What the test servers know of projects beside their costs: limits, members, quotas, single jobs.

/** Cents a month, as OpenAI keeps them. Projects without an entry have no limit. */
const LIMITS: {readonly [project: string]: {readonly cents: number; readonly status: string}} = {
  proj_alpha: {cents: 123_457, status: 'enforcing'},
};
export const ORGANIZATION_CENTS = 1_500_001;
export const ALERT_CENTS = [100_000, 120_003];
const MEMBERS: {readonly [project: string]: readonly (keyof typeof USERS)[]} = {
  proj_alpha: ['user-ann', 'user-bob'],
  proj_beta: ['user-bob'],
};
/** Ann's own, and one of a service account. */
const OWNERS: {readonly [key: string]: object} = {
  key_ci: {type: 'user', user: {id: 'user-ann', name: 'Ann'}},
  key_app: {type: 'service_account', service_account: {id: 'svc-app', name: 'app robot'}},
};
/** Seconds: 20 November 2026, noon. */
const LAST_USED = 1_795_176_000;

const notFound = (message: string): Reply => ({
  status: 404,
  body: {error: {type: 'invalid_request_error', message, param: null, code: 'not_found'}},
});

/** What OpenAI answers below /organization/projects/{id} and about spend; undefined for any other path. */
export function openaiDirectory({path, query}: Received): Reply | undefined {
  if (path === '/organization/spend_limit') return {body: limit(ORGANIZATION_CENTS, 'inactive')};
  if (path === '/organization/spend_alerts') return page([], query);
  const [, id = '', what] = /^\/organization\/projects\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (id === '') return undefined;
  if (!Object.hasOwn(PROJECTS, id)) return notFound(`Project '${id}' not found.`);
  switch (what) {
    case undefined:
      return {body: {id, object: 'organization.project'}};
    case 'users': {
      if (id === 'proj_old') return {status: 400, body: {error: {message: 'this project is archived'}}};
      const members = MEMBERS[id] ?? [];
      return page(
        members.map((user, index) => ({id: user, name: USERS[user], role: index === 0 ? 'owner' : 'member'})),
        query,
      );
    }
    case 'api_keys': {
      const keys = id === 'proj_alpha' ? Object.entries(KEYS) : [];
      return page(
        keys.map(([key, name]) => ({id: key, name, owner: OWNERS[key], last_used_at: LAST_USED})),
        query,
      );
    }
    case 'spend_limit': {
      const own = LIMITS[id];
      return own ? {body: limit(own.cents, own.status)} : notFound('Spend limit not found.');
    }
    case 'spend_alerts': {
      const alerts = id === 'proj_alpha' ? ALERT_CENTS : [];
      return page(
        alerts.map(cents => ({
          id: `alert_${cents}`,
          threshold_amount: cents,
          currency: 'USD',
          interval: 'month',
        })),
        query,
      );
    }
    default:
      return undefined;
  }
}

const limit = (cents: number, status: string) => ({
  threshold_amount: cents,
  currency: 'USD',
  interval: 'month',
  enforcement: {status},
});

/** One item a page, so that lists are followed; `last_id` is null, as it may be. */
function page(items: readonly {readonly id: string}[], query: URLSearchParams): Reply {
  const next = items.findIndex(({id}) => id === query.get('after')) + 1;
  const data = items.slice(next, next + 1);
  return {body: {object: 'list', data, last_id: null, has_more: next + 1 < items.length}};
}

/** Dollars for all time; null is unlimited. */
export const QUOTA_LIMITS: {readonly [lab: string]: number | null} = {
  'lab-0': 5_000.5,
  'lab-1': null,
  'lab-2': 0,
  'lab-3': 20_000,
};
/** More than the tests' jobs cost: there were others before. */
export const EARLIER = '100.000001';
export const BALANCE = '47500.123456789012345678';

const total = (jobs: readonly Job[]): Big => jobs.reduce((sum, {amount}) => sum.plus(amount), new Big(0));
export const usedEver = (lab: string): string =>
  total(JOBS.filter(({project}) => project === lab))
    .plus(EARLIER)
    .toFixed();

const JOBS_A_PAGE = 40;
const newestFirst = JOBS.toReversed();

/** What IonQ answers about projects, the organization and jobs; undefined for any other path. */
export function ionqDirectory({path, query}: Received): Reply | undefined {
  if (path === '/projects') {
    const projects = Object.entries(LABS).map(([id, name]) => ({
      id,
      name,
      quotaUsage: raw(usedEver(id)),
      quotaLimit: QUOTA_LIMITS[id] ?? null,
      unit: 'usd',
      allowedTargets: id === 'lab-0' ? ['qpu.forte-1', 'simulator'] : [],
    }));
    return {body: serialize({projects})};
  }
  if (path === '/v0.3/report/organizations/com.my.org') {
    const users = [...new Set(JOBS.map(({user}) => user))];
    const members = users.map((id, index) => ({
      id,
      first_name: index === 0 ? 'Grace' : 'Alan',
      last_name: null,
      quota: index === 0 ? 250 : null,
      quota_consumed: 45.5,
    }));
    return {body: serialize({budget: 150_000, balance: raw(BALANCE), currency: 'USD', members})};
  }
  if (path === '/jobs') {
    const start = Number(query.get('next') ?? 0);
    const jobs = newestFirst.slice(start, start + JOBS_A_PAGE).map(item);
    const more = start + JOBS_A_PAGE < newestFirst.length;
    return {body: {jobs, next: more ? String(start + JOBS_A_PAGE) : null}};
  }
  const id = /^\/jobs\/([\w-]+)\/cost$/.exec(path)?.[1];
  const job = JOBS.find(one => one.job === id);
  if (!job) return undefined;
  const price = {unit: 'usd', value: raw(job.amount)};
  return {body: serialize({dry_run: false, estimated_cost: price, cost: price})};
}

const item = ({job, day, project, user}: Job) => ({
  id: job,
  name: null,
  project_id: project,
  submitter_id: user,
  dry_run: false,
  submitted_at: formatInstant(day),
  completed_at: formatInstant(instant(addDays(day, 1) - 1_000)),
});

/** Credit cents; null is no cap. Others have no quota. */
const CAPS: {readonly [user: string]: number | null} = {
  user_clinic_42: 5_000,
  'ann@example.org': null,
};

/** What MIOSA answers about quotas, nested for one user and flat for the other; undefined for any other path. */
export function miosaDirectory({path}: Received): Reply | undefined {
  const user = /^\/quotas\/external\/(.+)$/.exec(path)?.[1];
  if (user === undefined) return undefined;
  const id = decodeURIComponent(user);
  if (!Object.hasOwn(CAPS, id)) return {status: 404, body: {error: {code: 'NOT_FOUND', message: 'no quota'}}};
  const cap = {max_sandboxes: 5, max_credit_cents: CAPS[id]};
  return {body: id === 'user_clinic_42' ? {data: {external_user_id: id, limits: cap}} : cap};
}
