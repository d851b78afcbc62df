import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {add, type Decimal, decimal, ZERO} from '../../src/core/money.ts';
import {OTHER, type Record} from '../../src/core/record.ts';
import {Sum} from '../../src/core/sum.ts';
import type {Group} from '../../src/pipeline/aggregate.ts';
import {groupsBy, reconcile} from '../../src/pipeline/project-charges.ts';
import {at} from '../render/build.ts';

const origin = {provider: 'made-up', account: 'made-up'};
const label = {id: 'p'};
const period = {start: at('2026-11-01T00:00:00Z'), end: at('2026-11-02T00:00:00Z')};

const group = (costs: {readonly [currency: string]: Decimal}): Group => ({
  ...origin,
  key: 'p',
  labelKey: 'p',
  labels: [label],
  bucket: undefined,
  costs: new Map(
    Object.entries(costs).map(([currency, amount]) => [
      currency,
      {total: new Sum().add(amount), days: new Map()},
    ]),
  ),
  quantities: new Map(),
});

const charge = (user: string, amount: Decimal, currency: string): Record => ({
  period,
  labels: {user: {id: user}},
  cost: {amount, currency},
});

const total = (groups: readonly Group[], currency: string): Decimal =>
  groups.reduce((sum, {costs}) => add(sum, costs.get(currency)?.total.value ?? ZERO), ZERO);

const amounts = fc.bigInt({min: 0n, max: 10n ** 24n}).map(value => decimal(`${value}e-12`));
const charges = fc.array(
  fc
    .tuple(fc.constantFrom('ann', 'bob', 'eve'), amounts, fc.constantFrom('USD', 'CREDITS'))
    .map(one => charge(...one)),
  {maxLength: 20},
);
const sums = (records: readonly Record[]) => ({
  USD: total(groupsBy('user', records, origin), 'USD'),
  CREDITS: total(groupsBy('user', records, origin), 'CREDITS'),
});

describe('charges against costs', () => {
  test('whatever is left of the costs, the parts come to them exactly', () => {
    fc.assert(
      fc.property(charges, amounts, amounts, (records, dollars, credits) => {
        const told = sums(records);
        const spend = group({USD: add(told.USD, dollars), CREDITS: add(told.CREDITS, credits)});
        const found = reconcile(records, {origin, label, spend, other: undefined});
        expect(found?.spend).toBe(spend);
        if (records.length === 0) return;
        expect(sums(found?.records ?? [])).toEqual({
          USD: add(told.USD, dollars),
          CREDITS: add(told.CREDITS, credits),
        });
      }),
    );
  });

  test('more than was listed counts as far as what was cut off has room, and not a bit further', () => {
    const records = [charge('ann', decimal('12.5'), 'USD')];
    const against = (listed: string, cut: string) =>
      reconcile(records, {
        origin,
        label,
        spend: group({USD: decimal(listed)}),
        other: {...group({USD: decimal(cut)}), labels: [OTHER]},
      });
    expect(against('10', '2.5')?.spend?.costs.get('USD')?.total.value).toBe('12.5');
    expect(against('10', '2.5')?.spend?.labels).toEqual([label]);
    expect(against('10', '2.4')).toBeUndefined();
    expect(against('12.5', '0')?.records).toEqual(records);
    expect(against('12.4999995', '0')).toBeDefined(); // doubles that were added up
    expect(against('12.499', '0')).toBeUndefined();
  });

  test('nor does room in one currency make room in another', () => {
    const records = [charge('ann', decimal('1'), 'CREDITS')];
    const other = {...group({USD: decimal('100')}), labels: [OTHER]};
    expect(reconcile(records, {origin, label, spend: undefined, other})).toBeUndefined();
  });
});
