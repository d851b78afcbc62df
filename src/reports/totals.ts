import {getOrAdd} from '../core/get-or-add.ts';
import {type Currency, type Decimal, ZERO} from '../core/money.ts';
import type {Row, Total} from '../core/report.ts';
import {Sum} from '../core/sum.ts';
import type {Figures} from '../pipeline/run.ts';
import {type LineColumn, NONE} from './column.ts';
import {byCurrency, type Line} from './line.ts';
import {change, money} from './money-columns.ts';

/** Whose costs of a currency were told for the period before and are not now. */
export interface Silence {
  /** Whether a line is of such an account; or has no cost and may be of one. */
  isOf(line: Line): boolean;
  isIn(currency: Currency): boolean;
}

/** Looks for accounts that tell nothing any more: whether that is nothing or not told yet nobody knows, so a change would be made up. */
export function findSilence({current, previous}: Pick<Figures, 'current' | 'previous'>): Silence {
  const told = accountsByCurrency(current);
  const silent = new Map<Currency, ReadonlySet<string | null>>();
  for (const [currency, accounts] of accountsByCurrency(previous)) {
    const missing = new Set([...accounts].filter(account => !told.get(currency)?.has(account)));
    if (missing.size > 0) silent.set(currency, missing);
  }
  return {
    isOf({account, currency, cost}) {
      const accounts = currency === undefined ? undefined : silent.get(currency);
      if (!accounts || cost !== undefined) return false;
      return account === null || accounts.has(account);
    },
    isIn: currency => silent.has(currency),
  };
}

function accountsByCurrency({groups}: Figures['current']): Map<Currency, Set<string | null>> {
  const accounts = new Map<Currency, Set<string | null>>();
  for (const {account, costs} of groups.values())
    for (const currency of costs.keys())
      getOrAdd(accounts, currency, () => new Set<string | null>()).add(account);
  return accounts;
}

interface Sums {
  readonly cost: Sum;
  readonly previous: Sum;
  hasCost: boolean;
  hasPrevious: boolean;
}

/** What the lines add up to, for each currency. */
export function totalsOf(lines: readonly Line[], silence: Silence): Total[] {
  const all = new Map<Currency, Sums>();
  for (const line of lines) {
    const {currency, cost, previous} = line;
    if (currency === undefined) continue;
    const sums = all.get(currency) ?? {
      cost: new Sum(),
      previous: new Sum(),
      hasCost: false,
      hasPrevious: false,
    };
    all.set(currency, sums);
    sums.cost.add(cost ?? ZERO);
    sums.previous.add(previous ?? ZERO);
    sums.hasCost ||= cost !== undefined;
    sums.hasPrevious ||= previous !== undefined;
  }
  return [...all]
    .sort(([a], [b]) => byCurrency(a, b))
    .map(([currency, sums]) => total(currency, sums, silence.isIn(currency)));
}

function total(
  currency: Currency,
  {cost: costs, previous, hasCost, hasPrevious}: Sums,
  isSilent: boolean,
): Total {
  const cost = hasCost ? costs.value : null;
  if (!hasPrevious) return {currency, cost};
  const previousCost = previous.value;
  const relative: Decimal | undefined = isSilent ? undefined : change(costs.value, previousCost);
  return {currency, cost, previousCost, ...(relative === undefined ? {} : {change: relative})};
}

/** The line below the table for one currency. */
export function footerRow(
  {currency, cost, previousCost, change: relative}: Total,
  columns: readonly LineColumn[],
): Row {
  const labelled = columns.find(({footer, shown}) => footer === 'label' && shown === 'everywhere');
  return columns.map(column => {
    if (column === labelled) return {type: 'text', value: 'Total'};
    if (column.footer === 'cost') return money(cost ?? undefined, currency);
    if (column.footer === 'previous') return money(previousCost, currency);
    return column.footer === 'change' && relative !== undefined ? {type: 'change', value: relative} : NONE;
  });
}
