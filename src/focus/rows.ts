import type {FocusColumn} from '../core/focus-columns.ts';
import {addMonths, formatInstant, type Instant, instant, startOfMonth} from '../core/instant.ts';
import {add, type Currency, type Decimal, multiply, ZERO} from '../core/money.ts';
import type {ChargeFacts, FocusMapping} from '../drivers/focus-mapping.ts';
import type {Charge} from '../pipeline/charges.ts';

/** One row of a file: a text or null for each column asked for. */
export type FocusRow = readonly (string | null)[];

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
  nameOf: ChargeFacts['nameOf'];
}

/** Money that no row can hold, because nobody has given its price. */
export interface LeftOut {
  readonly currency: Currency;
  readonly amount: Decimal;
}

/** A charge with its money in one national currency: what a row is made of. */
interface Priced {
  readonly charge: Charge;
  readonly facts: ChargeFacts;
  readonly subject: Subject;
  readonly currency: Currency;
  /** What the invoice says. Prepaid credits are on none. */
  readonly billed: Decimal;
  readonly effective: Decimal;
  /** The row has a quantity, as the standard wants of every use. */
  readonly measured: boolean;
}

type Value = (priced: Priced) => string | null;

/** Credits are turned into this, because rates are prices in it. */
const RATE_CURRENCY = 'USD';

const instants = new Map<Instant, string>();
/** Whole seconds, as the standard wants them: the rest of one is no time that anybody bills. */
function textOf(at: Instant): string {
  let text = instants.get(at);
  if (text === undefined) {
    if (instants.size > 10_000) instants.clear();
    text = formatInstant(instant(Math.floor(at / 1_000) * 1_000));
    instants.set(at, text);
  }
  return text;
}

const QUANTITIES: readonly FocusColumn[] = [
  'ConsumedQuantity',
  'ConsumedUnit',
  'PricingQuantity',
  'PricingUnit',
];

/** Columns that are made the same way for every provider. */
const OWN: {readonly [C in FocusColumn]?: Value} = {
  BilledCost: ({billed}) => billed,
  BillingAccountId: ({charge, subject}) => charge.payer ?? subject.billingAccount,
  BillingCurrency: ({currency}) => currency,
  BillingPeriodEnd: ({charge}) => textOf(addMonths(startOfMonth(charge.period.start), 1)),
  BillingPeriodStart: ({charge}) => textOf(startOfMonth(charge.period.start)),
  ChargeCategory: ({measured}) => (measured ? 'Usage' : 'Adjustment'),
  ChargeFrequency: () => 'Usage-Based',
  ChargePeriodEnd: ({charge}) => textOf(charge.period.end),
  ChargePeriodStart: ({charge}) => textOf(charge.period.start),
  ContractedCost: ({effective}) => effective,
  EffectiveCost: ({effective}) => effective,
  ListCost: ({effective}) => effective,
  x_Account: ({subject}) => subject.account,
  x_CreditAmount: ({facts}) => (facts.credits.size === 1 ? ([...facts.credits.values()][0] ?? null) : null),
  x_CreditUnit: ({facts}) => (facts.credits.size === 1 ? ([...facts.credits.keys()][0] ?? null) : null),
  x_Estimated: ({charge, subject}) => (charge.period.end > subject.settledUntil ? 'true' : null),
  x_Provider: ({subject}) => subject.provider,
};

/** What the documentation says of them. */
export const OWN_NOTES: {readonly [C in FocusColumn]?: string} = {
  BillingAccountName: 'null: no API tells it',
  BillingPeriodEnd: 'the end of that month',
  BillingPeriodStart: 'the UTC calendar month of ChargePeriodStart',
  ChargeCategory: '`Usage`; `Adjustment` where the API tells no quantity',
  ChargeClass: 'null: no API tells corrections',
  ChargeFrequency: '`Usage-Based`',
  ChargePeriodEnd: 'the end of the UTC day',
  ChargePeriodStart: 'the UTC day',
  Tags: 'null: no API tells tags of these rows',
  x_Account: 'the account, as `--account` calls it',
  x_CreditAmount: 'the amount in the unit of the provider, if that is no national currency',
  x_CreditUnit: 'that unit',
  x_Estimated: '`true` while the figures may still change, else null',
  x_Provider: 'the provider, as `--provider` calls it',
};

let national: ReadonlySet<string> | undefined;
/** ISO 4217, as far as this Node knows it. */
export function isNational(currency: Currency): boolean {
  national ??= new Set(Intl.supportedValuesOf('currency'));
  return national.has(currency);
}

/** Makes rows of charges for the columns asked for. `leftOut` is told of money that no row can hold. */
export class RowMaker {
  readonly #values: readonly Value[];
  readonly #subject: Subject;
  readonly #leftOut: (leftOut: LeftOut) => void;

  constructor(subject: Subject, columns: readonly FocusColumn[], leftOut: (leftOut: LeftOut) => void) {
    this.#subject = subject;
    this.#leftOut = leftOut;
    this.#values = columns.map(column => valueFor(column, subject.mapping));
  }

  rows(charge: Charge): FocusRow[] {
    return price(charge, this.#subject, this.#leftOut).map(priced =>
      this.#values.map(value => value(priced) || null),
    );
  }
}

function valueFor(column: FocusColumn, {columns}: FocusMapping): Value {
  const cell = columns[column];
  if (!cell) return OWN[column] ?? (() => null);
  const {value} = cell;
  return QUANTITIES.includes(column)
    ? ({measured, facts}) => (measured ? value(facts) : null)
    : ({facts}) => value(facts);
}

/**
 * One row for each national currency; credits become dollars at the user's rate and join the row in dollars, as their
 * worth and not as something billed. The quantities stand in the first row alone, or they would count twice.
 */
function price(charge: Charge, subject: Subject, leftOut: (leftOut: LeftOut) => void): Priced[] {
  const money = new Map<Currency, {billed: Decimal; effective: Decimal}>();
  const credits = new Map<Currency, Decimal>();
  for (const [currency, amount] of charge.costs) {
    if (isNational(currency)) {
      const known = money.get(currency);
      money.set(currency, {billed: amount, effective: known ? add(known.effective, amount) : amount});
      continue;
    }
    const rate = subject.rates.get(currency);
    if (rate === undefined) {
      leftOut({currency, amount});
      continue;
    }
    credits.set(currency, amount);
    const known = money.get(RATE_CURRENCY) ?? {billed: ZERO, effective: ZERO};
    money.set(RATE_CURRENCY, {...known, effective: add(known.effective, multiply(amount, rate))});
  }
  const {period, labels, quantities, billedFor} = charge;
  const facts: ChargeFacts = {period, labels, quantities, billedFor, credits, nameOf: subject.nameOf};
  const isMeasured = Boolean(subject.mapping.columns.PricingQuantity?.value(facts));
  return [...money].map(([currency, {billed, effective}], index) => ({
    charge,
    facts,
    subject,
    currency,
    billed,
    effective,
    measured: isMeasured && index === 0,
  }));
}
