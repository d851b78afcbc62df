import {ProviderError, type ProviderErrorCode} from '../../core/errors.ts';
import {addDays, type Instant, parseDate, parseInstant} from '../../core/instant.ts';
import {absolute, add, compareDecimals, type Decimal, subtract, ZERO} from '../../core/money.ts';
import {formatPeriod, isEmpty, type Period} from '../../core/period.ts';
import type {Session} from '../driver.ts';
import {type Amounts, type Costs, costsOf, isDust, isNoise} from './amounts.ts';
import type {Usages} from './schema.ts';
import {mayBeNormalized, type Pricing, unitOf} from './units.ts';

type Note = Parameters<Session['note']>[0];

/**
 * Why no figure may be made of a response: it says itself that some of it is missing. Undefined if it does not.
 * Buckets that come to less than the announced total have a hole, and so has an answer for less time than was asked for.
 */
export function holeIn(body: Usages, pricing: Pricing, window: Period): ProviderError | undefined {
  const answered = answeredWindow(body, window);
  if (answered) {
    const says = isEmpty(answered) ? 'other dates' : formatPeriod(answered);
    return hole('outside_window', `IonQ answered for ${says}, not for ${formatPeriod(window)}`);
  }
  const short = [...moneyTotals(body, pricing), ...meteredTotals(body)].find(
    ({total, sum}) => compareDecimals(sum, total) < 0,
  );
  if (!short) return undefined;
  const {unit, total, sum} = short;
  return hole(
    'missing_bucket',
    `IonQ gives a total of ${total} ${unit}, but its buckets add up to ${sum} ${unit}`,
  );
}

const hole = (code: ProviderErrorCode, message: string): ProviderError =>
  new ProviderError(code, message, {provider: 'ionq', rule: 'figures with a hole are not counted'});

/** What a reader should know about a response as a whole. */
export const notesOn = (body: Usages, pricing: Pricing): Note[] => [
  ...normalized(body, pricing),
  ...moneyTotals(body, pricing).map(
    ({unit, total, sum}): Note => ({
      level: 'warning',
      code: 'total_mismatch',
      message: `IonQ gives a total of ${total} ${unit}, but its buckets add up to ${sum} ${unit}; the buckets are counted`,
    }),
  ),
];

function normalized(body: Usages, {breakdown}: Pricing): Note[] {
  const unit = unitOf(body);
  if (breakdown || !mayBeNormalized(body) || unit !== 'CREDITS') return [];
  const message =
    'IonQ gives amounts normalized to credits, without saying what was billed in which currency';
  return [{level: 'info', code: 'normalized', message}];
}

/** An announced total and what the buckets come to, where the two differ by more than dust. */
interface Difference {
  readonly unit: string;
  readonly total: Decimal;
  readonly sum: Decimal;
}

const differ = ({total, sum}: Difference): boolean => !isDust(subtract(total, sum), total);

/** By currency, where both are in the same unit. */
function moneyTotals(body: Usages, pricing: Pricing): Difference[] {
  const summed = costsOf(body.usage_data.flatMap(bucket => [...pricing.costs(bucket)]));
  const announced = announcedTotals(body, pricing, summed);
  if (announced.size === 0) return [];
  return [...new Set([...announced.keys(), ...summed.keys()])]
    .map(unit => ({unit, total: announced.get(unit) ?? ZERO, sum: summed.get(unit) ?? ZERO}))
    .filter(differ);
}

function meteredTotals({time_us_total, job_count, usage_data}: Usages): Difference[] {
  const told = [
    ['microseconds', time_us_total, usage_data.map(({time_us}) => time_us)],
    ['jobs', job_count, usage_data.map(bucket => bucket.job_count)],
  ] as const;
  return told
    .flatMap(([unit, total, parts]) => (total == null ? [] : [{unit, total, sum: parts.reduce(add, ZERO)}]))
    .filter(differ);
}

function announcedTotals(body: Usages, {breakdown}: Pricing, summed: Costs): Costs {
  const {amount_totals, amount_total} = body;
  if (breakdown && amount_totals?.length)
    return costsOf(amount_totals.map(({unit, amount}) => [unit, amount]));
  const unit = unitOf(body);
  const comparable = [...summed.keys()].every(currency => currency === unit);
  return costsOf(comparable && amount_total != null ? [[unit, amount_total]] : []);
}

/** The window that the answer claims, if it is less than what was asked for. */
function answeredWindow({usage_from, usage_to}: Usages, window: Period): Period | undefined {
  const start = read(usage_from) ?? window.start;
  const end = read(usage_to) ?? window.end;
  // The end may be given as the last day, or as the present moment of the running one.
  return start <= window.start && end >= addDays(window.end, -1) ? undefined : {start, end};
}

const read = (text: string | null | undefined): Instant | undefined =>
  text == null ? undefined : (parseInstant(text) ?? parseDate(text));

/** What a reader should know about the remainder of a bucket. */
export function notesOnRemainder({costs, quantities}: Amounts, dimension: string, period: Period): Note[] {
  const notes: Note[] = [];
  if (![...costs.values(), ...Object.values(quantities)].every(isNoise)) {
    const message = `IonQ lists only the five largest ${dimension}s of a day; the rest is in (other)`;
    notes.push({level: 'info', code: 'other_groups', message});
  }
  for (const [currency, amount] of costs) {
    if (!amount.startsWith('-') || isNoise(amount)) continue;
    const message = `on ${formatPeriod(period)} IonQ's ${dimension}s cost ${absolute(amount)} ${currency} more than the day; (other) takes it off again`;
    notes.push({level: 'warning', code: 'inconsistent', message});
  }
  return notes;
}
