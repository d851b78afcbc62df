import type {Notice} from '../../core/notice.ts';
import {ratesInWords} from '../../core/rates.ts';
import type {BudgetEntry} from '../../reports/budget-entry.ts';

/** Says so wherever figures rest on a person's own rates. */
export function rateNotices(entries: readonly BudgetEntry[]): Notice[] {
  const rates = new Map(entries.flatMap(({standing}) => [...standing.rates]));
  if (rates.size === 0) return [];
  return [{level: 'info', code: 'own_rates', message: `converted at your own rates: ${ratesInWords(rates)}`}];
}
