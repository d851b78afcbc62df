import {ProviderError} from '../../core/errors.ts';
import {type Instant, instant, later, parseInstant, SECOND_MS} from '../../core/instant.ts';
import type {Funds, Project, ProviderBudget} from '../../core/project.ts';
import type {ProjectDetails, ProjectList, ProjectQuery, ProjectSource, Session} from '../driver.ts';
import {paginate} from '../paginate.ts';
import {ifVisible, isHidden, type Part} from '../visible.ts';
import {organizationOf} from './organization.ts';
import {charges} from './project-charges.ts';
import {
  keySchema,
  type ListedProject,
  limitOf,
  organizationSchema,
  projectPage,
  sessionsSchema,
} from './project-schema.ts';

/** The older version of the API, beside the one that the base URL names: it alone has some pages. */
const V03 = '/../v0.3';
const OWNER = 'a key of an owner of the organization';
const REPORT: Part = {what: 'the budget of the organization and the quotas of its members', needs: OWNER};
const UNLISTED = `projects and their limits come from a list that IonQ does not document, and that takes ${OWNER}`;
const SESSIONS: Part = {what: 'sessions', needs: OWNER};
const KEY: Part = {what: 'the name and project of the key', needs: 'a key that is not revoked'};

/** Limits and spend of projects are for all time: IonQ's budgets have no period. */
export const projectSource: ProjectSource = {items: 'job', list, describe, charges};

async function list({parts}: ProjectQuery, session: Session): Promise<ProjectList> {
  const [listed, organization] = await Promise.all([
    listedProjects(session),
    parts.has('limits') || parts.has('quotas') || parts.has('funds') ? report(session) : undefined,
  ]);
  const budgets = [
    ...(parts.has('limits') ? [...(organization?.limits ?? []), ...(listed?.flatMap(limitsOf) ?? [])] : []),
    ...(parts.has('quotas') ? (organization?.quotas ?? []) : []),
  ];
  const funds = parts.has('funds') && organization?.funds ? {funds: organization.funds} : {};
  if (!listed) return {projects: await mentioned(session), derived: true, budgets, ...funds};
  return {projects: listed.map(toProject), budgets, ...funds};
}

/** The present version lists less than the older one, or nothing at all: whichever tells ids is taken. */
async function listedProjects(session: Session): Promise<readonly ListedProject[] | undefined> {
  const present = await tryList('/projects', session);
  if (present?.every(({id}) => id)) return present;
  const older = await tryList(`${V03}/projects`, session);
  return older?.every(({id}) => id) ? older : (present ?? older);
}

async function tryList(path: string, session: Session): Promise<readonly ListedProject[] | undefined> {
  try {
    const found: ListedProject[] = [];
    const pages = paginate(async next => {
      const page = await session.get(path, {query: {next}, schema: projectPage});
      return {content: page.projects, next: page.next};
    });
    for await (const projects of pages) found.push(...projects.filter(({id, name}) => id || name));
    return found;
  } catch (error) {
    if (isHidden(error)) return undefined;
    if (error instanceof ProviderError && error.code === 'server_error')
      error.advice = {...error.advice, hint: UNLISTED};
    throw error;
  }
}

/** Without a list: the project of the key, and those that sessions were held in. The others are told by their costs. */
async function mentioned(session: Session): Promise<readonly Project[] | undefined> {
  session.note({
    level: 'warning',
    code: 'projects_derived',
    message:
      'IonQ lists no projects to this key: those with costs in the period are shown, and their budgets are unknown',
  });
  const [key, held] = await Promise.all([
    ifVisible(session, KEY, () => session.get('/whoami', {schema: keySchema})),
    sessionsOf(session),
  ]);
  const ids = new Set([key?.project_id, ...(held ?? []).map(({project_id}) => project_id)]);
  const projects = [...ids].flatMap((id): Project[] => (id ? [{id, state: 'unknown'}] : []));
  return projects.length > 0 ? projects : undefined;
}

const sessionsOf = (session: Session) =>
  ifVisible(session, SESSIONS, async () => {
    const {sessions} = await session.get('/sessions', {schema: sessionsSchema});
    return sessions ?? [];
  });

