import {BUDGET_PERIODS} from '../../core/budget.ts';
import {
  DECIMAL,
  described,
  type JsonSchema,
  jsonDocument,
  list,
  object,
  oneOf,
  TEXT,
} from '../../core/json-schema.ts';
import {reportDocument} from '../../render/json-schema.ts';
import {budgetColumns, checkColumns} from '../../reports/budget-columns.ts';

export const LIST_SCHEMA: JsonSchema = reportDocument(
  'usage/budget@1',
  'usage budget list: how budgets stand',
  budgetColumns,
);

export const CHECK_SCHEMA: JsonSchema = reportDocument(
  'usage/budget-check@1',
  'usage budget check: which budgets are over',
  checkColumns,
);

/** Budgets as they are kept: what `set`, `remove` and `import` print. `export` prints the same without `schema`. */
export const KEPT_SCHEMA: JsonSchema = jsonDocument(
  'usage/budgets@1',
  'usage budget: budgets as they are kept',
  {
    version: {const: 1},
    budgets: list(
      object(
        {
          scope: TEXT,
          amount: described('a decimal as text, or unlimited', TEXT),
          currency: TEXT,
          period: oneOf(BUDGET_PERIODS),
        },
        {
          starts: described('the first day that counts', TEXT),
          cycleDay: {type: 'integer', minimum: 1, maximum: 31},
          warn: described('percents of the amount', list(DECIMAL)),
        },
      ),
    ),
  },
);
