import {tile} from '../core/bucket.ts';
import type {LabelDimension} from '../core/dimension.ts';
import {UsageError} from '../core/errors.ts';
import {startOfDay} from '../core/instant.ts';
import {compareDecimals, decimal, subtract, ZERO} from '../core/money.ts';
import type {Project, ProviderBudget} from '../core/project.ts';
import type {Query} from '../core/query.ts';
import type {Record} from '../core/record.ts';
import type {ProjectQuery} from '../drivers/driver.ts';
import {Aggregation, type Group, type Origin} from './aggregate.ts';
import type {Connected} from './connected.ts';
import type {Candidate} from './find-project.ts';
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
  const whole = {candidate, ...details, spend, month, users: undefined, items: undefined};
  const rest = account.spend ? restOf(records, spend, query) : [];
  if (!rest) {
    session.note({
      level: 'warning',
      code: 'inconsistent',
      message:
        'who spent what is left out: the parts that the provider tells are more than the project has cost',
    });
  }
  if (records.length === 0 || !rest) return whole;
  const origin = originOf(candidate);
  const split = (dimension: LabelDimension) => groupsBy(dimension, [...records, ...rest], origin);
  const items = source?.items;
  return {
    ...whole,
    users: records.some(({labels}) => labels.user) ? split('user') : undefined,
    items: items && {dimension: items, groups: split(items)},
  };
}

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

/** Providers add up doubles: parts may be so much more than the whole without being wrong. */
const NOISE = decimal('-0.000001');

/** What the parts leave of the whole, as records without labels; undefined if they come to more than it. */
function restOf(records: readonly Record[], spend: Group | undefined, {period}: Query): Record[] | undefined {
  const [parts] = groupsBy(
    'user',
    records.map(record => ({...record, labels: {}})),
    ANYONE,
  );
  const currencies = new Set([...(spend?.costs.keys() ?? []), ...(parts?.costs.keys() ?? [])]);
  const rest: Record[] = [];
  for (const currency of currencies) {
    const whole = spend?.costs.get(currency)?.total.value ?? ZERO;
    const amount = subtract(whole, parts?.costs.get(currency)?.total.value ?? ZERO);
    if (compareDecimals(amount, NOISE) < 0) return undefined;
    if (amount !== ZERO) rest.push({period, labels: {}, cost: {amount, currency}});
  }
  return rest;
}

function groupsBy(dimension: LabelDimension, records: readonly Record[], origin: Origin): Group[] {
  const aggregation = new Aggregation([dimension], undefined, false);
  for (const record of records) aggregation.add(record, origin);
  return [...aggregation.groups.values()];
}

const ANYONE: Origin = {provider: '', account: '', kind: undefined, metrics: new Map(), buckets: () => 1};
const originOf = ({account: {connected}}: Candidate): Origin => ({
  ...ANYONE,
  provider: connected.driver.id,
  account: connected.account,
});

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
