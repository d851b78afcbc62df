import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Budget} from '../../src/core/budget.ts';
import {ProviderError} from '../../src/core/errors.ts';
import {addDays, type Instant, instant, parseDate} from '../../src/core/instant.ts';
import {add, compareDecimals, type Decimal, decimal, multiply} from '../../src/core/money.ts';
import {crossedOn, isOver, linesReached} from '../../src/pipeline/budget-line.ts';
import type {Spend} from '../../src/pipeline/spend.ts';
import {type Standing, standingOf} from '../../src/pipeline/standing.ts';

const at = (date: string) => parseDate(date)!;
const NOW = instant(at('2026-11-22') + 9 * 3_600_000);
const MONTH = {start: at('2026-11-01'), end: at('2026-12-01')};

const costs = (amounts: {readonly [currency: string]: string}) =>
  new Map(Object.entries(amounts).map(([currency, amount]) => [currency, decimal(amount)]));

const spendOf = (amounts: {readonly [currency: string]: string}, more: Partial<Spend> = {}): Spend => ({
  costs: costs(amounts),
  before: costs(amounts),
  days: undefined,
  undecided: new Map(),
  failures: new Map(),
  blind: [],
  missing: undefined,
  ...more,
});

interface Given {
  readonly amount?: string | null;
  readonly currency?: string;
  readonly warn?: readonly string[];
  readonly rates?: {readonly [currency: string]: string};
}

function stand(spend: Spend, {amount = '100', currency = 'USD', warn, rates = {}}: Given = {}): Standing {
  const budget: Pick<Budget, 'amount' | 'currency' | 'warn'> = {
    amount: amount === null ? null : decimal(amount),
    currency,
    ...(warn && {warn: warn.map(decimal)}),
  };
  return standingOf(budget, MONTH, spend, costs(rates), NOW);
}

const stateAt = (spent: string, given: Given = {}) => stand(spendOf({USD: spent}), given).state;

describe('states', () => {
  it.each([
    ['0', 'ok'],
    ['79.99', 'ok'],
    ['79.999999999999999999999', 'ok'],
    ['80', 'warning'],
    ['89.99', 'warning'],
    ['90', 'critical'],
    ['99.99', 'critical'],
    ['100', 'critical'], // all of it may be spent
    ['100.000000000000000000000000000001', 'exceeded'],
    ['100.01', 'exceeded'],
    ['-5', 'ok'],
  ])('%s of 100 is %s', (spent, state) => {
    expect(stateAt(spent)).toBe(state);
  });

  it.each([
    ['49.99', 'ok'],
    ['50', 'warning'],
    ['90', 'critical'],
    ['100.01', 'exceeded'],
  ])('with lines of its own, %s of 100 is %s', (spent, state) => {
    expect(stateAt(spent, {warn: ['50', '95']})).toBe(state);
  });

  it('nothing of nothing is ok, anything of nothing exceeded; neither has a percentage', () => {
    expect(stand(spendOf({USD: '0'}), {amount: '0'})).toMatchObject({state: 'ok', percent: null});
    expect(stand(spendOf({USD: '0.01'}), {amount: '0'})).toMatchObject({state: 'exceeded', percent: null});
  });

  it('what is unlimited is ok at any height, and has nothing left or used', () => {
    expect(stand(spendOf({USD: '1e9'}), {amount: null})).toMatchObject({
      state: 'ok',
      spent: '1000000000',
      percent: null,
      remaining: null,
    });
  });

  it('percent and rest are exact to four places and to the last digit', () => {
    expect(stand(spendOf({USD: '33.333333333333333333'}), {amount: '99.99'})).toMatchObject({
      percent: '33.3367',
      remaining: '66.656666666666666667',
    });
  });

  it('a budget that has not begun has no figures', () => {
    const standing = standingOf(
      {amount: decimal('1'), currency: 'USD'},
      undefined,
      undefined,
      new Map(),
      NOW,
    );
    expect(standing).toMatchObject({state: 'not_begun', spent: null, projected: null});
    expect(isOver(standing, decimal('1'), decimal('100'))).toBe(false);
  });
});

