import Big from 'big.js';
import {addDays, parseDate, startOfDay} from '../../../src/core/instant.ts';
import type {ProviderName} from '../providers.ts';
import {NOW} from '../session.ts';
import {CHARGES, JOBS, METERED} from './data.ts';

/** One thing that was billed, whoever billed it. */
export interface Bill {
  readonly provider: ProviderName;
  /** Day of the bill, or the moment that it is for. */
  readonly at: number;
  readonly currency: 'USD' | 'MIOSA_CREDIT_CENTS';
  readonly amount: string;
  readonly labels: {readonly [dimension: string]: string | null};
}

/** Everything that the three servers bill, as it happened and not as they tell it. */
const BILLS: readonly Bill[] = [
  ...CHARGES.map(
    ({day, project, line, key, value}): Bill => ({
      provider: 'openai',
      at: day,
      currency: 'USD',
      amount: value,
      labels: {project, line_item: line, api_key: key},
    }),
  ),
  ...JOBS.map(
    ({day, job, project, user, amount}): Bill => ({
      provider: 'ionq',
      at: day,
      currency: 'USD',
      amount,
      labels: {job, project, user},
    }),
  ),
  ...METERED.map(
    (row): Bill => ({
      provider: 'miosa',
      at: row.at,
      currency: 'MIOSA_CREDIT_CENTS',
      amount: row.credit_cents,
      labels: {user: row.external_user_id, project: row.external_project_id, workspace: row.workspace_id},
    }),
  ),
];

/** Bills of some days, both included; none after the running day. */
export function billsOf(first: string, last: string): readonly Bill[] {
  const [start, end] = [parseDate(first)!, addDays(parseDate(last)!, 1)];
  return BILLS.filter(({at}) => start <= at && at < end && at < addDays(startOfDay(NOW), 1));
}

/** Adds up text by text: what each key comes to, exactly. */
export function sumBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  amountOf: (item: T) => string,
): {[key: string]: string} {
  const sums = new Map<string, Big>();
  for (const item of items) {
    const key = keyOf(item);
    sums.set(key, (sums.get(key) ?? new Big(0)).plus(amountOf(item)));
  }
  return Object.fromEntries(
    [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, sum]) => [key, sum.eq(0) ? '0' : sum.toFixed()]),
  );
}

export const totalsOf = (bills: readonly Bill[]): {[currency: string]: string} =>
  sumBy(
    bills,
    ({currency}) => currency,
    ({amount}) => amount,
  );
