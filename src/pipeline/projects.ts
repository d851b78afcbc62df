import {CredentialError, InterruptedError, ProviderError, UsageError} from '../core/errors.ts';
import {addDays, startOfDay, utc} from '../core/instant.ts';
import {parsePeriod} from '../core/parse-period.ts';
import {intersect, type Period} from '../core/period.ts';
import type {ProviderBudget} from '../core/project.ts';
import type {Query} from '../core/query.ts';
import type {SourceStatus} from '../core/report.ts';
import type {ProjectList, ProjectPart, ProjectQuery} from '../drivers/driver.ts';
import type {Group} from './aggregate.ts';
import type {Connected} from './connected.ts';
import {type Figures, runQuery} from './run.ts';

/** What one account says of its projects, beside what they cost. */
export interface AccountProjects {
  readonly connected: Connected;
  readonly list: ProjectList;
  /** Costs by project over the period; undefined where the key may not see them. */
  readonly spend: readonly Group[] | undefined;
  /** The same over the running month, which monthly budgets are set against; undefined if nothing needs it. */
  readonly month: readonly Group[] | undefined;
}

export interface ProjectFigures {
  readonly accounts: readonly AccountProjects[];
  readonly sources: readonly SourceStatus[];
  readonly failures: readonly UsageError[];
  readonly provisionalFrom: Figures['provisionalFrom'];
}

/** Costs by project, as billed: what every view of projects is made of. */
export const spendQuery = (query: Query): Query => ({
  ...query,
  report: 'costs',
  compare: undefined,
  bucket: null,
  groupBy: ['project'],
  trend: true,
});

/** The window that drivers are asked about: nothing is charged after the running day. */
export const windowOf = ({period, now}: Pick<Query, 'period' | 'now'>): Period =>
  intersect(period, {start: utc(1970, 1), end: addDays(startOfDay(now), 1)});

/**
 * Asks every account for its projects and their costs side by side. Costs that a key may not see leave the list
 * standing, if there is one; any other failure is the account's, and nothing of it counts.
 */
export async function runProjects(
  query: Query,
  accounts: readonly Connected[],
  parts: ReadonlySet<ProjectPart>,
): Promise<ProjectFigures> {
  const asked: ProjectQuery = {now: query.now, window: windowOf(query), parts};
  const [spend, lists] = await Promise.all([
    costsOf(query, accounts),
    Promise.all(accounts.map(account => listOf(account, asked))),
  ]);
  const judged = accounts.map((connected, index) =>
    judge(connected, lists[index] ?? {list: NO_LIST}, spend, index),
  );
  const monthly = judged.flatMap(one => (one.list && one.spend && needsMonth(one.list) ? [one] : []));
  const month = await monthOf(
    query,
    spend,
    monthly.map(({connected}) => connected),
  );
  const outcomes = judged.map(one => withMonth(one, month));
  return {
    accounts: outcomes.flatMap(({list, error, ...rest}) => (list && !error ? [{...rest, list}] : [])),
    sources: outcomes.map(statusOf),
    failures: outcomes.flatMap(({error}) => error ?? []),
    provisionalFrom: spend.provisionalFrom,
  };
}

const NO_LIST: ProjectList = {projects: undefined, budgets: []};

interface Outcome {
  readonly connected: Connected;
  readonly list: ProjectList | undefined;
  readonly spend: readonly Group[] | undefined;
  readonly month: readonly Group[] | undefined;
  readonly error: UsageError | undefined;
}

type Listed =
  | {readonly list: ProjectList; readonly error?: undefined}
  | {readonly error: UsageError; readonly list?: undefined};

/** The list and the costs share a session, so that one that fails must not take the other along. */
const costsOf = (query: Query, accounts: readonly Connected[]): Promise<Figures> =>
  runQuery(
    spendQuery(query),
    accounts.map(connected => ({...connected, cancel: () => undefined})),
    [],
  );

