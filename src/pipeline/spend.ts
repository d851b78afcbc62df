import type {Scope} from '../core/budget-scope.ts';
import {daysOf} from '../core/budget-span.ts';
import type {UsageError} from '../core/errors.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import {type Instant, addDays as plusDays, startOfDay} from '../core/instant.ts';
import type {Currency, Decimal} from '../core/money.ts';
import {intersect, isEmpty} from '../core/period.ts';
import type {Group} from './aggregate.ts';
import type {Connected} from './connected.ts';
import {Answers, type Question} from './spend-answers.ts';
import {ProjectLists} from './spend-doubt.ts';
import {addCosts, addDays, type Costs, Part} from './spend-part.ts';
import {type Asked, groupFilter, questionOf, ScopeNames, type Target} from './spend-scope.ts';
import {undecidedOf} from './spend-undecided.ts';

/** What a scope cost, as billed, and everything that stands in the way of calling it that. */
export interface Spend {
  readonly costs: Costs;
  /** The same up to the running day; undefined if that cannot be told. */
  readonly before: Costs | undefined;
  /** By UTC day; undefined if not all of it can be told by day. */
  readonly days: ReadonlyMap<Currency, ReadonlyMap<Instant, Decimal>> | undefined;
  /** In `(other)`: some of it may belong to the scope, nobody can say how much. */
  readonly undecided: Costs;
  /** By account: those that failed, so that what they bill is missing. */
  readonly failures: ReadonlyMap<string, UsageError>;
  /** Accounts that cannot tell such costs apart, by name; what they bill is not looked at. */
  readonly blind: readonly string[];
  /** `no_account`: nobody to ask. `unknown`: every account that was asked says that there is no such project. */
  readonly missing: 'no_account' | 'unknown' | undefined;
  /** Nothing was billed for a project that nobody could say exists: its name may be wrong. */
  readonly unconfirmed?: boolean;
  /** Where it is unknown: the names and ids that there are. */
  readonly known?: readonly string[];
}

/** How much is wanted beside the sums: nothing, what was spent before the running day, or every day. */
export type Detail = 'sums' | 'running' | 'days';

export interface Measuring {
  /** All accounts there are. */
  readonly accounts: readonly Asked[];
  /** Opens sessions of some accounts: every question has its own, because a failure ends them. */
  open(names: readonly string[]): readonly Connected[];
  readonly now: Instant;
}

/** A source that tells no days takes one request for each; for more days than this it is not asked. */
const MAX_DAYS = 400;

const NOTHING: Spend = {
  costs: new Map(),
  before: new Map(),
  days: new Map(),
  undecided: new Map(),
  failures: new Map(),
  blind: [],
  missing: undefined,
};

/** Measures targets; those over the same time and of one kind share their requests. Failures are part of the result. */
export async function measure(
  targets: readonly Target[],
  measuring: Measuring,
  detail: Detail,
): Promise<readonly Spend[]> {
  const answers = new Answers(measuring);
  const names = new ScopeNames(measuring);
  const lists = new ProjectLists(measuring);
  const questions = targets.map(target => questionOf(target, measuring.accounts));
  answers.plan(questions.filter(({window}) => !isEmpty(window)));
  return Promise.all(
    targets.map(async ({scope, only}, index) => {
      const question = questions[index];
      if (!question) return NOTHING;
      if (question.accounts.length === 0)
        return {...NOTHING, blind: question.blind, missing: 'no_account' as const};
      if (isEmpty(question.window)) return {...NOTHING, blind: question.blind};
      const spend = await measureOne(scope, question, {answers, names, now: measuring.now, detail});
      // Who asks for a project of one account has it from a list.
      return only === undefined ? confirmed(spend, scope, question, lists) : spend;
    }),
  );
}

/** Nothing billed is 0 only for what exists: a mistyped project would be within its budget for ever. */
async function confirmed(
  spend: Spend,
  scope: Scope,
  {accounts, window}: Question,
  lists: ProjectLists,
): Promise<Spend> {
  if (scope.kind !== 'project' || spend.costs.size > 0 || spend.failures.size > 0) return spend;
  const {is, known} = await lists.find(scope.project, accounts, window);
  if (is === 'listed') return {...spend, missing: undefined};
  if (is === 'unlisted') return {...spend, missing: 'unknown', known};
  return spend.missing ? {...spend, known} : {...spend, unconfirmed: true};
}

interface Tools {
  readonly answers: Answers;
  readonly names: ScopeNames;
  readonly now: Instant;
  readonly detail: Detail;
}

async function measureOne(scope: Scope, question: Question, tools: Tools): Promise<Spend> {
  const [resolved, answer] = await Promise.all([
    tools.names.resolve(scope, question),
    tools.answers.to(question),
  ]);
  const failures = new Map(
    question.accounts.flatMap(account => {
      const error = resolved.failures.get(account) ?? answer.failures.get(account);
      return error ? [[account, error] as const] : [];
    }),
  );
  const answered = answer.groups.filter(({account}) => account === null || !failures.has(account));
  const wants = groupFilter(scope, question, resolved.ids);
  const parts = partsOf(answered.filter(wants));
  const concerned = answered.filter(({account}) => question.accounts.includes(account ?? ''));
  const undecided = undecidedOf(concerned, scope, wants, resolved.ids);
  const whole = failures.size === 0 && undecided.size === 0;
  if (whole) await completeDays(parts, wants, question, tools);
  return {
    costs: addCosts([...parts.values()].map(({costs}) => costs)),
    before: whole ? spentBefore([...parts.values()], startOfDay(tools.now)) : undefined,
    days:
      whole && [...parts.values()].every(({isDated}) => isDated) ? addDays([...parts.values()]) : undefined,
    undecided,
    failures,
    blind: question.blind,
    missing: resolved.unknown && parts.size === 0 ? 'unknown' : undefined,
  };
}

/** By account; what several accounts share stands under the empty name. */
function partsOf(groups: readonly Group[]): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const group of groups) getOrAdd(parts, group.account ?? '', () => new Part()).add(group);
  return parts;
}

function spentBefore(parts: readonly Part[], today: Instant): Costs | undefined {
  const known = parts.map(part => part.before(today));
  return known.includes(undefined) ? undefined : addCosts(known.flatMap(costs => costs ?? []));
}

/** Asks accounts that tell no days once more: for the running day by itself, or for each day. */
async function completeDays(
  parts: ReadonlyMap<string, Part>,
  wants: (group: Group) => boolean,
  question: Question,
  {answers, now, detail}: Tools,
): Promise<void> {
  const undated = [...parts].filter(([, part]) => !part.isDated);
  if (undated.length === 0 || detail === 'sums') return;
  const today = startOfDay(now);
  const running = intersect(question.window, {start: today, end: plusDays(today, 1)});
  const daily = detail === 'days' && daysOf(question.window) <= MAX_DAYS;
  const names = undated.map(([account]) => account);
  const accounts = question.accounts.filter(account => names.includes(account) || names.includes(''));
  const more: Question = {
    ...question,
    accounts,
    ...(daily ? {bucket: 'day' as const} : {window: running}),
  };
  if (!daily && isEmpty(running)) {
    for (const [, part] of undated) part.takeRunning(undefined);
    return;
  }
  const answer = await answers.to(more);
  if (answer.failures.size > 0) return; // the sums stay, without days
  const told = partsOf(answer.groups.filter(wants));
  for (const [account, part] of undated) {
    if (daily) part.takeDays(told.get(account));
    else part.takeRunning(told.get(account));
  }
}
