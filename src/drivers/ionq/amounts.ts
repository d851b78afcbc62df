import type {Metric} from '../../core/metric.ts';
import {
  absolute,
  add,
  type Currency,
  compareDecimals,
  type Decimal,
  decimal,
  multiply,
  subtract,
  ZERO,
} from '../../core/money.ts';
import type {Period} from '../../core/period.ts';
import type {Labels, Quantities, Record} from '../../core/record.ts';

const KIND = 'qpu';

/** What IonQ meters beside money. */
export const METRICS: readonly Metric[] = [
  {kind: KIND, name: 'qpu_time', unit: 'microseconds', statistic: 'sum'},
  {kind: KIND, name: 'job_count', unit: 'jobs', statistic: 'sum'},
];

/** Exact costs by currency; one that is missing is not reported. */
export type Costs = ReadonlyMap<Currency, Decimal>;

/** Everything that a bucket, a group or a remainder comes to. */
export interface Amounts {
  readonly costs: Costs;
  readonly quantities: Quantities;
}

/** Adds up what may name a currency more than once. */
export function costsOf(parts: Iterable<readonly [Currency, Decimal]>): Costs {
  const costs = new Map<Currency, Decimal>();
  for (const [currency, amount] of parts) costs.set(currency, add(costs.get(currency) ?? ZERO, amount));
  return costs;
}

/** What is left of the whole without a part; negative where the part is larger, also in a currency of the part alone. */
export function without(whole: Amounts, part: Amounts): Amounts {
  const costs = new Map(whole.costs);
  for (const [currency, amount] of part.costs)
    costs.set(currency, subtract(costs.get(currency) ?? ZERO, amount));
  const quantities = Object.fromEntries(
    Object.entries(whole.quantities).map(([name, value]) => [
      name,
      subtract(value, part.quantities[name] ?? ZERO),
    ]),
  );
  return {costs, quantities};
}

/** IonQ adds up doubles: differences up to this come from that, and are neither money nor time. In any unit. */
const NOISE = decimal('0.000001');
export const isNoise = (difference: Decimal): boolean => compareDecimals(absolute(difference), NOISE) <= 0;

/** The last digits that a double holds, as a part of what was added up. */
const LAST_DIGITS = decimal('1e-12');
export const isDust = (difference: Decimal, of: Decimal): boolean =>
  isNoise(difference) || compareDecimals(absolute(difference), multiply(absolute(of), LAST_DIGITS)) <= 0;

export const isZero = ({costs, quantities}: Amounts): boolean =>
  [...costs.values(), ...Object.values(quantities)].every(value => value === ZERO);

/** One record for each currency. The quantities go with the first one only, or they would count once for each. */
export function toRecords({costs, quantities}: Amounts, labels: Labels, period: Period): Record[] {
  const [first, ...others] = [...costs].map(([currency, amount]) => ({
    period,
    labels,
    cost: {amount, currency},
  }));
  return [{...(first ?? {period, labels}), kind: KIND, quantities}, ...others];
}
