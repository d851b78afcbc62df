import {getOrAdd} from '../core/get-or-add.ts';
import {type Instant, later, startOfDay} from '../core/instant.ts';
import {
  type Currency,
  compareDecimals,
  type Decimal,
  divide,
  type Money,
  subtract,
  ZERO,
} from '../core/money.ts';
import {type Project, type ProviderBudget, toldSpend} from '../core/project.ts';
import type {Query} from '../core/query.ts';
import {type Label, OTHER, UNATTRIBUTED} from '../core/record.ts';
import type {Billed, Group} from '../pipeline/aggregate.ts';
import {projectOf} from '../pipeline/find-project.ts';
import type {AccountProjects, ProjectFigures} from '../pipeline/projects.ts';
import {byCurrency} from './line.ts';

/** A budget with how far it is used up. */
export interface Standing {
  readonly budget: ProviderBudget;
  /** What counts against it, in its own currency; undefined: not known. */
  readonly spent: Money | undefined;
  readonly remaining: Money | undefined;
  /** A part of 1; undefined where there is nothing to divide by. */
  readonly used: Decimal | undefined;
}

/** A row of the list before it has columns: one for each currency of a project. */
export interface ProjectLine {
  readonly provider: string;
  readonly account: string;
  /** As a list describes it; undefined for what no list names. */
  readonly project: Project | undefined;
  readonly label: Label;
  readonly cost: Money | undefined;
  readonly days: ReadonlyMap<Instant, Decimal>;
  /** The project's limit and its spend of all time, in the line of their own currency. */
  readonly standing: Standing | undefined;
  readonly spentEver: Money | undefined;
  readonly lastActivity: Instant | undefined;
}

/** Whether a line is of no project: what the provider cut off, or what has no project. */
export const isRest = ({label}: Pick<ProjectLine, 'label'>): boolean =>
  label === OTHER || label === UNATTRIBUTED;

/** Digits after the point of a part of a budget: a millionth. */
const RATIO_PLACES = 6;

/** All lines: every project of a list, and everything that was billed, whoever names it. */
export function projectLines(
  {accounts}: Pick<ProjectFigures, 'accounts'>,
  {period, now}: Asked,
): ProjectLine[] {
  // What was billed last in a period that is over need not be what was billed last.
  const isCurrent = period.end > startOfDay(now);
  return accounts.flatMap(account => linesOfAccount(account, isCurrent));
}

type Asked = Pick<Query, 'period' | 'now'>;

function linesOfAccount(account: AccountProjects, isCurrent: boolean): ProjectLine[] {
  const {connected, list, spend} = account;
  const projects = list.projects ?? [];
  const spendOf = new Map<Project, Group>();
  const others: Group[] = [];
  for (const group of spend ?? []) {
    const project = projectOf(labelOf(group), projects);
    if (project && !spendOf.has(project)) spendOf.set(project, group);
    else others.push(group);
  }
  const identity = {provider: connected.driver.id, account: connected.account};
  return [
    ...projects.flatMap(project => {
      const group = spendOf.get(project);
      const {id, name} = project;
      // Costs know the id where the list does not.
      const label = group ? labelOf(group) : {id};
      const named = name ? {id: label.id, name} : label;
      return linesOf({...identity, project, label: named}, group, account, isCurrent);
    }),
    ...others.flatMap(group =>
      linesOf({...identity, project: undefined, label: labelOf(group)}, group, account, isCurrent),
    ),
  ];
}

const labelOf = ({labels}: Group): Label => labels[0] ?? UNATTRIBUTED;

