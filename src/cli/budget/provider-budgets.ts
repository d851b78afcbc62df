import {WARNING_PERCENT} from '../../core/budget.ts';
import type {Scope} from '../../core/budget-scope.ts';
import {periodAround, type Span, soFar} from '../../core/budget-span.ts';
import {UsageError} from '../../core/errors.ts';
import {type Instant, utc} from '../../core/instant.ts';
import type {Currency, Decimal} from '../../core/money.ts';
import {type ProviderBudget, toldSpend} from '../../core/project.ts';
import {measure, type Spend} from '../../pipeline/spend.ts';
import type {Target} from '../../pipeline/spend-scope.ts';
import {type Standing, standingOf, unknownStanding} from '../../pipeline/standing.ts';
import type {BudgetEntry} from '../../reports/budget-entry.ts';
import type {Account} from '../accounts.ts';
import type {Asking} from './asking.ts';
import {problemHint, problemMessage} from './problem.ts';

interface Found {
  readonly account: Account;
  readonly budget: ProviderBudget;
}

export interface ProviderEntries {
  readonly entries: readonly BudgetEntry[];
  /** By account. */
  readonly failures: ReadonlyMap<string, UsageError>;
}

/**
 * The budgets, limits and alerts that providers keep, read only. What the provider does not say is spent is measured
 * over the budget's own period.
 * @param unlimited whether those without a limit are wanted, too
 */
export async function providerEntries(asking: Asking, unlimited: boolean): Promise<ProviderEntries> {
  const failures = new Map<string, UsageError>();
  const lists = await Promise.all(
    asking.accounts.map(async account => {
      try {
        return await budgetsOf(account, asking);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        failures.set(account.name, error.attribute(account.driver.id, account.driver.title, account.name));
        return [];
      }
    }),
  );
  const found = lists.flat().filter(({budget}) => unlimited || budget.amount !== 'unlimited');
  const {now} = asking.measuring;
  const measured = found.filter(({budget}) => budget.period === 'month' && !toldSpend(budget));
  const spends = await measure(
    measured.map(one => targetOf(one, now)),
    asking.measuring,
    'running',
  );
  const entries = found.map(one => toEntry(one, spends[measured.indexOf(one)], asking));
  for (const spend of spends) for (const [account, error] of spend.failures) failures.set(account, error);
  return {entries, failures};
}

async function budgetsOf(account: Account, {measuring}: Asking): Promise<readonly Found[]> {
  const {projects} = account.driver;
  const [connected] = measuring.open([account.name]);
  if (!projects || !connected) return [];
  const {now} = measuring;
  const query = {
    now,
    window: soFar(periodAround('month', now, 1), now),
    parts: new Set(['limits', 'alerts', 'quotas'] as const),
  };
  const {budgets} = await projects.list(query, connected.session);
  return budgets.map(budget => ({account, budget}));
}

/** Where the provider tells of no month, what it says is spent is of all time. */
const spanOf = ({period}: ProviderBudget, now: Instant): Span =>
  period === 'month' ? periodAround('month', now, 1) : {start: utc(1970, 1), end: undefined};

/** What the provider says goes before what was worked out: it may have reserved something. */
function standingFrom({period, remaining}: ProviderBudget, standing: Standing): Standing {
  const span = period === 'month' ? standing.span : undefined;
  return {...standing, span, ...(remaining && {remaining: remaining.amount})};
}

function targetOf({account, budget}: Found, now: Instant): Target {
  return {
    scope: scopeOf(account, budget),
    window: soFar(periodAround('month', now, 1), now),
    only: account.name,
  };
}

function scopeOf({name}: Account, {scope}: ProviderBudget): Scope {
  const owner = {kind: 'account', name} as const;
  switch (scope.level) {
    case 'account':
      return {kind: 'owner', owner};
    case 'project':
      return {kind: 'project', owner, project: scope.project.id};
    case 'user':
      return {kind: 'user', user: scope.user.id};
  }
}

/** For people; an id only where there is no name. */
function scopeText({name}: Account, {scope}: ProviderBudget): string {
  switch (scope.level) {
    case 'account':
      return name;
    case 'project':
      return `${name}/${scope.project.name ?? scope.project.id}`;
    case 'user':
      return `${name} user:${scope.user.name ?? scope.user.id}`;
  }
}

function toEntry(
  {account, budget}: Found,
  measured: Spend | undefined,
  {measuring, preferences}: Asking,
): BudgetEntry {
  const scope = scopeText(account, budget);
  const amount = budget.amount === 'unlimited' ? null : budget.amount.amount;
  const currency = currencyOf(budget);
  const said = toldSpend(budget);
  const spend = measured ?? (said && told(said));
  const standing = spend
    ? standingFrom(
        budget,
        standingOf(
          {amount, currency},
          spanOf(budget, measuring.now),
          spend,
          preferences.rates,
          measuring.now,
        ),
      )
    : standingFrom(budget, unknownStanding({kind: 'untold'}));
  return {
    scope,
    keptBy: account.driver.id,
    kind: budget.kind,
    provider: account.driver.id,
    account: account.name,
    amount,
    currency,
    period: budget.period,
    enforced: budget.enforced,
    warn: [WARNING_PERCENT],
    standing,
    overSince: undefined,
    notCounted: measured?.blind ?? [],
    error: problemMessage({scope, currency}, standing, spend),
    hint: problemHint({scope, currency}, standing, spend),
    remark: budget.remark,
  };
}

const currencyOf = ({amount, spent}: ProviderBudget): Currency =>
  amount === 'unlimited' ? (spent?.currency ?? 'USD') : amount.currency;

/** What the provider says was spent, as if it had been measured. */
const told = ({amount, currency}: {readonly amount: Decimal; readonly currency: Currency}): Spend => ({
  costs: new Map([[currency, amount]]),
  before: undefined,
  days: undefined,
  undecided: new Map(),
  failures: new Map(),
  blind: [],
  missing: undefined,
});
