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
  /** Whether the row has a quantity, as the standard wants of every use. */
  readonly measured: boolean;
}

/** How a cell is made. `varies`: from more than labels, unit, payer and currency, so that no two days are alike. */
export interface CellMaker {
  readonly varies: boolean;
  value(material: Material): string | null;
}

const fixed = (value: CellMaker['value']): CellMaker => ({varies: false, value});
const varying = (value: CellMaker['value']): CellMaker => ({varies: true, value});

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
  BilledCost: varying(({price}) => price.billed),
  BillingAccountId: fixed(({charge, subject}) => charge.payer ?? subject.billingAccount),
  BillingCurrency: fixed(({price}) => price.currency),
  BillingPeriodEnd: varying(({charge}) => monthOf(charge.period.start).end),
  BillingPeriodStart: varying(({charge}) => monthOf(charge.period.start).start),
  ChargeCategory: fixed(({measured}) => (measured ? 'Usage' : 'Adjustment')),
  ChargeFrequency: fixed(() => 'Usage-Based'),
  ChargePeriodEnd: varying(({charge}) => textOf(charge.period.end)),
  ChargePeriodStart: varying(({charge}) => textOf(charge.period.start)),
  ContractedCost: varying(({price}) => price.effective),
  EffectiveCost: varying(({price}) => price.effective),
  ListCost: varying(({price}) => price.effective),
  x_Account: fixed(({subject}) => subject.account),
  x_CreditAmount: varying(({facts}) => onlyOf(facts.credits.values())),
  x_CreditUnit: varying(({facts}) => onlyOf(facts.credits.keys())),
  x_Estimated: varying(({charge, subject}) => (charge.period.end > subject.settledUntil ? 'true' : null)),
  x_Provider: fixed(({subject}) => subject.provider),
};

/** The one value; null if there are several or none. */
function onlyOf<T>(values: Iterable<T>): T | null {
  const [first, ...others] = values;
  return first === undefined || others.length > 0 ? null : first;
}

/** They stand in the first row of a charge alone, or they would count twice. */
const QUANTITIES: readonly FocusColumn[] = [
  'ConsumedQuantity',
  'ConsumedUnit',
  'PricingQuantity',
  'PricingUnit',
];

/** How a column of one provider's rows is made: by the provider's table, else as for all, else null. */
export function cellMaker(column: FocusColumn, {columns}: FocusMapping): CellMaker {
  const cell = columns[column];
  if (!cell) return OWN[column] ?? fixed(() => null);
  const {value, varies = false} = cell;
  return QUANTITIES.includes(column)
    ? {varies, value: ({measured, facts}) => (measured ? value(facts) : null)}
    : {varies, value: ({facts}) => value(facts)};
}
