import {type Budget, budgetKey} from '../../core/budget.ts';
import {formatScope, parseScope} from '../../core/budget-scope.ts';
import {InputError} from '../../core/errors.ts';
import {formatDate} from '../../core/instant.ts';
import {drivers} from '../../drivers/index.ts';
import {money} from '../../render/figures.ts';
import {sanitize} from '../../render/sanitize.ts';
import {describeBudgets} from '../../store/budgets.ts';
import {listAccounts} from '../accounts.ts';
import type {Context} from '../context.ts';
import type {RemoveFlags, SetFlags} from './flags.ts';
import {openKept} from './kept.ts';
import {parseBudget, parseBudgetPeriod} from './parse-budget.ts';
import {readScope} from './scopes.ts';

const sayer = (context: Context) => (line: string) => context.stderr.write(`${sanitize(line)}\n`);

/** Keeps a budget, in the place of the one of the same scope and period. */
export async function setBudget(
  scopeText: string,
  amount: string,
  flags: SetFlags,
  context: Context,
): Promise<number> {
  const say = sayer(context);
  const warn = (message: string) => void say(`warning: ${message}`);
  const scope = formatScope(readScope(scopeText, await accountNames(scopeText, context, warn)));
  const budget = parseBudget(scope, amount, flags);
  const store = await openKept(context, warn);
  let before: Budget | undefined;
  await store.change(budgets => {
    before = budgets.find(other => budgetKey(other) === budgetKey(budget));
    return [...budgets.filter(other => other !== before), budget];
  });
  if (flags.json) await context.stdout.write(describeBudgets([budget]));
  const was = before && describe(before) !== describe(budget) ? `, was ${describe(before)}` : '';
  await say(`${scope}: ${describe(budget)}${was}`);
  return 0;
}

/** Only a name that is no provider's makes it worth opening the store of accounts. */
async function accountNames(
  text: string,
  context: Context,
  warn: (message: string) => void,
): Promise<readonly string[]> {
  const scope = parseScope(text);
  if (scope && scope.kind !== 'owner' && scope.kind !== 'project') return [];
  if (scope && drivers.some(({id}) => id === scope.owner.name)) return [];
  return (await listAccounts(context, warn)).map(({name}) => name);
}

/** "$500.00 a month from 2026-11-01, warning at 50 %". */
export function describe({amount, currency, period, starts, cycleDay, warn}: Budget): string {
  const much = amount === null ? `unlimited (${currency})` : money(amount, currency);
  const often = period === 'total' ? 'in total' : `a ${period}`;
  return [
    `${much} ${often}`,
    ...(cycleDay === undefined ? [] : [`beginning on day ${cycleDay}`]),
    ...(starts === undefined ? [] : [`from ${formatDate(starts)} on`]),
    ...(warn === undefined ? [] : [`warning at ${warn.map(percent => `${percent}%`).join(', ')}`]),
  ].join(', ');
}

/** Removes the budget of a scope; where there are several, the period says which. */
export async function removeBudget(scopeText: string, flags: RemoveFlags, context: Context): Promise<number> {
  const say = sayer(context);
  const store = await openKept(context, message => void say(`warning: ${message}`));
  const period = flags.period === undefined ? undefined : parseBudgetPeriod(flags.period);
  const given = parseScope(scopeText);
  let removed: readonly Budget[] = [];
  const pick = (budgets: readonly Budget[]) => {
    const ofScope = budgets.filter(({scope}) => isSame(scope, scopeText, given && formatScope(given)));
    const picked = ofScope.filter(budget => period === undefined || budget.period === period);
    if (picked.length === 0) throw noBudget(scopeText, period, ofScope, budgets);
    if (picked.length > 1 && !flags.all) {
      throw new InputError(`"${scopeText}" has ${picked.length} budgets`, {
        rule: picked.map(budget => `--period ${budget.period}`).join(', '),
        hint: 'say which, or --all',
      });
    }
    return picked;
  };
  await store.change(budgets => {
    removed = pick(budgets);
    return budgets.filter(budget => !removed.includes(budget));
  });
  if (flags.json) await context.stdout.write(describeBudgets(removed));
  for (const budget of removed) await say(`removed ${budget.scope}: ${describe(budget)}`);
  return 0;
}

/** `account:` and `provider:` may stand before a name that does not need it. */
export const isSame = (kept: string, ...given: readonly (string | undefined)[]): boolean =>
  given.some(text => text === kept || text?.replace(/^(?:account|provider):/, '') === kept);

export function noBudget(
  scope: string,
  period: string | undefined,
  ofScope: readonly Budget[],
  all: readonly Budget[],
): InputError {
  if (all.length === 0)
    return new InputError('no budget is kept here', {hint: 'set one: usage budget set <scope> <amount>'});
  if (ofScope.length > 0 && period !== undefined)
    return new InputError(`"${scope}" has no budget a ${period}`, {
      rule: ofScope.map(budget => budget.period).join(', '),
    });
  const scopes = [...new Set(all.map(budget => budget.scope))];
  return new InputError(`"${scope}" has no budget`, {
    rule: scopes.length > 20 ? 'see: usage budget list' : scopes.join(', '),
    nearest: [scope, scopes],
  });
}
