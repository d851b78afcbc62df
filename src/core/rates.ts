import {type Currency, type Decimal, decimal, divide, type Money, multiply} from './money.ts';

/** Price of one unit of a currency in US dollars, as a person has set it. */
export type Rates = ReadonlyMap<Currency, Decimal>;

const BASE = 'USD';
const ONE = decimal('1');
/** Digits after the point where a price must be divided: far below what any line could tell. */
const PLACES = 18;

const priceOf = (currency: Currency, rates: Rates): Decimal | undefined =>
  currency === BASE ? ONE : rates.get(currency);

/**
 * An amount in another currency by the person's own rates; undefined if one is missing. Into dollars it is exact; into
 * another currency, to 18 places.
 */
export function convert({amount, currency}: Money, into: Currency, rates: Rates): Decimal | undefined {
  if (currency === into) return amount;
  const [from, to] = [priceOf(currency, rates), priceOf(into, rates)];
  if (from === undefined || to === undefined) return undefined;
  const dollars = multiply(amount, from);
  return into === BASE ? dollars : divide(dollars, to, PLACES);
}

/** The rates that converting takes: of both currencies, but for dollars. */
export const ratesBetween = (currencies: Iterable<Currency>, into: Currency, rates: Rates): Rates =>
  new Map(
    [...new Set([...currencies].filter(currency => currency !== into).flatMap(currency => [currency, into]))]
      .flatMap(currency => {
        const rate = rates.get(currency);
        return rate === undefined || currency === BASE ? [] : [[currency, rate] as const];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** For people: "1 EUR = 1.08 USD". */
export const ratesInWords = (rates: Rates): string =>
  [...rates].map(([currency, rate]) => `1 ${currency} = ${rate} ${BASE}`).join(', ');
