import * as z from 'zod/mini';
import {BUDGET_PERIODS, type Budget, budgetKey, compareBudgets} from '../core/budget.ts';
import {formatScope, parseScope} from '../core/budget-scope.ts';
import {formatDate, type Instant, parseDate} from '../core/instant.ts';
import {type Decimal, parseDecimal} from '../core/money.ts';
import type {Format} from './document.ts';
import {changeDocument, openFolder, type StoreOptions} from './folder.ts';

const scopeSchema = z.string().check(
  z.refine(text => {
    const scope = parseScope(text);
    return scope !== undefined && formatScope(scope) === text;
  }),
);

/** Text, because JSON numbers become floats in many hands. */
const amountSchema = z.pipe(
  z.string().check(z.regex(/^(?:unlimited|\d{1,18}(?:\.\d{1,12})?)$/)),
  z.transform((text): Decimal | null => parseDecimal(text) ?? null),
);

const dateSchema = z.pipe(
  z.string(),
  z.transform((text, context): Instant => {
    const at = parseDate(text);
    if (at !== undefined) return at;
    context.issues.push({code: 'custom', message: 'is no date', input: text});
    return z.NEVER;
  }),
);

const percentSchema = z.pipe(
  z.number().check(z.gt(0), z.lte(1_000), z.multipleOf(0.01)),
  z.transform((percent): Decimal => parseDecimal(percent) ?? z.NEVER),
);

const budgetSchema = z.strictObject({
  scope: scopeSchema,
  amount: amountSchema,
  currency: z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,63}$/)),
  period: z.enum(BUDGET_PERIODS),
  starts: z.optional(dateSchema),
  cycleDay: z.optional(z.int().check(z.gte(1), z.lte(31))),
  warn: z.optional(z.array(percentSchema).check(z.minLength(1), z.maxLength(20))),
});

const file = z.strictObject({version: z.literal(1), budgets: z.array(budgetSchema)}).check(
  z.refine(({budgets}) => new Set(budgets.map(budgetKey)).size === budgets.length, {
    path: ['budgets'],
    message: 'holds a scope and period twice',
  }),
  z.refine(({budgets}) => budgets.every(({period, starts}) => period !== 'total' || starts !== undefined), {
    path: ['budgets'],
    message: 'holds a total without its first day',
  }),
);

/** budgets.json: fit to be kept under version control; `export` and `import` speak it, too. */
export const BUDGETS: Format<readonly Budget[]> = {
  name: 'budgets.json',
  rule: '{"version": 1, "budgets": [{"scope", "amount", "currency", "period", "starts"?, "cycleDay"?, "warn"?}]}',
  remedy: 'mend it by hand, or move it away and bring back a copy: usage budget import <file>',
  empty: [],
  schema: z.pipe(
    file,
    z.transform(({budgets}): readonly Budget[] =>
      budgets.map(({starts, cycleDay, warn, ...budget}) => ({
        ...budget,
        ...(starts !== undefined && {starts}),
        ...(cycleDay !== undefined && {cycleDay}),
        ...(warn !== undefined && {warn}),
      })),
    ),
  ),
  encode: budgets => ({version: 1, budgets: [...budgets].sort(compareBudgets).map(encodeBudget)}),
};

const encodeBudget = ({scope, amount, currency, period, starts, cycleDay, warn}: Budget) => ({
  scope,
  amount: amount ?? 'unlimited',
  currency,
  period,
  ...(starts !== undefined && {starts: formatDate(starts)}),
  ...(cycleDay !== undefined && {cycleDay}),
  ...(warn !== undefined && {warn: warn.map(Number)}),
});

/** Budgets as a file of their own, for version control: the same text for the same budgets. */
export const printBudgets = (budgets: readonly Budget[]): string =>
  `${JSON.stringify(BUDGETS.encode(budgets), undefined, 2)}\n`;

/** The same with the name of its schema, for scripts that ask what was changed. */
export const describeBudgets = (budgets: readonly Budget[]): string =>
  `${JSON.stringify({schema: 'usage/budgets@1', ...BUDGETS.encode(budgets)}, undefined, 2)}\n`;

/** The budgets that are kept on this machine. Throws StoreError if the file is unsound; none repairs it. */
export interface BudgetStore {
  readonly path: string;
  read(): Promise<readonly Budget[]>;
  /** Replaces them, under the lock, with what `edit` makes of them, and gives that. `edit` may run twice and may throw. */
  change(edit: (now: readonly Budget[]) => readonly Budget[]): Promise<readonly Budget[]>;
}

export function openBudgets(options: StoreOptions): BudgetStore {
  const folder = openFolder(options);
  const document = folder.document(BUDGETS);
  return {
    path: document.path,
    read: () => document.read(),
    change: edit => changeDocument(folder, document, edit),
  };
}
