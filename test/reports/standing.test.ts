import {describe, expect, test} from 'vitest';
import {decimal} from '../../src/core/money.ts';
import type {ProviderBudget} from '../../src/core/project.ts';
import {Sum} from '../../src/core/sum.ts';
import type {Group} from '../../src/pipeline/aggregate.ts';
import {standingOf} from '../../src/reports/project-lines.ts';

const usd = (amount: string) => ({amount: decimal(amount), currency: 'USD'});
const limit = (amount: string, more: Partial<ProviderBudget> = {}): ProviderBudget => ({
  scope: {level: 'account'},
  kind: 'limit',
  amount: usd(amount),
  period: 'month',
  ...more,
});
const month = (costs: {readonly [currency: string]: string}): Group => ({
  key: '',
  labelKey: '',
  labels: [],
  bucket: undefined,
  provider: 'x',
  account: 'x',
  quantities: new Map(),
  costs: new Map(
    Object.entries(costs).map(([currency, amount]) => [
      currency,
      {total: new Sum().add(decimal(amount)), days: new Map()},
    ]),
  ),
});
const figures = (budget: ProviderBudget, group: Group | 'unread' | undefined) => {
  const {spent, remaining, used} = standingOf(budget, group);
  return [spent?.amount, remaining?.amount, used];
};

describe('how a budget stands', () => {
  test.each([
    [
      'a month against the costs of the month',
      limit('1000.01'),
      month({USD: '333.333'}),
      ['333.333', '666.677', '0.33333'],
    ],
    ['no cost of a month that was read is 0', limit('10'), undefined, ['0', '10', '0']],
    [
      'a month that was not read is unknown',
      limit('10'),
      'unread' as const,
      [undefined, undefined, undefined],
    ],
    ['over it, what is left is negative', limit('1'), month({USD: '2.5'}), ['2.5', '-1.5', '2.5']],
    [
      'costs in another currency are not counted as none',
      limit('10'),
      month({EUR: '3'}),
      [undefined, undefined, undefined],
    ],
    ['nor beside some that are', limit('10'), month({USD: '1', EUR: '3'}), [undefined, undefined, undefined]],
    [
      'what the provider says counts',
      limit('10', {period: 'total', spent: usd('4')}),
      month({USD: '9'}),
      ['4', '6', '0.4'],
    ],
    [
      'what it says is left is left, and the rest is spent',
      limit('10', {period: 'total', remaining: usd('2.5')}),
      'unread' as const,
      ['7.5', '2.5', '0.75'],
    ],
    [
      'what it says is left need not be amount - spent',
      limit('10', {period: 'total', remaining: usd('2'), spent: usd('7')}),
      undefined,
      ['7', '2', '0.7'],
    ],
    [
      'what is told in another currency is not set against it',
      limit('10', {period: 'total', spent: {amount: decimal('5'), currency: 'CREDITS'}}),
      undefined,
      ['5', undefined, undefined],
    ],
    [
      'a time that is not told has no spend',
      limit('10', {period: 'unknown'}),
      month({USD: '1'}),
      [undefined, undefined, undefined],
    ],
    [
      'nothing divides by 0',
      limit('0', {period: 'total', spent: usd('0')}),
      undefined,
      ['0', '0', undefined],
    ],
    [
      'unlimited has nothing left to tell',
      {...limit('1'), amount: 'unlimited' as const},
      month({USD: '1'}),
      [undefined, undefined, undefined],
    ],
  ])('%s', (_, budget, group, expected) => {
    expect(figures(budget, group)).toEqual(expected);
  });
});