async function listOf({driver, account, session}: Connected, query: ProjectQuery): Promise<Listed> {
  try {
    return {list: (await driver.projects?.list(query, session)) ?? NO_LIST};
  } catch (error) {
    if (!(error instanceof UsageError) || error instanceof InterruptedError) throw error;
    return {error: error.attribute(driver.id, driver.title, account)};
  }
}

function judge(connected: Connected, listed: Listed, spend: Figures, index: number): Outcome {
  const none = {connected, list: undefined, spend: undefined, month: undefined};
  const refusal = failureAt(spend, index);
  if (listed.error) return {...none, error: refusal ?? listed.error};
  const {list} = listed;
  if (!refusal) {
    const own = [...spend.current.groups.values()].filter(({account}) => account === connected.account);
    return {connected, list, spend: own, month: undefined, error: undefined};
  }
  if (!isHidden(refusal) || !list.projects?.length) return {...none, error: refusal};
  const {message, advice} = refusal;
  connected.session.note({
    level: 'warning',
    code: 'not_visible',
    message: `costs are unknown: ${message}${advice.hint ? `. ${advice.hint}` : ''}`,
  });
  return {connected, list, spend: undefined, month: undefined, error: undefined};
}

const isHidden = (error: UsageError): boolean =>
  (error instanceof CredentialError && error.code === 'credential_refused') ||
  (error instanceof ProviderError && error.code === 'not_found');

/** Failures stand in the order of the sources that failed, and those in the order of the accounts. */
function failureAt({sources, failures}: Figures, index: number): UsageError | undefined {
  if (sources[index]?.status !== 'failed') return undefined;
  return failures[sources.slice(0, index).filter(({status}) => status === 'failed').length];
}

const isMonthly = ({kind, period, amount, spent}: ProviderBudget): boolean =>
  kind === 'limit' && period === 'month' && amount !== 'unlimited' && spent === undefined;
const needsMonth = ({budgets}: ProjectList): boolean => budgets.some(isMonthly);

/** Costs by project of one account in the running month, where a budget of its projects or itself needs them. */
export async function monthSpend(
  query: Query,
  connected: Connected,
  spend: readonly Group[],
  budgets: readonly ProviderBudget[],
): Promise<readonly Group[] | undefined> {
  if (!budgets.some(isMonthly)) return undefined;
  const period = parsePeriod('mtd', query.now);
  if (isSame(period, query.period)) return spend;
  const month = await costsOf({...query, period}, [connected]);
  if (month.failures[0]) throw month.failures[0];
  return [...month.current.groups.values()];
}

const isSame = (a: Period, b: Period): boolean => a.start === b.start && a.end === b.end;

/** Costs of the running month: those of the period, if it is the same, or else asked for. */
async function monthOf(
  query: Query,
  spend: Figures,
  accounts: readonly Connected[],
): Promise<Figures | undefined> {
  const period = parsePeriod('mtd', query.now);
  if (isSame(period, query.period)) return spend;
  return accounts.length === 0 ? undefined : costsOf({...query, period}, accounts);
}

function withMonth(one: Outcome, month: Figures | undefined): Outcome {
  const index = month?.sources.findIndex(({account}) => account === one.connected.account) ?? -1;
  if (!month || index < 0 || !one.list || !one.spend) return one;
  const error = failureAt(month, index);
  const own = [...month.current.groups.values()].filter(({account}) => account === one.connected.account);
  return error ? {...one, error} : {...one, month: own};
}

function statusOf({connected: {driver, account, session}, error}: Outcome): SourceStatus {
  const {requests, retries} = session.counts;
  const status = {provider: driver.id, account, requests, retries};
  if (!error) return {...status, status: 'ok'};
  const {code, message, advice} = error;
  return {...status, status: 'failed', error: {code, message, ...(advice.hint ? {hint: advice.hint} : {})}};
}
