import type {LabelDimension} from '../core/dimension.ts';
import {add, type Currency, compareDecimals, type Decimal, decimal, subtract, ZERO} from '../core/money.ts';
import type {Label, Record} from '../core/record.ts';
import {Aggregation, type Group, type Origin} from './aggregate.ts';

/** What the charges of a project are held against. */
export interface Costs {
  readonly origin: Pick<Origin, 'provider' | 'account'>;
  /** The project. */
  readonly label: Label;
  /** Costs of the project, as they are listed. */
  readonly spend: Group | undefined;
  /** What the provider cut off from its list, of any project. */
  readonly other: Group | undefined;
}

export interface Reconciled {
  readonly spend: Group | undefined;
  /** The charges, and what they leave of the costs without a label: together they come to `spend`. */
  readonly records: readonly Record[];
}

/** Providers add up doubles: parts may be so much more than the whole without being wrong. */
const NOISE = decimal('-0.000001');

/**
 * Sets charges against costs. Where they come to less, the rest has no label; where they come to more, they are the
 * costs as long as what the list cut off has room for it. Undefined: they are more than that, and so one is wrong.
 */
export function reconcile(
  records: readonly Record[],
  {origin, label, spend, other}: Costs,
): Reconciled | undefined {
  const charged = wholeOf(records, origin);
  const currencies = new Set([...(spend?.costs.keys() ?? []), ...(charged?.costs.keys() ?? [])]);
  const left = [...currencies].map(currency => ({
    currency,
    amount: subtract(amountIn(spend, currency), amountIn(charged, currency)),
  }));
  if (left.every(({amount}) => compareDecimals(amount, NOISE) >= 0)) {
    const period = records[0]?.period;
    const rest = left.filter(({amount}) => amount !== ZERO);
    const unlabelled = period ? rest.map(cost => ({period, labels: {}, cost})) : [];
    return {spend, records: [...records, ...unlabelled]};
  }
  const fits = left.every(
    ({amount, currency}) => compareDecimals(add(amount, amountIn(other, currency)), NOISE) >= 0,
  );
  return fits ? {spend: charged && {...charged, labels: [label]}, records} : undefined;
}

const amountIn = (group: Group | undefined, currency: Currency): Decimal =>
  group?.costs.get(currency)?.total.value ?? ZERO;

/** Adds records up by one dimension, exactly. */
export function groupsBy(
  dimension: LabelDimension,
  records: readonly Record[],
  origin: Costs['origin'],
): Group[] {
  return addUp([dimension], records, origin);
}

/** All records as one group, with its days. */
const wholeOf = (records: readonly Record[], origin: Costs['origin']): Group | undefined =>
  addUp([], records, origin)[0];

function addUp(by: readonly LabelDimension[], records: readonly Record[], origin: Costs['origin']): Group[] {
  const aggregation = new Aggregation(by, undefined, true);
  const from: Origin = {...origin, kind: undefined, metrics: new Map(), buckets: () => 1};
  for (const record of records) aggregation.add(record, from);
  return [...aggregation.groups.values()];
}
