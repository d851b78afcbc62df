import type {Scope} from '../core/budget-scope.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import type {Instant} from '../core/instant.ts';
import type {Currency} from '../core/money.ts';
import {ZERO} from '../core/money.ts';
import {OTHER} from '../core/record.ts';
import {Sum} from '../core/sum.ts';
import type {Billed, Group} from './aggregate.ts';
import type {Costs} from './spend-part.ts';

/**
 * What of `(other)` may belong to a scope. A project or user that is listed on a day is not in that day's `(other)`:
 * only the days without it are undecided. Where days are not told, all of it is.
 * @param wants says which groups belong to the scope
 * @param ids of the scope, by account; one that is never listed, because it is a name, decides nothing
 */
export function undecidedOf(
  groups: readonly Group[],
  scope: Scope,
  wants: (group: Group) => boolean,
  ids: ReadonlyMap<string, readonly string[]>,
): Costs {
  const sums = new Map<Currency, Sum>();
  const listed = scope.kind === 'project' || scope.kind === 'user' ? groups.filter(wants) : [];
  for (const {account, labels, costs} of groups) {
    if (!labels.includes(OTHER)) continue;
    const own = listed.filter(group => group.account === account);
    const certain = daysWithAll(own, ids.get(account ?? '') ?? []);
    for (const [currency, billed] of costs)
      getOrAdd(sums, currency, () => new Sum()).add(leftOf(billed, certain));
  }
  return new Map([...sums].flatMap(([currency, {value}]) => (value === ZERO ? [] : [[currency, value]])));
}

/** The days on which every id is listed, also those that were found by their name. */
function daysWithAll(listed: readonly Group[], ids: readonly string[]): ReadonlySet<Instant> {
  const daysOf = new Map<string, Set<Instant>>(ids.map(id => [id, new Set()]));
  for (const {labels, costs} of listed) {
    const days = getOrAdd(daysOf, labels[0]?.id ?? '', () => new Set());
    for (const billed of costs.values()) for (const day of billed.days.keys()) days.add(day);
  }
  const [first, ...others] = [...daysOf.values()];
  return new Set([...(first ?? [])].filter(day => others.every(days => days.has(day))));
}

/** What is left of an amount without some days; all of it if its days do not come to it. */
function leftOf({total, days}: Billed, without: ReadonlySet<Instant>): Sum['value'] {
  const [whole, left] = [new Sum(), new Sum()];
  for (const [day, {value}] of days) {
    whole.add(value);
    if (!without.has(day)) left.add(value);
  }
  return whole.value === total.value ? left.value : total.value;
}