describe('over a line', () => {
  it('is more than the line, exactly, whatever the digits', () => {
    const amounts = fc.bigInt({min: 1n, max: 10n ** 24n}).map(digits => decimal(`${digits}e-9`));
    const percents = fc.integer({min: 1, max: 20_000}).map(value => decimal(`${value}e-2`));
    const tiny = decimal('1e-15');
    fc.assert(
      fc.property(amounts, percents, (amount, percent) => {
        const line = multiply(multiply(amount, percent), decimal('0.01'));
        const over = (spent: Decimal) => isOver(stand(spendOf({USD: spent}), {amount}), amount, percent);
        expect(over(line)).toBe(false);
        expect(over(add(line, tiny))).toBe(true);
      }),
    );
  });

  it('reaches lines below the whole at them, the whole only beyond it', () => {
    const lines = ['50', '80', '100', '150'].map(decimal);
    const reached = (spent: string) => linesReached(decimal(spent), decimal('200'), lines);
    expect(reached('99.99')).toEqual([]);
    expect(reached('100')).toEqual(['50']);
    expect(reached('200')).toEqual(['50', '80']);
    expect(reached('200.01')).toEqual(['50', '80', '100']);
    expect(reached('300.01')).toEqual(['50', '80', '100', '150']);
  });
});

describe('money in several currencies', () => {
  it('is never counted silently', () => {
    const standing = stand(spendOf({USD: '30', EUR: '5'}));
    expect(standing).toMatchObject({
      spent: null,
      atLeast: '30',
      atMost: null,
      percent: null,
      state: 'unknown',
      problem: {kind: 'currency', currencies: ['EUR']},
    });
    expect(isOver(standing, decimal('100'), decimal('100'))).toBeUndefined();
  });

  it('but what is over without it is over', () => {
    const standing = stand(spendOf({USD: '100.01', EUR: '5'}));
    expect(standing).toMatchObject({spent: null, state: 'exceeded'});
    expect(isOver(standing, decimal('100'), decimal('100'))).toBe(true);
  });

  it('is converted exactly at the rates that are set, which are told', () => {
    const standing = stand(spendOf({USD: '30.1', EUR: '5', CREDIT_CENTS: '300'}), {
      rates: {EUR: '1.0837', CREDIT_CENTS: '0.01', GBP: '2'},
    });
    expect(standing.spent).toBe('38.5185');
    expect([...standing.rates]).toEqual([
      ['CREDIT_CENTS', '0.01'],
      ['EUR', '1.0837'],
    ]);
  });

  it('into another currency than dollars takes the rate of that one', () => {
    expect(stand(spendOf({USD: '110'}), {currency: 'EUR'}).problem).toMatchObject({kind: 'currency'});
    const standing = stand(spendOf({USD: '110', EUR: '1'}), {currency: 'EUR', rates: {EUR: '1.1'}});
    expect(standing).toMatchObject({spent: '101', state: 'exceeded'});
    expect([...standing.rates]).toEqual([['EUR', '1.1']]);
  });

  it('in the budget’s own currency takes no rate, and none is told', () => {
    const standing = stand(spendOf({CREDIT_CENTS: '80'}), {
      currency: 'CREDIT_CENTS',
      rates: {CREDIT_CENTS: '0.01'},
    });
    expect(standing).toMatchObject({spent: '80', state: 'warning'});
    expect(standing.rates.size).toBe(0);
  });

  it('nothing in another currency needs no rate', () => {
    expect(stand(spendOf({USD: '5', EUR: '0'}))).toMatchObject({spent: '5', problem: undefined});
  });
});

describe('what is not all known', () => {
  const failed = new Map([['work', new ProviderError('unreachable', 'no')]]);

  it('a failed account leaves a lower bound: over by it is over, within is not to be told', () => {
    const low = stand(spendOf({USD: '99'}, {failures: failed}));
    expect(low).toMatchObject({spent: null, atLeast: '99', state: 'unknown', projected: null});
    expect(isOver(low, decimal('100'), decimal('100'))).toBeUndefined();
    expect(isOver(low, decimal('100'), decimal('50'))).toBe(true);
    expect(stand(spendOf({USD: '100.01'}, {failures: failed})).state).toBe('exceeded');
  });

  it('what may belong to it or not leaves two bounds, and only between them nothing is known', () => {
    const open = (spent: string, undecided: string) =>
      stand(spendOf({USD: spent}, {undecided: costs({USD: undecided})}));
    const over = (standing: Standing) => isOver(standing, decimal('100'), decimal('100'));
    expect(open('60', '10')).toMatchObject({spent: null, atLeast: '60', atMost: '70', state: 'ok'});
    expect(over(open('60', '10'))).toBe(false);
    expect(open('85', '10').state).toBe('unknown');
    expect(over(open('85', '10'))).toBe(false);
    expect(over(open('95', '10'))).toBeUndefined();
    expect(over(open('101', '10'))).toBe(true);
    expect(open('101', '-2')).toMatchObject({atLeast: '99', atMost: '101', state: 'unknown'});
  });

  it('an unlimited budget with a part missing is unknown, and never over', () => {
    const standing = stand(spendOf({USD: '99'}, {failures: failed}), {amount: null});
    expect(standing.state).toBe('unknown');
    expect(isOver(standing, null, decimal('100'))).toBe(false);
  });

  it('no account, or a project that nobody knows, is no zero', () => {
    for (const missing of ['no_account', 'unknown'] as const) {
      const standing = stand(spendOf({}, {missing}));
      expect(standing).toMatchObject({spent: null, atLeast: null, state: 'unknown'});
      expect(isOver(standing, decimal('100'), decimal('100'))).toBeUndefined();
    }
  });
});

