import Big from 'big.js';
import fc from 'fast-check';
import {expect, it} from 'vitest';
import {type Decimal, decimal} from '../../src/core/money.ts';
import {type LeftOut, priceOf} from '../../src/focus/price.ts';
import type {Charge} from '../../src/pipeline/charges.ts';
import {NOW} from '../support/session.ts';

const amount = fc
  .tuple(fc.bigInt({min: -(10n ** 20n), max: 10n ** 20n}), fc.nat(20))
  .map(([digits, places]) => decimal(new Big(String(digits)).times(new Big(10).pow(-places)).toFixed()));
const costs = fc.uniqueArray(
  fc.tuple(fc.constantFrom('USD', 'EUR', 'CREDITS', 'TOKENS', 'XYZ_CENTS'), amount),
  {
    selector: ([currency]) => currency,
  },
);
const rate = fc.constantFrom('0.01', '2', '0.333').map(decimal);

const charge = (all: readonly (readonly [string, Decimal])[]): Charge => ({
  key: '',
  period: {start: NOW, end: NOW},
  labels: {},
  costs: all.map(([currency, value]) => ({currency, amount: value})),
  quantities: {},
  billedFor: undefined,
  payer: undefined,
});
const sum = (texts: readonly string[]) =>
  texts.reduce((total, text) => total.plus(text), new Big(0)).toFixed();

it('no money is lost, made up, or turned into another without a rate', () => {
  fc.assert(
    fc.property(costs, rate, (all, price) => {
      const left: LeftOut[] = [];
      const {prices, credits} = priceOf(charge(all), new Map([['CREDITS', price]]), one => left.push(one));
      const of = (currency: string) => all.flatMap(([name, value]) => (name === currency ? [value] : []));
      for (const currency of ['USD', 'EUR']) {
        const found = prices.filter(one => one.currency === currency);
        expect(found.length).toBeLessThanOrEqual(1);
        expect(sum(found.map(({billed}) => billed))).toBe(sum(of(currency)));
        const worth =
          currency === 'USD' ? of('CREDITS').map(value => new Big(value).times(price).toFixed()) : [];
        expect(sum(found.map(({effective}) => effective))).toBe(sum([...of(currency), ...worth]));
      }
      expect([...credits]).toEqual(all.filter(([name]) => name === 'CREDITS'));
      expect(left.map(({currency, amount: value}) => [currency, value])).toEqual(
        all.filter(([name]) => name === 'TOKENS' || name === 'XYZ_CENTS'),
      );
    }),
  );
});
