import * as z from 'zod/mini';
import {ProviderError} from '../../core/errors.ts';
import {type Instant, later} from '../../core/instant.ts';
import type {BudgetScope, Member, Project, ProjectState, ProviderBudget} from '../../core/project.ts';
import type {ProjectDetails, ProjectList, ProjectQuery, ProjectSource, Session} from '../driver.ts';
import {ifVisible, isHidden, type Part} from '../visible.ts';
import {listPages} from './lists.ts';
import {charges} from './project-charges.ts';
import {keysOf} from './project-keys.ts';
import {ADMIN, instantOf, type ListedProject, listProjects, projectPath} from './projects.ts';
import {spendAlerts, spendLimit} from './spend-limits.ts';

const PROJECTS: Part = {what: 'names and states of projects', needs: ADMIN};
const MEMBERS: Part = {what: 'members of projects', needs: ADMIN};

/** Projects with their members, limits and alerts: one request for each project and part. */
export const projectSource: ProjectSource = {items: 'line_item', list, describe, charges};

async function list({parts}: ProjectQuery, session: Session): Promise<ProjectList> {
  const [projects, ofAccount] = await Promise.all([
    ifVisible(session, PROJECTS, () => everyProject(session)),
    budgetsAt({level: 'account'}, parts, session),
  ]);
  // Nobody can spend in an archived project, and the API refuses to list the members of one.
  const open = (projects ?? []).filter(({state}) => state !== 'archived');
  const [members, budgets] = await Promise.all([
    parts.has('members') ? allMembers(open, session) : new Map<string, readonly Member[]>(),
    Promise.all(open.map(project => budgetsAt(scopeOf(project), parts, session))),
  ]);
  return {
    projects: projects?.map(project => withMembers(project, members.get(project.id))),
    budgets: [...ofAccount, ...budgets.flat()],
  };
}

async function everyProject(session: Session): Promise<Project[]> {
  const projects: Project[] = [];
  for await (const page of listProjects(session)) projects.push(...page.map(toProject));
  return projects;
}

function toProject({id, name, status, created_at, archived_at}: ListedProject): Project {
  const createdAt = instantOf(created_at);
  const archivedAt = instantOf(archived_at);
  return {
    id,
    ...(name && {name}),
    state: stateOf(status, archivedAt),
    ...(createdAt !== undefined && {createdAt}),
    ...(archivedAt !== undefined && {archivedAt}),
  };
}

function stateOf(status: string | null | undefined, archivedAt: Instant | undefined): ProjectState {
  if (status === 'active' || status === 'archived') return status;
  return archivedAt === undefined ? 'unknown' : 'archived';
}

const scopeOf = ({id, name}: Project): BudgetScope => ({
  level: 'project',
  project: {id, ...(name && {name})},
});

async function budgetsAt(
  scope: BudgetScope,
  parts: ProjectQuery['parts'],
  session: Session,
): Promise<ProviderBudget[]> {
  const [limits, alerts] = await Promise.all([
    parts.has('limits') ? spendLimit(scope, session) : [],
    parts.has('alerts') ? spendAlerts(scope, session) : [],
  ]);
  return [...limits, ...alerts];
}

async function allMembers(
  projects: readonly Project[],
  session: Session,
): Promise<ReadonlyMap<string, readonly Member[]>> {
  const found = await Promise.all(projects.map(async ({id}) => [id, await membersOf(id, session)] as const));
  return new Map(found.flatMap(([id, members]) => (members ? [[id, members] as const] : [])));
}

const text = z.nullish(z.string());
const memberSchema = z.object({id: z.string(), name: text, email: text, role: text});

const membersOf = (id: string, session: Session): Promise<readonly Member[] | undefined> =>
  ifVisible(session, MEMBERS, async () => {
    const members: Member[] = [];
    try {
      for await (const page of listPages(session, projectPath(id, 'users'), memberSchema)) {
        for (const {id: user, name, email, role} of page)
          members.push({id: user, ...(name && {name}), ...(email && {email}), ...(role && {role})});
      }
    } catch (error) {
      // Archived since the list was read.
      if (error instanceof ProviderError && error.code === 'bad_request') return undefined;
      throw error;
    }
    return members;
  });

const withMembers = (project: Project, members: readonly Member[] | undefined): Project =>
  members ? {...project, members} : project;

async function describe(project: Project, _query: ProjectQuery, session: Session): Promise<ProjectDetails> {
  const parts = new Set(['limits', 'alerts'] as const);
  if (project.state === 'unknown' && !(await isThere(project, session)))
    return {project, budgets: await budgetsAt({level: 'account'}, parts, session)};
  const isOpen = project.state !== 'archived';
  const [members, keys, ofAccount, ofProject] = await Promise.all([
    project.members ?? (isOpen ? membersOf(project.id, session) : undefined),
    keysOf(project.id, session),
    budgetsAt({level: 'account'}, parts, session),
    isOpen ? budgetsAt(scopeOf(project), parts, session) : [],
  ]);
  const uses = (keys ?? []).flatMap(({last_used_at}) => instantOf(last_used_at) ?? []);
  return {
    project: {...withMembers(project, members), ...(uses.length > 0 && {lastActivity: uses.reduce(later)})},
    budgets: [...ofProject, ...ofAccount],
  };
}

/** A project that is gone has no limit, and is refused one with the same 404 as a project without. */
async function isThere({id}: Project, session: Session): Promise<boolean> {
  const path = `/organization/projects/${encodeURIComponent(id)}`;
  try {
    await session.get(path, {schema: z.object({id: z.string()})});
    return true;
  } catch (error) {
    if (!isHidden(error)) throw error;
    session.note({
      level: 'info',
      code: 'not_listed',
      message: 'the project is in no list: it may be deleted, and only its costs are left',
    });
    return false;
  }
}
