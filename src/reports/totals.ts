import {type Currency, type Decimal, ZERO} from '../core/money.ts';
import type {Row, Total} from '../core/report.ts';
import {Sum} from '../core/sum.ts';
import type {Silence} from '../pipeline/silence.ts';
import {type LineColumn, NONE} from './column.ts';
import {byCurrency, type Line} from './line.ts';
import {change, money} from './money-columns.ts';

/** Whether a line is of an account that tells nothing any more; or has no cost and may be of one. */
export function isSilent(silence: Silence, {account, currency, cost}: Line): boolean {
  const accounts = currency === undefined ? undefined : silence.get(currency);
  if (!accounts || cost !== undefined) return false;
  return account === null || accounts.has(account);
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
    .map(([currency, sums]) => total(currency, sums, silence.has(currency)));
}

function total(
  currency: Currency,
  {cost: costs, previous, hasCost, hasPrevious}: Sums,
  hasSilence: boolean,
): Total {
  const cost = hasCost ? costs.value : null;
  if (!hasPrevious) return {currency, cost};
  const previousCost = previous.value;
  const relative: Decimal | undefined = hasSilence ? undefined : change(costs.value, previousCost);
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
