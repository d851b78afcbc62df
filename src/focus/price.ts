import {add, type Currency, type Decimal, multiply, ZERO} from '../core/money.ts';
import type {Charge} from '../pipeline/charges.ts';

/** Money that no row can hold, because nobody has given its price. */
export interface LeftOut {
  readonly currency: Currency;
  readonly amount: Decimal;
}

/** The part of a charge that one row holds: its money in one national currency. */
export interface Price {
  readonly currency: Currency;
  /** What the invoice says. Prepaid credits are on none. */
  readonly billed: Decimal;
  readonly effective: Decimal;
  /** Whether credits are in it, at their rate. */
  readonly isOfCredits: boolean;
}

export interface Priced {
  readonly prices: readonly Price[];
  /** Money in no national currency whose worth is among the prices, by its unit. */
  readonly credits: ReadonlyMap<Currency, Decimal>;
}

/** Credits are turned into this, because rates are prices in it. */
const RATE_CURRENCY = 'USD';

let national: ReadonlySet<string> | undefined;
/** ISO 4217, as far as this Node knows it. */
export function isNational(currency: Currency): boolean {
  national ??= new Set(Intl.supportedValuesOf('currency'));
  return national.has(currency);
}

const NO_CREDITS: ReadonlyMap<Currency, Decimal> = new Map();

/**
 * One price for each national currency. Credits become dollars at the user's rate (dollars for one unit) and join
 * those, as their worth and not as something billed. What has no rate is handed to `leftOut`.
 */
export function priceOf(
  {costs}: Charge,
  rates: ReadonlyMap<Currency, Decimal>,
  leftOut: (leftOut: LeftOut) => void,
): Priced {
  const prices: Price[] = [];
  let credits: Map<Currency, Decimal> | undefined;
  for (const {currency, amount} of costs) {
    if (isNational(currency)) prices.push({currency, billed: amount, effective: amount, isOfCredits: false});
    else if (rates.has(currency)) credits = (credits ?? new Map<Currency, Decimal>()).set(currency, amount);
    else leftOut({currency, amount});
  }
  if (!credits) return {prices, credits: NO_CREDITS};
  let worth = ZERO;
  for (const [currency, amount] of credits) worth = add(worth, multiply(amount, rates.get(currency) ?? ZERO));
  const known = prices.findIndex(({currency}) => currency === RATE_CURRENCY);
  const {billed, effective} = prices[known] ?? {billed: ZERO, effective: ZERO};
  const dollars = {currency: RATE_CURRENCY, billed, effective: add(effective, worth), isOfCredits: true};
  prices.splice(known < 0 ? prices.length : known, 1, dollars);
  return {prices, credits};
}
