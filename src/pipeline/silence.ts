import {getOrAdd} from '../core/get-or-add.ts';
import type {Currency} from '../core/money.ts';
import {formatPeriod} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import type {Aggregation} from './aggregate.ts';
import type {Connected} from './connected.ts';

/**
 * By currency, the accounts that told costs of it for the period before and tell none now: whether that is nothing or
 * not told yet nobody knows, so a change would be made up.
 */
export type Silence = ReadonlyMap<Currency, ReadonlySet<string>>;

interface Answered {
  readonly connected: Connected;
  readonly figures: {readonly current: Aggregation; readonly previous: Aggregation};
}

/** Finds who is silent, and has each of them say so. */
export function noteSilence({period, compare}: Query, answered: readonly Answered[]): Silence {
  const silence = new Map<Currency, Set<string>>();
  if (!compare) return silence;
  for (const {connected, figures} of answered) {
    const now = currenciesOf(figures.current);
    for (const currency of currenciesOf(figures.previous)) {
      if (now.has(currency)) continue;
      getOrAdd(silence, currency, () => new Set()).add(connected.account);
      const message = `no costs in ${currency} are told for ${formatPeriod(period)}; for ${formatPeriod(compare)} there were some, so no change is shown`;
      connected.session.note({level: 'warning', code: 'nothing_told', message});
    }
  }
  return silence;
}

const currenciesOf = ({groups}: Aggregation): Set<Currency> =>
  new Set([...groups.values()].flatMap(({costs}) => [...costs.keys()]));