describe('projection', () => {
  const project = (start: string, end: string | undefined, spend: Spend) =>
    standingOf(
      {amount: decimal('100'), currency: 'USD'},
      {start: at(start), end: end === undefined ? undefined : at(end)},
      spend,
      new Map(),
      NOW,
    );
  const spentSoFar = (spent: string, complete: string) =>
    spendOf({USD: spent}, {before: costs({USD: complete})});

  it('is the run rate of the complete days: 21 of 30 here', () => {
    expect(project('2026-11-01', '2026-12-01', spentSoFar('210.5', '210'))).toMatchObject({
      projected: '300',
      unprojected: null,
    });
  });

  it('is never less than what is spent', () => {
    expect(project('2026-11-01', '2026-12-01', spentSoFar('500', '210')).projected).toBe('500');
  });

  it('takes three complete days', () => {
    expect(project('2026-11-20', '2026-12-01', spentSoFar('9', '6'))).toMatchObject({
      projected: null,
      unprojected: 'too_early',
    });
    expect(project('2026-11-19', '2026-12-01', spentSoFar('9', '6')).projected).toBe('24');
    expect(project('2026-11-22', '2026-11-23', spentSoFar('9', '0')).unprojected).toBe('too_early');
  });

  it('has no end for a total, and no ground where days are not told', () => {
    expect(project('2026-01-01', undefined, spentSoFar('9', '6')).unprojected).toBe('no_end');
    expect(project('2026-11-01', '2026-12-01', spendOf({USD: '1'}, {before: undefined})).unprojected).toBe(
      'unknown',
    );
  });

  it('counts money at the same rates as the spend', () => {
    const spend = spendOf({EUR: '21'}, {before: costs({EUR: '21'})});
    expect(stand(spend, {rates: {EUR: '2'}})).toMatchObject({spent: '42', projected: '60'});
  });
});

describe('the day on which a line was crossed', () => {
  const standing = (days: readonly (readonly [string, string])[], rates = {}) =>
    stand(
      spendOf(
        {USD: '0'},
        {
          days: new Map([
            ['USD', new Map(days.map(([day, amount]): [Instant, Decimal] => [at(day), decimal(amount)]))],
          ]),
        },
      ),
      {rates},
    );
  const crossed = (days: readonly (readonly [string, string])[], percent = '100') =>
    crossedOn(standing(days), decimal('100'), decimal(percent), NOW);

  it('is the first whose sum is beyond it', () => {
    const days = [
      ['2026-11-03', '60'],
      ['2026-11-10', '40'],
      ['2026-11-12', '0.01'],
      ['2026-11-20', '5'],
    ] as const;
    expect(crossed(days)).toBe(at('2026-11-12'));
    expect(crossed(days, '59')).toBe(at('2026-11-03'));
    expect(crossed(days, '200')).toBeUndefined();
  });

  it('is the last crossing where refunds have brought it below again', () => {
    const days = [
      ['2026-11-03', '120'],
      ['2026-11-05', '-50'],
      ['2026-11-09', '40'],
    ] as const;
    expect(crossed(days)).toBe(at('2026-11-09'));
  });

  it('agrees with the sum: there is one if and only if it is over', () => {
    const amounts = fc.array(fc.integer({min: -30, max: 60}), {minLength: 22, maxLength: 22});
    fc.assert(
      fc.property(amounts, list => {
        const days = list.map((amount, index): [Instant, Decimal] => [
          addDays(MONTH.start, index),
          decimal(amount),
        ]);
        const total = decimal(list.reduce((sum, amount) => sum + amount, 0));
        const judged = stand(spendOf({USD: total}, {days: new Map([['USD', new Map(days)]])}));
        const since = crossedOn(judged, decimal('100'), decimal('100'), NOW);
        expect(since !== undefined).toBe(compareDecimals(total, decimal('100')) > 0);
      }),
    );
  });

  it('is not told where days are not', () => {
    expect(crossedOn(stand(spendOf({USD: '500'})), decimal('100'), decimal('100'), NOW)).toBeUndefined();
  });
});
