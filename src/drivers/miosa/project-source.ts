import {getOrAdd} from '../../core/get-or-add.ts';
import {parseInstant} from '../../core/instant.ts';
import {type Decimal, sign} from '../../core/money.ts';
import type {Funds, Project, ProviderBudget} from '../../core/project.ts';
import type {ProjectDetails, ProjectList, ProjectQuery, ProjectSource, Session} from '../driver.ts';
import {ifVisible, type Part} from '../visible.ts';
import {balance} from './balance.ts';
import {getAll, type Item, KEY} from './names.ts';
import {charges} from './project-charges.ts';
import {quotas} from './quotas.ts';
import {shapeless} from './unwrap.ts';

/** Whole credits. How many credit cents they are is not published, so the two are different currencies. */
const CREDITS = 'MIOSA_CREDITS';

const PROJECTS: Part = {what: 'names of projects', needs: KEY};
const WORKSPACES: Part = {what: 'names of workspaces', needs: KEY};
const CREDIT: Part = {what: 'the credits of the organization', needs: KEY};

/** Projects have no budgets and no members here; users have quotas, and the organization has prepaid credits. */
export const projectSource: ProjectSource = {
  items: undefined,
  list,
  describe,
  charges,
};

async function list(query: ProjectQuery, session: Session): Promise<ProjectList> {
  const {parts} = query;
  const [projects, workspaces, credits, userQuotas] = await Promise.all([
    ifVisible(session, PROJECTS, () => getAll('/projects', session)),
    ifVisible(session, WORKSPACES, () => getAll('/workspaces', session)),
    parts.has('funds') || parts.has('limits') ? credit(session) : undefined,
    parts.has('quotas') ? quotas(query, session) : [],
  ]);
  return {
    projects: projects && merged(projects, workspaces ?? [], session),
    budgets: [...(parts.has('limits') ? (credits?.limits ?? []) : []), ...userQuotas],
    ...(parts.has('funds') && credits ? {funds: credits.funds} : {}),
  };
}

/** Budgets are those of the organization and of all its users: who of them uses a project is for its charges to say. */
async function describe(project: Project, query: ProjectQuery, session: Session): Promise<ProjectDetails> {
  const [credits, ofUsers] = await Promise.all([credit(session), quotas(query, session)]);
  return {project, budgets: [...(credits?.limits ?? []), ...ofUsers]};
}

/** Usage knows projects by the id that the customer gave them: those that share one cannot be told apart. */
function merged(items: readonly Item[], workspaces: readonly Item[], session: Session): Project[] {
  const byId = new Map<string, Item[]>();
  for (const item of items) getOrAdd(byId, item.external_project_id || item.id, () => []).push(item);
  const names = new Map(workspaces.map(({id, name}) => [id, name]));
  return [...byId].map(([id, alike]) => {
    if (alike.length > 1) noteShared(id, alike.length, session);
    return toProject(id, alike, names);
  });
}

function noteShared(id: string, count: number, session: Session): void {
  session.note({
    level: 'warning',
    code: 'shared_project_id',
    message: `${count} projects share the external id "${id.slice(0, 80)}": their costs cannot be told apart, so they are one row`,
  });
}

/** What several projects do not have in common is left out. */
function toProject(
  id: string,
  alike: readonly Item[],
  workspaces: ReadonlyMap<string, string | null | undefined>,
): Project {
  const name = common(alike.map(item => item.name));
  const workspace = common(alike.map(item => item.workspace_id));
  const workspaceName = workspace && workspaces.get(workspace);
  const created = common(alike.map(item => item.created_at));
  const createdAt = created ? parseInstant(created) : undefined;
  const aliases = alike.map(item => item.id).filter(own => own !== id);
  return {
    id,
    ...(name && {name}),
    state: 'active', // what can be listed can be used: there is no archive
    ...(aliases.length > 0 && {aliases}),
    ...(workspace && {workspace: {id: workspace, ...(workspaceName && {name: workspaceName})}}),
    ...(createdAt !== undefined && {createdAt}),
  };
}

const common = (texts: readonly (string | null | undefined)[]): string | undefined =>
  (new Set(texts).size === 1 && texts[0]) || undefined;

interface Credit {
  readonly funds: Funds;
  readonly limits: readonly ProviderBudget[];
}

const credit = (session: Session): Promise<Credit | undefined> =>
  ifVisible(session, CREDIT, async () => {
    const {credits, earned, spent, expires} = await session.get('/credits/balance', {schema: balance});
    if (credits === undefined && earned === undefined && spent === undefined)
      throw shapeless('the credits of the organization');
    const money = (amount: Decimal) => ({amount, currency: CREDITS});
    const funds: Funds = {
      ...(credits !== undefined && {balance: money(credits)}),
      ...(spent !== undefined && {spentEver: money(spent)}),
      ...(expires !== undefined && {expires}),
    };
    // All zeros is how an organization without any record of credits looks.
    if (earned === undefined || sign(earned) <= 0) return {funds, limits: []};
    const limit: ProviderBudget = {
      scope: {level: 'account'},
      kind: 'limit',
      amount: money(earned),
      period: 'total',
      ...(spent !== undefined && {spent: money(spent)}),
      ...(credits !== undefined && {remaining: money(credits)}),
      remark: 'prepaid credits',
    };
    return {funds, limits: [limit]};
  });
