import {type Currency, ZERO} from '../../core/money.ts';
import {type Costs, costsOf} from './amounts.ts';
import type {Bucket, Group, Usages} from './schema.ts';

/** How the amounts of one response turn into costs: all of them in the same way. */
export interface Pricing {
  /** True: from `amounts[]`, as billed. False: from `amount`, which IonQ may have normalized to one unit. */
  readonly breakdown: boolean;
  /** Costs of a bucket, or of a group within it. What is left out counts as zero. */
  costs(of: Bucket | Group, within?: Bucket): Costs;
  /** Whether the cost of a group is left out. */
  lacks(group: Group): boolean;
}

/**
 * Decides where the costs of a response come from. `amounts[]` is exact, but it is used only if nothing that costs
 * lacks it: a credit amount of one day must never be added to the dollars that stand behind another's.
 */
export function pricingOf(body: Usages): Pricing {
  const bearers = body.usage_data.flatMap(bucket => [bucket, ...bucket.group_usages]);
  const breakdown =
    bearers.some(isBrokenDown) && bearers.every(bearer => isBrokenDown(bearer) || !isCharged(bearer));
  return {
    breakdown,
    costs(of, within) {
      if (breakdown) return costsOf((of.amounts ?? []).map(({unit, amount}) => [unit, amount]));
      const unit = of.amount_unit ?? within?.amount_unit ?? unitOf(body);
      return new Map([[unit, of.amount ?? ZERO]]);
    },
    lacks: group => group.amount == null && !(breakdown && isBrokenDown(group)),
  };
}

/** The unit of the response as a whole. The older version leaves it out of everything but the total, and means USD. */
export const unitOf = (body: Usages): Currency => body.usage_unit ?? 'USD';

/** Whether the body is of the version that may normalize amounts to credits (September 2026). */
export const mayBeNormalized = (body: Usages): boolean =>
  body.amount_totals != null ||
  body.usage_data.some(bucket => bucket.amount_unit != null || bucket.amounts != null);

const isBrokenDown = ({amounts}: Bucket | Group): boolean => amounts != null && amounts.length > 0;
const isCharged = ({amount}: Bucket | Group): boolean => amount != null && amount !== ZERO;
