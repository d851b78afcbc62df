import {tile} from '../core/bucket.ts';
import type {LabelDimension} from '../core/dimension.ts';
import {UsageError} from '../core/errors.ts';
import {startOfDay} from '../core/instant.ts';
import type {Project, ProviderBudget} from '../core/project.ts';
import type {Query} from '../core/query.ts';
import {OTHER, type Record} from '../core/record.ts';

import type {ProjectQuery} from '../drivers/driver.ts';
import type {Group} from './aggregate.ts';
import type {Connected} from './connected.ts';
import type {Candidate} from './find-project.ts';
import {groupsBy, reconcile} from './project-charges.ts';
import {monthSpend, spendQuery, windowOf} from './projects.ts';
import {runQuery} from './run.ts';

/** Everything that is known of one project. */
export interface ProjectWhole {
  readonly candidate: Candidate;
  readonly project: Project;
  readonly budgets: readonly ProviderBudget[];
  /** Costs of the period; undefined where nothing was billed, or the key may not see it. */
  readonly spend: Group | undefined;
  /** Costs of all projects in the running month; undefined if no budget needs them. */
  readonly month: readonly Group[] | undefined;
  /** Costs of the period by user and by line item or job, which add up to `spend`; undefined where nobody tells. */
  readonly users: readonly Group[] | undefined;
  readonly items: {readonly dimension: LabelDimension; readonly groups: readonly Group[]} | undefined;
}

/** A source that tells no days is asked once for each: no more often than this. */
const MOST_DAYS = 100;

/** Asks for the rest of a project that has been found. Throws what its account fails with. */
export async function runProject(query: Query, candidate: Candidate): Promise<ProjectWhole> {
  try {
    return await wholeOf(query, candidate);
  } catch (error) {
    candidate.account.connected.cancel();
    throw error;
  }
}

async function wholeOf(query: Query, candidate: Candidate): Promise<ProjectWhole> {
  const {account, project, label} = candidate;
  const {connected} = account;
  const {session} = connected;
  const asked: ProjectQuery = {now: query.now, window: windowOf(query), parts: new Set()};
  const source = connected.driver.projects;
  const [details, records, spend] = await Promise.all([
    source ? attributed(source.describe(project, asked, session), connected) : {project, budgets: []},
    source ? attributed(gather(source.charges(project, asked, session)), connected) : [],
    withDays(
      query,
      candidate,
      account.spend?.find(({labels: [own]}) => own?.id === label.id),
    ),
  ]);
  const month = account.spend && (await monthSpend(query, connected, account.spend, details.budgets));
  const none = {candidate, ...details, month, users: undefined, items: undefined};
  if (records.length === 0) return {...none, spend};
  const origin = {provider: connected.driver.id, account: connected.account};
  const told = account.spend
    ? reconcile(records, {
        origin,
        label,
        spend,
        other: account.spend.find(({labels: [own]}) => own === OTHER),
      })
    : {spend: undefined, records};
  if (!told) {
    session.note(INCONSISTENT);
    return {...none, spend};
  }
  if (told.spend !== spend) session.note(UNLISTED);
  const items = source?.items;
  return {
    ...none,
    spend: told.spend,
    users: told.records.some(({labels}) => labels.user) ? groupsBy('user', told.records, origin) : undefined,
    items: items && {dimension: items, groups: groupsBy(items, told.records, origin)},
  };
}

const INCONSISTENT = {
  level: 'warning',
  code: 'inconsistent',
  message: 'who spent what is left out: the parts that the provider tells are more than the project has cost',
} as const;

const UNLISTED = {
  level: 'info',
  code: 'more_than_listed',
  message:
    'the cost is what the parts come to: the list of projects has some of it in (other), because the provider lists only the largest',
} as const;

/** A driver's failure as that of its account. */
async function attributed<T>(work: Promise<T>, {driver, account, session}: Connected): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof UsageError) || session.signal.aborted) throw error;
    throw error.attribute(driver.id, driver.title, account);
  }
}

async function gather(charges: AsyncIterable<Record>): Promise<Record[]> {
  const records: Record[] = [];
  for await (const record of charges) records.push(record);
  return records;
}

/** The costs of a project with those of its days, which a source that answers for a whole window has to be asked for. */
async function withDays(
  query: Query,
  {account: {connected}, label}: Candidate,
  group: Group | undefined,
): Promise<Group | undefined> {
  const days = tile(windowOf(query), 'day');
  const untold = [...(group?.costs.values() ?? [])].every(billed => billed.days.size === 0);
  if (!group || !untold || days.length > MOST_DAYS) return group;
  // What else is under way for the account must not be interrupted by a failure here.
  const apart = {...connected, cancel: () => undefined};
  const daily = await runQuery({...spendQuery(query), bucket: 'day'}, [apart], []);
  if (daily.failures[0]) throw daily.failures[0];
  const costs = new Map(
    [...group.costs].map(([currency, billed]) => [currency, {...billed, days: new Map(billed.days)}]),
  );
  for (const {bucket, labels, costs: ofDay} of daily.current.groups.values()) {
    const day = days[bucket ?? -1];
    if (labels[0]?.id !== label.id || !day) continue;
    for (const [currency, {total}] of ofDay) costs.get(currency)?.days.set(startOfDay(day.start), total);
  }
  return {...group, costs};
}
