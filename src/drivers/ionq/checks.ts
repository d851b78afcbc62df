import {addDays, type Instant, parseDate, parseInstant} from '../../core/instant.ts';
import {absolute, subtract, ZERO} from '../../core/money.ts';
import {formatPeriod, isEmpty, type Period} from '../../core/period.ts';
import type {Session} from '../driver.ts';
import {type Amounts, type Costs, costsOf, isNoise} from './amounts.ts';
import type {Usages} from './schema.ts';
import {mayBeNormalized, type Pricing, unitOf} from './units.ts';

type Note = Parameters<Session['note']>[0];

/** What a reader should know about a response as a whole. */
export function notesOn(body: Usages, pricing: Pricing, window: Period): Note[] {
  return [...normalized(body, pricing), ...totals(body, pricing), ...coverage(body, window)];
}

function normalized(body: Usages, {breakdown}: Pricing): Note[] {
  const unit = unitOf(body);
  if (breakdown || !mayBeNormalized(body) || unit !== 'CREDITS') return [];
  const message =
    'IonQ gives amounts normalized to credits, without saying what was billed in which currency';
  return [{level: 'info', code: 'normalized', message}];
}

/** The announced total against the buckets, where both are in the same unit. */
function totals(body: Usages, pricing: Pricing): Note[] {
  const summed = costsOf(body.usage_data.flatMap(bucket => [...pricing.costs(bucket)]));
  const announced = announcedTotals(body, pricing, summed);
  if (announced.size === 0) return [];
  return [...new Set([...announced.keys(), ...summed.keys()])].flatMap((currency): Note[] => {
    const total = announced.get(currency) ?? ZERO;
    const sum = summed.get(currency) ?? ZERO;
    if (isNoise(subtract(total, sum))) return [];
    const message = `IonQ gives a total of ${total} ${currency}, but its buckets add up to ${sum} ${currency}; the buckets are counted`;
    return [{level: 'warning', code: 'total_mismatch', message}];
  });
}

function announcedTotals(body: Usages, {breakdown}: Pricing, summed: Costs): Costs {
  const {amount_totals, amount_total} = body;
  if (breakdown && amount_totals?.length)
    return costsOf(amount_totals.map(({unit, amount}) => [unit, amount]));
  const unit = unitOf(body);
  const comparable = [...summed.keys()].every(currency => currency === unit);
  return costsOf(comparable && amount_total != null ? [[unit, amount_total]] : []);
}

/** A server that shortens the window would give a smaller bill without a word: its own dates give it away. */
function coverage({usage_from, usage_to}: Usages, window: Period): Note[] {
  const from = read(usage_from) ?? window.start;
  const to = read(usage_to) ?? window.end;
  // The end may be given as the last day, or as the present moment of the running one.
  if (from <= window.start && to >= addDays(window.end, -1)) return [];
  const answered = {start: from, end: to};
  const says = isEmpty(answered) ? 'other dates' : formatPeriod(answered);
  const message = `IonQ says that its answer is for ${says}, not for ${formatPeriod(window)}: some usage may be missing`;
  return [{level: 'warning', code: 'narrowed_window', message}];
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