function linesOf(
  who: Pick<ProjectLine, 'provider' | 'account' | 'project' | 'label'>,
  group: Group | undefined,
  account: AccountProjects,
  isCurrent: boolean,
): ProjectLine[] {
  const {project} = who;
  const standing = project && limitStanding(project, account);
  const spentEver = project?.spentEver;
  const billed = [...(group?.costs ?? [])].sort(([a], [b]) => byCurrency(a, b));
  const own = standing?.spent?.currency ?? spentEver?.currency;
  // The rest of what is known of a project stands in one line only: that of its currency, or the first.
  const home = Math.max(
    0,
    billed.findIndex(([currency]) => currency === own),
  );
  const lastActivity = project?.lastActivity ?? (isCurrent ? lastDay(billed) : undefined);
  const line = (index: number, cost: Money | undefined, days: ProjectLine['days']): ProjectLine => ({
    ...who,
    cost,
    days,
    standing: index === home ? standing : undefined,
    spentEver: index === home ? spentEver : undefined,
    lastActivity,
  });
  if (billed.length === 0) return [line(0, undefined, new Map())];
  return billed.map(([currency, {total, days}], index) =>
    line(index, {amount: total.value, currency}, new Map([...days].map(([day, sum]) => [day, sum.value]))),
  );
}

/** The last day that anything was billed for, where days are told. */
function lastDay(billed: readonly (readonly [Currency, Billed])[]): Instant | undefined {
  const days = billed.flatMap(([, one]) =>
    [...one.days].flatMap(([day, sum]) => (sum.value === ZERO ? [] : [day])),
  );
  return days.length > 0 ? days.reduce(later) : undefined;
}

function limitStanding({id}: Project, {list, month}: AccountProjects): Standing | undefined {
  const budget = list.budgets.find(
    ({kind, scope}) => kind === 'limit' && scope.level === 'project' && scope.project.id === id,
  );
  return budget && standingOf(budget, month ? month.find(group => labelOf(group).id === id) : 'unread');
}

/**
 * How a budget stands. What its provider says counts; a monthly one of which it says nothing is set against the costs
 * of the running month, where no cost is 0 because all of them were read.
 */
export function standingOf(budget: ProviderBudget, month: Group | 'unread' | undefined): Standing {
  const {amount} = budget;
  if (amount === 'unlimited') {
    return {budget, spent: budget.spent, remaining: undefined, used: undefined};
  }
  const {currency} = amount;
  const measured = budget.period === 'month' && month !== 'unread' ? costIn(month, currency) : undefined;
  const left = budget.remaining;
  const spent = toldSpend(budget) ?? measured;
  const comparable = spent?.currency === currency;
  return {
    budget,
    spent,
    remaining: left ?? (comparable ? {amount: subtract(amount.amount, spent.amount), currency} : undefined),
    used: comparable ? divide(spent.amount, amount.amount, RATIO_PLACES) : undefined,
  };
}

/** What was billed in one currency; unknown where something was billed in another, because nothing is converted. */
function costIn(group: Group | undefined, currency: Currency): Money | undefined {
  const costs = [...(group?.costs ?? [])];
  if (costs.some(([other, {total}]) => other !== currency && total.value !== ZERO)) return undefined;
  return {amount: group?.costs.get(currency)?.total.value ?? ZERO, currency};
}

/** Dearest first within a currency, then those that cost nothing, by name; what no list names comes after its equals. */
export function byCost(a: ProjectLine, b: ProjectLine): number {
  const other = Number(a.label === OTHER) - Number(b.label === OTHER);
  if (other !== 0) return other;
  const currency = byCurrency(a.cost?.currency, b.cost?.currency);
  if (currency !== 0) return currency;
  const cost = a.cost && b.cost ? compareDecimals(b.cost.amount, a.cost.amount) : 0;
  if (cost !== 0) return cost;
  const archived = Number(a.project?.state === 'archived') - Number(b.project?.state === 'archived');
  return archived || byName(a, b);
}

function byName(a: ProjectLine, b: ProjectLine): number {
  const key = ({label, provider, account}: ProjectLine) =>
    [provider, account, label.name ?? label.id, label.id].join('\u0000');
  const [left, right] = [key(a), key(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Names that several projects share, to be shown with their ids. */
export function sharedNames(lines: readonly ProjectLine[]): ReadonlySet<string> {
  const ids = new Map<string, Set<string>>();
  for (const {label, account} of lines)
    if (label.name) getOrAdd(ids, label.name, () => new Set()).add(`${account}/${label.id}`);
  return new Set([...ids].flatMap(([name, owners]) => (owners.size > 1 ? [name] : [])));
}
