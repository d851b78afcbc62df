import type {FocusColumn} from '../core/focus-columns.ts';
import {addMonths, formatInstant, type Instant, instant, SECOND_MS, startOfMonth} from '../core/instant.ts';
import type {Currency, Decimal} from '../core/money.ts';
import type {ChargeFacts, FocusMapping} from '../drivers/focus-mapping.ts';
import type {Charge} from '../pipeline/charges.ts';
import type {Price} from './price.ts';

/** What the rows of one account have in common. */
export interface Subject {
  readonly provider: string;
  readonly account: string;
  readonly mapping: FocusMapping;
  /** On whose bill charges stand that do not say so themselves. */
  readonly billingAccount: string;
  /** Figures of periods that end later may still change. */
  readonly settledUntil: Instant;
  /** Dollars for one unit of a currency that is no national one. */
  readonly rates: ReadonlyMap<Currency, Decimal>;
  readonly nameOf: ChargeFacts['nameOf'];
}

/** All that a cell is made of. */
export interface Material {
  readonly charge: Charge;
  readonly facts: ChargeFacts;
  readonly subject: Subject;
  readonly price: Price;
  /** Whether this is the charge's first row: what it counts stands there alone, or it would count twice. */
  readonly isFirst: boolean;
  /** What the row counts, in the unit that is priced: the standard wants it of every use. */
  readonly quantity: string | null;
}

/** How a cell is made. */
export interface CellMaker {
  /** What it follows from: labels, unit, payer and currency, which come again day after day; the period; or figures. */
  readonly by: 'labels' | 'period' | 'figures';
  value(material: Material): string | null;
}

const byLabels = (value: CellMaker['value']): CellMaker => ({by: 'labels', value});
const byPeriod = (value: CellMaker['value']): CellMaker => ({by: 'period', value});
const byFigures = (value: CellMaker['value']): CellMaker => ({by: 'figures', value});

const texts = new Map<Instant, string>();
/** To the second, as the standard wants it. Few instants occur again and again. */
function textOf(at: Instant): string {
  let text = texts.get(at);
  if (text === undefined) {
    if (texts.size > 10_000) texts.clear();
    text = formatInstant(instant(Math.floor(at / SECOND_MS) * SECOND_MS));
    texts.set(at, text);
  }
  return text;
}

const months = new Map<Instant, {readonly start: string; readonly end: string}>();
/** The UTC calendar month that an instant is in. */
function monthOf(at: Instant): {readonly start: string; readonly end: string} {
  let month = months.get(at);
  if (month === undefined) {
    if (months.size > 10_000) months.clear();
    const start = startOfMonth(at);
    month = {start: textOf(start), end: textOf(addMonths(start, 1))};
    months.set(at, month);
  }
  return month;
}

/** Columns that are made the same way for every provider. */
const OWN: {readonly [C in FocusColumn]?: CellMaker} = {
  BilledCost: byFigures(({price}) => price.billed),
  BillingAccountId: byLabels(({charge, subject}) => charge.payer ?? subject.billingAccount),
  BillingCurrency: byLabels(({price}) => price.currency),
  BillingPeriodEnd: byPeriod(({charge}) => monthOf(charge.period.start).end),
  BillingPeriodStart: byPeriod(({charge}) => monthOf(charge.period.start).start),
  ChargeCategory: byLabels(({quantity}) => (quantity ? 'Usage' : 'Adjustment')),
  ChargeFrequency: byLabels(() => 'Usage-Based'),
  ChargePeriodEnd: byPeriod(({charge}) => textOf(charge.period.end)),
  ChargePeriodStart: byPeriod(({charge}) => textOf(charge.period.start)),
  ContractedCost: byFigures(({price}) => price.effective),
  EffectiveCost: byFigures(({price}) => price.effective),
  ListCost: byFigures(({price}) => price.effective),
  x_Account: byLabels(({subject}) => subject.account),
  x_CreditAmount: byFigures(({facts, price}) => (price.isOfCredits ? onlyOf(facts.credits.values()) : null)),
  x_CreditUnit: byFigures(({facts, price}) => (price.isOfCredits ? onlyOf(facts.credits.keys()) : null)),
  x_Estimated: byPeriod(({charge, subject}) => (charge.period.end > subject.settledUntil ? 'true' : null)),
  x_Provider: byLabels(({subject}) => subject.provider),
};

/** The one value; null if there are several or none. */
function onlyOf<T>(values: Iterable<T>): T | null {
  const [first, ...others] = values;
  return first === undefined || others.length > 0 ? null : first;
}

/** They say what the row counts, and nothing where it counts nothing. */
const QUANTITIES: readonly FocusColumn[] = ['ConsumedQuantity', 'ConsumedUnit', 'PricingUnit'];

/** How a column of one provider's rows is made: by the provider's table, else as for all, else null. */
export function cellMaker(column: FocusColumn, {columns}: FocusMapping): CellMaker {
  const cell = columns[column];
  if (!cell) return OWN[column] ?? byLabels(() => null);
  const {value, varies} = cell;
  const by = varies ? 'figures' : 'labels';
  if (column === 'PricingQuantity') return {by, value: ({quantity}) => quantity};
  if (QUANTITIES.includes(column))
    return {by, value: ({quantity, facts}) => (quantity ? value(facts) : null)};
  return {by, value: ({isFirst, facts}) => (isFirst || varies !== 'figures' ? value(facts) : null)};
}
