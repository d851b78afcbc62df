import type {LabelDimension} from '../core/dimension.ts';
import {InputError, InterruptedError, UsageError} from '../core/errors.ts';
import {earlier, type Instant} from '../core/instant.ts';
import {pairBuckets} from '../core/paired-buckets.ts';
import type {NamedPeriod} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import type {SourceStatus} from '../core/report.ts';
import type {Source} from '../drivers/driver.ts';
import {Aggregation} from './aggregate.ts';
import {
  noteCapabilities,
  noteProvisional,
  noteUnknownFilters,
  provisionalSince,
  rejectImpossible,
} from './capabilities.ts';
import {type AccountFigures, type AccountPlan, collectAccount} from './collect.ts';
import type {Connected} from './connected.ts';
import {isPlan, planSource, relevantSources, type SourcePlan} from './plan.ts';
import {noteSilence, type Silence} from './silence.ts';

/** Everything that was fetched, added up; still without columns. */
export interface Figures {
  readonly current: Aggregation;
  readonly previous: Aggregation;
  readonly silence: Silence;
  /** `project acct/id` → name, for the columns that show names. */
  readonly names: (dimension: LabelDimension, account: string | null, id: string) => string | undefined;
  readonly sources: readonly SourceStatus[];
  readonly failures: readonly UsageError[];
  readonly provisionalFrom: Instant | undefined;
}

/** Asks every account side by side. A failure of one account is part of the result; only a bug or Ctrl-C is thrown. */
export async function runQuery(
  query: Query,
  accounts: readonly Connected[],
  shownNames: readonly LabelDimension[],
): Promise<Figures> {
  const attempts = accounts.map(connected => ({
    connected,
    attempts: relevantSources(connected.driver.sources, query).map(source => planSource(source, query)),
  }));
  rejectImpossible(query, attempts);
  const outcomes = await Promise.all(
    attempts.map(async ({connected, attempts: tried}) => {
      const plans = tried.filter(isPlan);
      const previous = comparePlans(query, plans);
      noteCapabilities(query, connected, tried, previous);
      return outcomeOf(query, {connected, plans, previous}, shownNames);
    }),
  );
  const answered = outcomes.flatMap(({connected, figures}) => (figures ? [{connected, figures}] : []));
  // In the order of the accounts, not of the answers.
  for (const {connected} of answered) noteProvisional(query, connected);
  const silence = noteSilence(query, answered);
  noteUnknownFilters(answered.map(({connected, figures}) => ({connected, unknown: figures.unknown})));
  return {
    current: merged(
      query,
      answered.map(({figures}) => figures.current),
    ),
    previous: merged(
      query,
      answered.map(({figures}) => figures.previous),
    ),
    names: (dimension, account, id) =>
      answered
        .find(({connected}) => connected.account === account)
        ?.figures.names.get(dimension)
        ?.get(id),
    silence,
    sources: outcomes.map(({status}) => status),
    failures: outcomes.flatMap(({error}) => (error ? [error] : [])),
    provisionalFrom: provisionalFrom(
      query,
      answered.map(({connected}) => connected),
    ),
  };
}

const comparePlans = (query: Query, plans: readonly SourcePlan[]): SourcePlan[] => {
  const {compare} = query;
  if (!compare) return [];
  return plans
    .filter(({source}) => source.billed)
    .map(({source}) => planBefore(source, query, compare))
    .map(plan => ({...plan, query: {...plan.query, kinds: []}})); // only money is compared
};

/**
 * Weeks of the period before begin on other days than weeks do, so they are put together from days. Throws InputError
 * for a source without days: left out of the figures before, its costs would look like growth.
 */
function planBefore(source: Source, query: Query, compare: NamedPeriod): SourcePlan {
  const {bucket} = query;
  const width = bucket && pairBuckets(query.period, compare, bucket).comparedBy;
  const plan = planSource(source, {...query, period: compare, bucket: width});
  if (isPlan(plan)) return plan;
  throw new InputError(`${source.id} cannot be compared by the ${bucket}`, {
    rule: `what is compared is put together from each ${width}, and the finest it has is a ${source.granularities[0]}`,
    hint: 'leave out --compare, or choose another --bucket',
  });
}

interface Outcome {
  readonly connected: Connected;
  readonly status: SourceStatus;
  readonly figures?: AccountFigures;
  readonly error?: UsageError;
}

async function outcomeOf(
  query: Query,
  plan: AccountPlan,
  shownNames: readonly LabelDimension[],
): Promise<Outcome> {
  const {connected} = plan;
  const {driver, account, session} = connected;
  const status = (state: SourceStatus['status'], error?: SourceStatus['error']): SourceStatus => ({
    provider: driver.id,
    account,
    status: state,
    ...session.counts,
    ...(error ? {error} : {}),
  });
  if (plan.plans.length === 0) {
    return {
      connected,
      status: status('skipped', {code: 'cannot', message: `${driver.id} cannot answer this question`}),
    };
  }
  try {
    const figures = await collectAccount(query, plan, shownNames);
    return {connected, status: status('ok'), figures};
  } catch (error) {
    if (!(error instanceof UsageError) || error instanceof InterruptedError) throw error;
    const {code, message, advice} = error.attribute(driver.id, driver.title, account);
    return {
      connected,
      status: status('failed', {code, message, ...(advice.hint ? {hint: advice.hint} : {})}),
      error,
    };
  }
}

function merged({groupBy}: Query, parts: readonly Aggregation[]): Aggregation {
  const whole = new Aggregation(groupBy, undefined, false);
  for (const part of parts) whole.merge(part);
  return whole;
}

/** The earliest time from which some figure may still change, if the period reaches it. */
function provisionalFrom(query: Query, accounts: readonly Connected[]): Instant | undefined {
  const since = accounts.flatMap(account => provisionalSince(query, account) ?? []);
  return since.length === 0 ? undefined : since.reduce(earlier);
}
