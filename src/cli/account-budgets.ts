import {type Budget, budgetKey} from '../core/budget.ts';
import {formatScope, parseScope, type Scope} from '../core/budget-scope.ts';
import {InputError, StoreError} from '../core/errors.ts';
import {drivers} from '../drivers/index.ts';
import {shellWord} from '../store/read-private.ts';
import {keptBudgets} from './budget/kept.ts';
import type {Context} from './context.ts';

const isProvider = (name: string): boolean => drivers.some(({id}) => id === name);

/** The account that a scope is about; a name that is a provider's, too, means the provider unless the scope says so. */
function accountOf(scope: Scope | undefined): string | undefined {
  if (scope?.kind !== 'owner' && scope?.kind !== 'project') return undefined;
  const {kind, name} = scope.owner;
  return kind === 'account' || (kind === 'either' && !isProvider(name)) ? name : undefined;
}

/** Budgets of an account and its projects. */
export const budgetsOf = (account: string, budgets: readonly Budget[]): readonly Budget[] =>
  budgets.filter(({scope}) => accountOf(parseScope(scope)) === account);

/** Budgets as they are once an account has another name. Throws InputError if there are such already. */
export function carryBudgets(budgets: readonly Budget[], from: string, to: string): readonly Budget[] {
  const carried = budgets.map(budget => ({...budget, scope: renamed(budget.scope, from, to)}));
  const keys = carried.map(budgetKey);
  const twice = carried.find((budget, place) => keys.indexOf(budgetKey(budget)) !== place);
  if (!twice) return carried;
  throw new InputError(
    `"${from}" has a budget that would be the second of ${twice.scope} (${twice.period})`,
    {
      rule: 'one of each scope and period',
      hint: `remove one of the two first: usage budget remove ${shellWord(twice.scope)} --period ${twice.period}`,
    },
  );
}

function renamed(text: string, from: string, to: string): string {
  const scope = parseScope(text);
  if (accountOf(scope) !== from || (scope?.kind !== 'owner' && scope?.kind !== 'project')) return text;
  const kind = isProvider(to) ? 'account' : scope.owner.kind;
  return formatScope({...scope, owner: {kind, name: to}});
}

/** What to say of an account that is gone. Budgets that cannot be read are no reason not to say that it is. */
export async function orphanedBudgets(account: string, context: Context): Promise<readonly string[]> {
  try {
    const warnings: string[] = [];
    const budgets = budgetsOf(account, await keptBudgets(context, message => warnings.push(message)));
    return budgets.map(
      ({scope, period}) =>
        `the budget of ${scope} (${period}) is about nobody now: usage budget remove ${shellWord(scope)} --period ${period}`,
    );
  } catch (error) {
    if (error instanceof StoreError) return [`warning: ${error.message}`];
    throw error;
  }
}
