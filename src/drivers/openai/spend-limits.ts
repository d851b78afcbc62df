import * as z from 'zod/mini';
import {ProviderError} from '../../core/errors.ts';
import {type Decimal, decimal, type Money, multiply} from '../../core/money.ts';
import type {BudgetScope, ProviderBudget} from '../../core/project.ts';
import {decimalSchema} from '../decimal-schema.ts';
import type {Session} from '../driver.ts';
import {ifVisible, noteHidden, type Part} from '../visible.ts';
import {listPages} from './lists.ts';
import {projectPath} from './projects.ts';

/** Costs are dollars, limits and alerts are cents. */
const CENT = decimal('0.01');

const amountFields = {
  threshold_amount: decimalSchema,
  currency: z.string(),
  interval: z.string(),
};
const limitSchema = z.object({
  ...amountFields,
  enforcement: z.nullish(z.object({status: z.nullish(z.string())})),
});
const alertSchema = z.object({id: z.string(), ...amountFields});

const LIMITS: Part = {
  what: 'spend limits',
  needs: "an admin API key that may read the organization's limits, made by one of its owners",
};
const ALERTS: Part = {...LIMITS, what: 'spend alerts'};

const pathOf = (scope: BudgetScope, what: string): string =>
  scope.level === 'project' ? projectPath(scope.project.id, what) : `/organization/${what}`;

/** The limit of the organization or of a project. The API answers 404 where none is set: that is `unlimited`. */
export async function spendLimit(scope: BudgetScope, session: Session): Promise<ProviderBudget[]> {
  try {
    const limit = await ifVisible(session, LIMITS, () => askForLimit(scope, session));
    if (limit === undefined) return [];
    if (limit === 'none') return [{scope, kind: 'limit', amount: 'unlimited', period: 'month'}];
    const enforced = ENFORCED.get(limit.enforcement?.status ?? '');
    return toBudgets(limit, session, amount => ({
      scope,
      kind: 'limit',
      amount,
      period: periodOf(limit.interval),
      ...(enforced === undefined ? {} : {enforced}),
    }));
  } catch (error) {
    if (!(error instanceof UnknownPathError)) throw error;
    noteHidden(session, LIMITS, error);
    return [];
  }
}

const ENFORCED: ReadonlyMap<string, boolean> = new Map([
  ['enforcing', true],
  ['inactive', false],
]);

/** The API is older than its spend limits: then nobody knows of a limit, rather than there being none. */
class UnknownPathError extends Error {}

async function askForLimit(
  scope: BudgetScope,
  session: Session,
): Promise<z.infer<typeof limitSchema> | 'none'> {
  try {
    return await session.get(pathOf(scope, 'spend_limit'), {schema: limitSchema});
  } catch (error) {
    if (!(error instanceof ProviderError && error.code === 'not_found')) throw error;
    if (/invalid url/i.test(error.message)) throw new UnknownPathError();
    return 'none';
  }
}

/** Mails are sent at these; nothing is stopped. */
export async function spendAlerts(scope: BudgetScope, session: Session): Promise<ProviderBudget[]> {
  const budgets = await ifVisible(session, ALERTS, async () => {
    const found: ProviderBudget[] = [];
    for await (const page of listPages(session, pathOf(scope, 'spend_alerts'), alertSchema)) {
      for (const alert of page) {
        const period = periodOf(alert.interval);
        found.push(...toBudgets(alert, session, amount => ({scope, kind: 'alert', amount, period})));
      }
    }
    return found;
  });
  return budgets ?? [];
}

const periodOf = (interval: string): ProviderBudget['period'] => (interval === 'month' ? 'month' : 'unknown');

/** Only of dollars is it known that a hundred of the API's units make one: anything else is left out and said. */
function toBudgets(
  {threshold_amount, currency}: {readonly threshold_amount: Decimal; readonly currency: string},
  session: Session,
  make: (amount: Money) => ProviderBudget,
): ProviderBudget[] {
  const code = currency.toUpperCase();
  if (code === 'USD') return [make({amount: multiply(threshold_amount, CENT), currency: code})];
  const message = `a limit or alert in ${code.slice(0, 20)} is left out: only those in US dollars are known to be cents`;
  session.note({level: 'warning', code: 'unknown_unit', message});
  return [];
}
