import {expect, it} from 'vitest';
import type {FocusColumn} from '../../src/core/focus-columns.ts';
import {addDays} from '../../src/core/instant.ts';
import {decimal} from '../../src/core/money.ts';
import type {Label} from '../../src/core/record.ts';
import {focus as ionq} from '../../src/drivers/ionq/focus.ts';
import {csvEncoder} from '../../src/focus/encode.ts';
import {LineMaker} from '../../src/focus/lines.ts';
import type {Charge} from '../../src/pipeline/charges.ts';
import {at} from '../pipeline/made-up.ts';

const START = at('2026-11-02');

const chargeOf = (day: number, project: Label, costs: Charge['costs']): Charge => ({
  key: 'p1',
  period: {start: addDays(START, day), end: addDays(START, day + 1)},
  labels: {project},
  costs,
  quantities: {qpu_time: decimal('70'), job_count: decimal('2')},
  billedFor: undefined,
  payer: undefined,
});

function makerOf(columns: readonly FocusColumn[]): LineMaker {
  const subject = {
    provider: 'ionq',
    account: 'ionq',
    mapping: ionq,
    billingAccount: 'org',
    settledUntil: addDays(START, 100),
    rates: new Map([['CREDITS', decimal('0.5')]]),
    nameOf: (_: unknown, {name}: Label) => name,
  };
  return new LineMaker(
    subject,
    columns,
    csvEncoder(columns, text => text),
    () => undefined,
  );
}

const usd = {currency: 'USD', amount: decimal('3')};
const eur = {currency: 'EUR', amount: decimal('5')};
const credits = {currency: 'CREDITS', amount: decimal('100')};

it('what a charge counts stands in one of its rows, and credits in the row that has their worth', () => {
  const maker = makerOf([
    'BillingCurrency',
    'EffectiveCost',
    'ConsumedQuantity',
    'x_CreditAmount',
    'x_CreditUnit',
    'x_JobCount',
  ]);
  const lines = (costs: Charge['costs']) => maker.lines(chargeOf(0, {id: 'p1'}, costs));
  expect(lines([eur, credits])).toBe('EUR,5.0,70.0,,,2.0\nUSD,50.0,,100.0,CREDITS,\n');
  expect(lines([usd, credits])).toBe('USD,53.0,70.0,100.0,CREDITS,2.0\n');
  expect(lines([credits, eur])).toBe('EUR,5.0,70.0,,,2.0\nUSD,50.0,,100.0,CREDITS,\n');
  expect(lines([usd])).toBe('USD,3.0,70.0,,,2.0\n');
});

it('a name is that of its day, though the labels of other days are remembered', () => {
  const maker = makerOf(['SubAccountId', 'SubAccountName', 'ChargePeriodStart']);
  const lines = [{id: 'p1'}, {id: 'p1', name: 'Alpha'}, {id: 'p1', name: 'Beta'}, {id: 'p1'}].map(
    (project, day) => maker.lines(chargeOf(day, project, [usd])),
  );
  expect(lines).toEqual([
    'p1,p1,2026-11-02T00:00:00Z\n',
    'p1,Alpha,2026-11-03T00:00:00Z\n',
    'p1,Beta,2026-11-04T00:00:00Z\n',
    'p1,p1,2026-11-05T00:00:00Z\n',
  ]);
});