/** A project without an id is known by its name: costs have both, so they find it. */
function toProject({id, name, quotaUsage, unit, allowedTargets, ...more}: ListedProject): Project {
  const lastActivity = timeOf(more.lastJobRunTime);
  const currency = unit ?? 'USD';
  return {
    id: id || (name ?? ''),
    ...(name && {name}),
    state: stateOf(more),
    ...(quotaUsage != null && {spentEver: {amount: quotaUsage, currency}}),
    ...(allowedTargets && {backends: allowedTargets}),
    ...(lastActivity !== undefined && {lastActivity}),
  };
}

/** IonQ can archive projects, but none was seen that says so: what says nothing is unknown. */
function stateOf({archived, status}: Pick<ListedProject, 'archived' | 'status'>): Project['state'] {
  if (archived === true || status === 'archived') return 'archived';
  return archived === false || status === 'active' ? 'active' : 'unknown';
}

const timeOf = (value: string | number | null | undefined): Instant | undefined => {
  if (typeof value === 'string') return parseInstant(value);
  // Seconds or milliseconds: of the seconds until the year 2286, none reaches so far.
  return typeof value === 'number' ? instant(value < 1e10 ? value * SECOND_MS : value) : undefined;
};

function limitsOf({id, name, quotaLimit, quotaUsage, unit}: ListedProject): ProviderBudget[] {
  if (quotaLimit === undefined && quotaUsage == null) return [];
  const project = {id: id || (name ?? ''), ...(name && {name})};
  const currency = unit ?? 'USD';
  return [
    {
      scope: {level: 'project', project},
      ...limitOf(quotaLimit, currency),
      ...(quotaUsage != null && {spent: {amount: quotaUsage, currency}}),
    },
  ];
}

interface Organization {
  readonly limits: readonly ProviderBudget[];
  readonly quotas: readonly ProviderBudget[];
  readonly funds: Funds | undefined;
}

const report = (session: Session): Promise<Organization | undefined> =>
  ifVisible(session, REPORT, async () => {
    const id = encodeURIComponent(await organizationOf(session));
    const answer = await session.get(`${V03}/report/organizations/${id}`, {schema: organizationSchema});
    if (answer.budget == null && answer.balance == null && !answer.members) {
      throw new ProviderError(
        'bad_response',
        'IonQ answered something else than a report of the organization',
        {
          provider: 'ionq',
        },
      );
    }
    const currency = answer.currency ?? 'USD';
    const balance = answer.balance == null ? undefined : {amount: answer.balance, currency};
    return {
      // A report without a budget does not say that there is none.
      limits:
        answer.budget == null
          ? []
          : [
              {
                scope: {level: 'account'},
                ...limitOf(answer.budget, currency),
                ...(balance && {remaining: balance}),
              },
            ],
      quotas: (answer.members ?? []).flatMap(({id, quota, quota_consumed: consumed, ...who}) => {
        if (quota == null) return [];
        const name = [who.first_name, who.last_name].filter(Boolean).join(' ') || who.user_email;
        return [
          {
            scope: {level: 'user', user: {id, ...(name && {name})}},
            ...limitOf(quota, currency),
            ...(consumed != null && {spent: {amount: consumed, currency}}),
          },
        ];
      }),
      funds: balance && {balance},
    };
  });

/** IonQ tells no members. Sessions say when a project was last used, unless its list does. */
async function describe(project: Project, query: ProjectQuery, session: Session): Promise<ProjectDetails> {
  const parts = new Set(['limits', 'quotas'] as const);
  const [{budgets}, lastActivity] = await Promise.all([
    list({...query, parts}, session),
    project.lastActivity ?? lastSession(project, session),
  ]);
  return {
    project: {...project, ...(lastActivity !== undefined && {lastActivity})},
    budgets: budgets.filter(({scope}) => scope.level !== 'project' || scope.project.id === project.id),
  };
}

async function lastSession({id}: Project, session: Session): Promise<Instant | undefined> {
  const held = (await sessionsOf(session)) ?? [];
  const times = held
    .filter(({project_id}) => project_id === id)
    .flatMap(({started_at, ended_at}) => timeOf(ended_at ?? started_at) ?? []);
  return times.length > 0 ? times.reduce(later) : undefined;
}
