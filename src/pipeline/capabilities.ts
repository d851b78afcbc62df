import {flagOf} from '../core/dimension.ts';
import {InputError} from '../core/errors.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import {formatDate, type Instant, later} from '../core/instant.ts';
import type {Query} from '../core/query.ts';
import type {Connected} from './connected.ts';
import type {UnknownValue} from './names.ts';
import {abilities, canGroup, describeWidened, type Incapable, isPlan, type SourcePlan} from './plan.ts';

/** What planning the sources of one account came to. */
export interface Attempt {
  readonly connected: Connected;
  readonly attempts: readonly (SourcePlan | Incapable)[];
}

/** Throws InputError if there is a part of the question that no provider can answer; says what they can do. */
export function rejectImpossible(query: Query, all: readonly Attempt[]): void {
  if (all.length === 0) return;
  const plans = all.flatMap(({attempts}) => attempts.filter(isPlan));
  if (plans.length === 0) rejectIncapable(query, all);
  for (const dimension of query.groupBy) {
    // One that splits by a single dimension at a time can, if it is asked for that one first: a notice says so.
    if (plans.some(({source}) => canGroup(source, dimension, query.report))) continue;
    throw new InputError(`no provider here can split ${query.report} by ${flagOf(dimension)}`, {
      rule: whatTheyCan(all),
      hint: `leave ${flagOf(dimension)} out of --group-by, or see: usage providers`,
    });
  }
}

function rejectIncapable(query: Query, all: readonly Attempt[]): never {
  const reasons = all
    .flatMap(({attempts}) => attempts)
    .filter((attempt): attempt is Incapable => !isPlan(attempt));
  const filter = reasons.find(({why}) => why === 'filter');
  if (filter?.dimension) {
    throw new InputError(`no provider here can filter ${query.report} by ${flagOf(filter.dimension)}`, {
      rule: whatTheyCan(all),
      hint: 'see: usage providers',
    });
  }
  if (reasons.length > 0) {
    const finest = all.flatMap(({connected, attempts}) =>
      attempts.map(({source}) => `${connected.driver.id} ${source.granularities[0]}`),
    );
    throw new InputError(`no provider here reports ${query.report} by the ${query.bucket}`, {
      rule: `the finest they have: ${[...new Set(finest)].join(', ')}`,
      hint: 'choose a wider --bucket',
    });
  }
  throw new InputError(
    `no provider here answers ${query.report}${query.kinds.length ? ` of ${query.kinds.join(', ')}` : ''}`,
    {
      hint: 'see: usage providers',
    },
  );
}

function whatTheyCan(all: readonly Attempt[]): string {
  const parts = all.flatMap(({connected, attempts}) =>
    attempts.map(({source}) => `${connected.driver.id} ${source.id}: ${abilities(source)}`),
  );
  return [...new Set(parts)].join('; ');
}

/** Says what an account leaves out, leaves unattributed, or counts whole. */
export function noteCapabilities(
  query: Query,
  connected: Connected,
  attempts: readonly (SourcePlan | Incapable)[],
  previous: readonly SourcePlan[],
): void {
  const {session} = connected;
  const plans = attempts.filter(isPlan);
  for (const dimension of query.groupBy) {
    const without = plans.filter(
      ({source, missing}) => !canGroup(source, dimension, query.report) || missing.includes(dimension),
    );
    if (without.length === 0) continue;
    session.note({
      level: 'info',
      code: 'cannot_group',
      message: `(unattributed) holds what cannot be split by ${flagOf(dimension)}: ${byAbility(without)}`,
    });
  }
  const incapable = attempts.filter((attempt): attempt is Incapable => !isPlan(attempt));
  for (const why of ['filter', 'bucket'] as const) {
    const left = incapable.filter(attempt => attempt.why === why);
    if (left.length === 0) continue;
    const reason =
      why === 'filter'
        ? `be filtered by ${flagOf(left[0]?.dimension ?? 'project')}`
        : `be had by the ${query.bucket}`;
    session.note({
      level: 'warning',
      code: `cannot_${why}`,
      message: `${sourcesOf(left)} cannot ${reason} and is left out`,
    });
  }
  // A span that grew on one side only would be compared with another of a different length.
  for (const side of [plans, previous]) {
    const widened = side.find(plan => plan.widened)?.widened;
    if (!widened) continue;
    const names = sourcesOf(side.filter(plan => plan.widened));
    session.note({
      level: 'warning',
      code: 'widened',
      message: `${names} is billed by whole UTC days: ${describeWidened(widened)} is counted`,
    });
  }
}

/** "costs (only by project, line-item); images, moderations (only by project)". */
function byAbility(plans: readonly SourcePlan[]): string {
  const sources = new Map<string, SourcePlan[]>();
  for (const plan of plans) getOrAdd(sources, abilities(plan.source), () => []).push(plan);
  return [...sources].map(([can, alike]) => `${sourcesOf(alike)} (only by ${can})`).join('; ');
}

const sourcesOf = (plans: readonly (SourcePlan | Incapable)[]): string =>
  plans.map(({source}) => source.id).join(', ');

/** Says so when no account knows a filter value: then an empty report is more likely a misspelling than the truth. */
export function noteUnknownFilters(
  accounts: readonly {readonly connected: Connected; readonly unknown: readonly UnknownValue[]}[],
): void {
  const [first] = accounts;
  for (const {dimension, value} of first?.unknown ?? []) {
    const said = accounts.flatMap(({unknown}) =>
      unknown.filter(other => other.dimension === dimension && other.value === value),
    );
    if (said.length < accounts.length) continue;
    const what = `${flagOf(dimension)} "${value}"`;
    const near = [...new Set(said.flatMap(one => one.near ?? []))];
    const meant = near.length > 0 ? `; did you mean ${near.map(name => `"${name}"`).join(' or ')}?` : '';
    first?.connected.session.note({
      level: 'warning',
      code: 'unknown_filter',
      message: said.some(({listed}) => listed)
        ? `no account knows a ${what}${meant}`
        : `no account reports anything of a ${what} in this period`,
    });
  }
}

/** Since when the figures of an account may still change, if the period reaches that far and has begun. */
export function provisionalSince({period, now}: Query, {driver}: Connected): Instant | undefined {
  const settled = driver.settledUntil(now);
  return period.end <= settled || period.start > now ? undefined : later(settled, period.start);
}

/** Says so of an account that has answered. */
export function noteProvisional(query: Query, connected: Connected): void {
  const since = provisionalSince(query, connected);
  if (since === undefined) return;
  connected.session.note({
    level: 'warning',
    code: 'provisional',
    message: `figures from ${formatDate(since)} on are provisional`,
  });
}
