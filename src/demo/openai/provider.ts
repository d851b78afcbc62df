import type {Instant} from '../../core/instant.ts';
import type {JsonObject} from '../json.ts';
import {type Asked, type DemoProvider, type Refused, segments} from '../provider.ts';
import {spendAlerts, spendLimit} from './budgets.ts';
import {costs} from './costs.ts';
import {
  findProject,
  isArchivedAt,
  keyItems,
  memberItems,
  projectItem,
  projectItems,
  userItems,
} from './directory.ts';
import {refuse} from './errors.ts';
import {type Ledger, openLedger} from './ledger.ts';
import {found, LIST_PARAMETERS, list} from './lists.ts';
import {Parameters} from './parameters.ts';
import {ORGANIZATION_ALERTS, ORGANIZATION_LIMIT, type Project} from './projects.ts';
import {usage} from './usage.ts';

const SECRET = 'sk-admin-demo-0000000000000000';

/** The organization endpoints of the OpenAI API, as section by section of its reference describes them. */
export function demoOpenai(now: Instant): DemoProvider {
  const ledger = openLedger(now);
  return {
    provider: 'openai',
    mount: 'openai',
    base: '/v1',
    secret: SECRET,
    settings: {},
    answer(asked) {
      authorize(asked.authorization);
      return {status: 200, body: route(asked, ledger)};
    },
  };
}

/** Only an admin key will do. Throws 401, or the 403 that a project's key gets. */
function authorize(authorization: string | undefined): void {
  if (authorization === undefined) throw refuse(401, "You didn't provide an API key.");
  const key = /^Bearer (.+)$/i.exec(authorization)?.[1] ?? '';
  if (key === SECRET) return;
  if (key.startsWith('sk-proj-') || key.startsWith('sk-svcacct-')) {
    throw refuse(
      403,
      'You have insufficient permissions for this operation. Missing scopes: api.usage.read.',
    );
  }
  const shown = `${key.slice(0, 8)}${'*'.repeat(8)}`;
  throw refuse(401, `Incorrect API key provided: ${shown}.`, {code: 'invalid_api_key'});
}

function route(asked: Asked, ledger: Ledger): JsonObject {
  const unknown = (): Refused => refuse(404, `Invalid URL (${asked.method} ${asked.path})`);
  const [version, root, ...rest] = segments(asked.path) ?? [];
  if (version !== 'v1' || root !== 'organization') throw unknown();
  if (asked.method !== 'GET') throw refuse(405, `Not allowed to ${asked.method} on ${asked.path}`);
  const answer = dispatch(rest, asked.query, ledger);
  if (!answer) throw unknown();
  return answer;
}

/** Undefined where the API has no such path. */
function dispatch(
  [first = '', second, ...more]: readonly string[],
  query: URLSearchParams,
  ledger: Ledger,
): JsonObject | undefined {
  if (second === undefined)
    return first === 'costs' ? costs(query, ledger) : ofOrganization(first, query, ledger.now);
  if (first === 'projects') return ofProject(findProject(second, ledger.now), more, query, ledger.now);
  if (first === 'usage' && more.length === 0) return usage(second, query, ledger);
  return undefined;
}

/** Everything directly below /organization but costs. */
function ofOrganization(what: string, query: URLSearchParams, now: Instant): JsonObject | undefined {
  switch (what) {
    case 'projects': {
      const parameters = new Parameters(query, [...LIST_PARAMETERS, 'include_archived']);
      return list(parameters, projectItems(now, parameters.boolean('include_archived') ?? false));
    }
    case 'users': {
      const parameters = new Parameters(query, [...LIST_PARAMETERS, 'emails']);
      return list(parameters, userItems(now, parameters.list('emails')));
    }
    case 'spend_limit':
      return spendLimit('organization', ORGANIZATION_LIMIT);
    case 'spend_alerts':
      return alerts(query, spendAlerts('organization', 'organization', ORGANIZATION_ALERTS));
    default:
      return undefined;
  }
}

/** Everything below /organization/projects/{id}. */
function ofProject(
  project: Project,
  path: readonly string[],
  query: URLSearchParams,
  now: Instant,
): JsonObject | undefined {
  const [what, id, ...more] = path;
  if (more.length > 0 || (id !== undefined && what !== 'spend_alerts')) return undefined;
  switch (what) {
    case undefined:
      return projectItem(project, now);
    case 'users':
      if (isArchivedAt(project, now))
        throw refuse(400, `Project '${project.id}' is archived.`, {code: 'project_archived'});
      return list(new Parameters(query, LIST_PARAMETERS), memberItems(project, now));
    case 'api_keys': {
      const parameters = new Parameters(query, [...LIST_PARAMETERS, 'owner_project_access']);
      const [access] = parameters.choices('owner_project_access', ['active', 'inactive', 'any']) ?? [];
      return list(parameters, keyItems(project, now, access));
    }
    case 'spend_limit':
      return spendLimit('project', project.limit);
    case 'spend_alerts': {
      const items = spendAlerts('project', project.id, project.alerts ?? []);
      return id === undefined
        ? alerts(query, items)
        : found(
            items.find(item => item.id === id),
            `Spend alert '${id}'`,
          );
    }
    default:
      return undefined;
  }
}

function alerts(query: URLSearchParams, items: ReturnType<typeof spendAlerts>): JsonObject {
  const parameters = new Parameters(query, [...LIST_PARAMETERS, 'order']);
  const descending = parameters.choice('order', ['asc', 'desc'], 'asc') === 'desc';
  return list(parameters, descending ? items.toReversed() : items, 0);
}
