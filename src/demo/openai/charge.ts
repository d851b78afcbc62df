import {fixedText} from '../fixed.ts';

/*
 * Amounts are exact. Nearly all are whole numbers of 10⁻¹⁰ dollars, which stay far below 2⁵³ and so are plain numbers;
 * the few that are finer are whole numbers of 10⁻³⁷ dollars besides.
 */
const COARSE_PLACES = 10;
const FINE_PLACES = 37;
const FINE_IN_COARSE = 10n ** BigInt(FINE_PLACES - COARSE_PLACES);
const SHARE_PLACES = 18;
const ONE_SHARE = 10n ** BigInt(SHARE_PLACES);

/** What one counted thing costs, and under which line item. */
export interface Charge {
  readonly lineItem: string;
  /** As the API names it; null where it names none. */
  readonly unit: string | null;
  /** Of one counted thing: 10⁻¹⁰ dollars, and 10⁻³⁷ dollars besides. */
  readonly coarse: number;
  readonly fine: bigint;
  /** What one counted thing is in the unit, in 10⁻¹⁸; undefined if it is one. */
  readonly share?: bigint;
}

/** A charge by a list price in dollars per million, which has at most four decimals: 10⁻¹⁰ for one. */
export const perMillion = (lineItem: string, unit: string | null, dollars: number): Charge => ({
  lineItem,
  unit,
  coarse: Math.round(dollars * 10_000),
  fine: 0n,
});

/** Vector stores are counted in pages of 4 KiB: 2¹⁸ of them are a GiB. */
export const PAGE_BYTES = 4_096;
const PAGE_IN_GIB = ONE_SHARE / 2n ** 18n; // exact: 10¹⁸ divides by 2¹⁸
/** Ten cents a GiB and day are no round price an hour: 19 decimals, as a biller's database would keep them. */
const GIB_HOUR_PRICE = 41_666_666_666_666_667n; // in 10⁻¹⁹ dollars

/** A charge for a page kept for an hour: PAGE_IN_GIB has 18 decimals and the price 19, 37 together. */
export const STORAGE: Charge = {
  lineItem: 'file search | storage',
  unit: 'gibibyte_hours',
  coarse: 0,
  fine: PAGE_IN_GIB * GIB_HOUR_PRICE,
  share: PAGE_IN_GIB,
};

/** A day's part of a monthly fee, divided as a biller would with doubles: up to 17 digits. */
export function dailyFee(lineItem: string, monthly: number, daysInMonth: number): Charge {
  const [whole = '0', fraction = ''] = String(monthly / daysInMonth).split('.');
  return {lineItem, unit: null, coarse: 0, fine: BigInt(whole + fraction.padEnd(FINE_PLACES, '0'))};
}

/** Dollars as exact decimal text. */
export const dollars = (coarse: number, fine: bigint): string =>
  fine === 0n
    ? fixedText(coarse, COARSE_PLACES)
    : fixedText(BigInt(coarse) * FINE_IN_COARSE + fine, FINE_PLACES);

/** How much so many counted things are in their unit, as exact decimal text. */
export const quantityOf = ({share}: Charge, count: number): string =>
  share === undefined ? String(count) : fixedText(BigInt(count) * share, SHARE_PLACES);
