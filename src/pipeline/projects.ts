import {CredentialError, InterruptedError, ProviderError, UsageError} from '../core/errors.ts';
import {addDays, earlier, type Instant, startOfDay, utc} from '../core/instant.ts';
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
  const outcomes = await Promise.all(accounts.map(connected => outcomeOf(query, connected, asked)));
  const provisional = outcomes.flatMap(({provisionalFrom}) => provisionalFrom ?? []);
  return {
    accounts: outcomes.flatMap(({answer}) => answer ?? []),
    sources: outcomes.map(statusOf),
    failures: outcomes.flatMap(({error}) => error ?? []),
    provisionalFrom: provisional.length > 0 ? provisional.reduce(earlier) : undefined,
  };
}

interface Outcome {
  readonly connected: Connected;
  readonly answer?: AccountProjects;
  readonly error?: UsageError;
  readonly provisionalFrom?: Instant | undefined;
}

async function outcomeOf(query: Query, connected: Connected, asked: ProjectQuery): Promise<Outcome> {
  try {
    return {connected, ...(await askAccount(query, connected, asked))};
  } catch (error) {
    if (!(error instanceof UsageError) || error instanceof InterruptedError) throw error;
    return {connected, error};
  }
}

async function askAccount(
  query: Query,
  connected: Connected,
  asked: ProjectQuery,
): Promise<Pick<Outcome, 'answer' | 'provisionalFrom'>> {
  // The first failure ends the other part as well, whose interruption is then no news.
  let failure: unknown;
  const giveUp = (error: unknown): void => {
    failure ??= error;
    connected.cancel();
  };
  const costs = costsOf(query, connected).catch(giveUp);
  const lists = listOf(connected, asked).catch(giveUp);
  const [spend, list] = await Promise.all([costs, lists]);
  if (!spend || !list) throw failure;
  const {figures, refusal} = spend;
  if (refusal) {
    if (!list.projects?.length) throw refusal;
    noteRefusal(refusal, connected);
    return {answer: {connected, list, spend: undefined, month: undefined}};
  }
  const groups = [...figures.current.groups.values()];
  const month = await monthSpend(query, connected, groups, list.budgets);
  return {answer: {connected, list, spend: groups, month}, provisionalFrom: figures.provisionalFrom};
}

interface Spend {
  readonly figures: Figures;
  /** The key may not see costs, or the API has none. */
  readonly refusal: UsageError | undefined;
}

/** Throws any failure but a refusal. */
async function costsOf(query: Query, connected: Connected): Promise<Spend> {
  // The list shares the session: that costs are refused must not end it.
  const apart = {...connected, cancel: () => undefined};
  const figures = await runQuery(spendQuery(query), [apart], []);
  const [refusal] = figures.failures;
  if (refusal && !isHidden(refusal)) throw refusal;
  return {figures, refusal};
}

async function listOf(connected: Connected, query: ProjectQuery): Promise<ProjectList> {
  const {driver, account, session} = connected;
  try {
    return (await driver.projects?.list(query, session)) ?? {projects: undefined, budgets: []};
  } catch (error) {
    if (!(error instanceof UsageError) || error instanceof InterruptedError) throw error;
    throw error.attribute(driver.id, driver.title, account);
  }
}

const isHidden = (error: UsageError): boolean =>
  (error instanceof CredentialError && error.code === 'credential_refused') ||
  (error instanceof ProviderError && error.code === 'not_found');

function noteRefusal({message, advice}: UsageError, {session}: Connected): void {
  const hint = advice.hint ? `. ${advice.hint}` : '';
  session.note({level: 'warning', code: 'not_visible', message: `costs are unknown: ${message}${hint}`});
}

const isMonthly = ({kind, period, amount, spent}: ProviderBudget): boolean =>
  kind === 'limit' && period === 'month' && amount !== 'unlimited' && spent === undefined;

/** Costs by project of one account in the running month, where a budget of its projects or itself needs them. */
export async function monthSpend(
  query: Query,
  connected: Connected,
  spend: readonly Group[],
  budgets: readonly ProviderBudget[],
): Promise<readonly Group[] | undefined> {
  if (!budgets.some(isMonthly)) return undefined;
  const period = parsePeriod('mtd', query.now);
  if (period.start === query.period.start && period.end === query.period.end) return spend;
  const {figures, refusal} = await costsOf({...query, period}, connected);
  if (refusal) throw refusal;
  return [...figures.current.groups.values()];
}

function statusOf({connected: {driver, account, session}, error}: Outcome): SourceStatus {
  const {requests, retries} = session.counts;
  const status = {provider: driver.id, account, requests, retries};
  if (!error) return {...status, status: 'ok'};
  const {code, message, advice} = error;
  return {...status, status: 'failed', error: {code, message, ...(advice.hint ? {hint: advice.hint} : {})}};
}
