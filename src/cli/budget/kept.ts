import type {Budget} from '../../core/budget.ts';
import type {BudgetStore} from '../../store/budgets.ts';
import type {Context} from '../context.ts';
import {isThere, storeOptions} from '../preferences.ts';
import {storeDirectoryOf} from '../store-directory.ts';

type Warn = (message: string) => void;

/** budgets.json, to change it. Who only reads asks `keptBudgets`. */
export async function openKept(context: Context, warn: Warn): Promise<BudgetStore> {
  const {openBudgets} = await import('../../store/budgets.ts');
  return openBudgets(storeOptions(context, warn));
}

/** All budgets that are kept here; nothing is loaded if there is no such file. Throws StoreError if it is unsound. */
export async function keptBudgets(context: Context, warn: Warn): Promise<readonly Budget[]> {
  if (!isThere(storeDirectoryOf(context), ['budgets.json'])) return [];
  return (await openKept(context, warn)).read();
}
