import type {Instant} from '../../core/instant.ts';
import type {JsonObject} from '../json.ts';
import {type Asked, type DemoProvider, segments} from '../provider.ts';
import {balance, projects, quota, workspaces} from './account.ts';
import {notFound, refuse} from './errors.ts';
import {usage} from './usage.ts';

const SECRET = 'msk_a_demo0000000000000000';

/** The MIOSA API, as its reference pages describe it. */
export function demoMiosa(now: Instant): DemoProvider {
  return {
    provider: 'miosa',
    mount: 'miosa',
    base: '/api/v1',
    secret: SECRET,
    settings: {},
    answer(asked) {
      if (asked.authorization !== `Bearer ${SECRET}`)
        throw refuse(401, 'invalid_token', 'invalid or missing token');
      const body = asked.method === 'GET' ? route(asked, now) : undefined;
      if (!body) throw notFound('route');
      return {status: 200, body};
    },
  };
}

function route({path, query}: Asked, now: Instant): JsonObject | undefined {
  const [api, version, ...rest] = segments(path) ?? [];
  if (api !== 'api' || version !== 'v1') return undefined;
  const [first, second, third, ...more] = rest;
  if (first === 'quotas' && second === 'external' && third && more.length === 0) return quota(third);
  switch (rest.join('/')) {
    case 'usage':
      return usage(query, now);
    case 'projects':
      return projects(query, now);
    case 'workspaces':
      return workspaces(query, now);
    case 'credits/balance':
      return balance(now);
    default:
      return undefined;
  }
}
