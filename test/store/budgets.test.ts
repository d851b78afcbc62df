import {mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {BUDGET_PERIODS, type Budget} from '../../src/core/budget.ts';
import {StoreError} from '../../src/core/errors.ts';
import {instant, parseDate} from '../../src/core/instant.ts';
import {decimal} from '../../src/core/money.ts';
import {openBudgets, printBudgets} from '../../src/store/budgets.ts';
import {openNotified} from '../../src/store/notified.ts';
import {quickClock, tempDirectory} from './temp-store.ts';

async function tempBudgets() {
  const directory = join(await tempDirectory(), 'config');
  const warnings: string[] = [];
  const options = {
    directory,
    platform: 'linux',
    clock: quickClock(),
    warn: (message: string) => warnings.push(message),
  };
  return {
    budgets: openBudgets(options),
    again: () => openBudgets(options),
    notified: openNotified(options),
    directory,
    warnings,
  };
}

const budget = (scope: string, more: Partial<Budget> = {}): Budget => ({
  scope,
  amount: decimal('100'),
  currency: 'USD',
  period: 'month',
  ...more,
});
const SOUND = printBudgets([
  budget('all', {warn: ['50', '80.25'].map(decimal), cycleDay: 31}),
  budget('openai/Alpha', {amount: null, starts: parseDate('2026-11-01')!}),
]);

describe('budgets', () => {
  it('are read back as they were kept, whatever they are', async () => {
    const {budgets, again} = await tempBudgets();
    const amounts = fc.oneof(
      fc.constant(null),
      fc
        .tuple(fc.bigInt({min: 0n, max: 10n ** 17n}), fc.integer({min: 0, max: 12}))
        .map(([digits, places]) => decimal(`${digits}e-${places}`)),
    );
    const any: fc.Arbitrary<Budget> = fc
      .record(
        {
          scope: fc.constantFrom('all', 'openai', 'user:Zoë ☃', 'model:x', 'openai/a b', 'account:openai/c'),
          amount: amounts,
          currency: fc.constantFrom('USD', 'EUR', 'CREDIT_CENTS'),
          period: fc.constantFrom(...BUDGET_PERIODS),
          starts: fc.integer({min: 0, max: 40_000}).map(day => instant(day * 86_400_000)),
          cycleDay: fc.integer({min: 1, max: 31}),
          warn: fc
            .array(fc.integer({min: 1, max: 100_000}), {minLength: 1, maxLength: 20})
            .map(list => list.map(value => decimal(`${value}e-2`))),
        },
        {requiredKeys: ['scope', 'amount', 'currency', 'period', 'starts']},
      )
      .map(({cycleDay, warn, ...rest}) => ({...rest, ...(cycleDay && {cycleDay}), ...(warn && {warn})}));
    await fc.assert(
      fc.asyncProperty(any, async kept => {
        await budgets.change(() => [kept]);
        expect(await again().read()).toEqual([kept]);
      }),
      {numRuns: 40},
    );
  });

  it('are in a file of their own, readable by its owner, in an order that does not depend on history', async () => {
    const {budgets, directory} = await tempBudgets();
    expect(await budgets.read()).toEqual([]);
    await expect(readdir(directory)).rejects.toThrow(); // nothing is made by looking
    await budgets.change(() => [budget('openai', {period: 'year'}), budget('all'), budget('openai')]);
    expect(await readdir(directory)).toEqual(['budgets.json']);
    expect((await stat(budgets.path)).mode & 0o777).toBe(0o600);
    const text = await readFile(budgets.path, 'utf8');
    expect([...text.matchAll(/"(?:scope|period)": "(.*)"/g)].map(([, value]) => value)).toEqual([
      'all',
      'month',
      'openai',
      'month',
      'openai',
      'year',
    ]);
  });

  it('a change that is refused changes nothing', async () => {
    const {budgets, directory} = await tempBudgets();
    const refuse = () => {
      throw new Error('no');
    };
    await expect(budgets.change(refuse)).rejects.toThrow('no');
    await expect(readdir(directory)).rejects.toThrow();
    await budgets.change(() => [budget('all')]);
    await expect(budgets.change(refuse)).rejects.toThrow('no');
    expect(await budgets.read()).toEqual([budget('all')]);
  });

  it('many changes at once lose nothing', async () => {
    const {again, budgets} = await tempBudgets();
    const scopes = Array.from({length: 50}, (_, index) => `user:u${String(index).padStart(2, '0')}`);
    await Promise.all(scopes.map(scope => again().change(now => [...now, budget(scope)])));
    expect((await budgets.read()).map(({scope}) => scope)).toEqual(scopes);
  });
});

describe('a damaged file', () => {
  async function refused(content: string | Uint8Array): Promise<StoreError> {
    const {budgets} = await tempBudgets();
    await mkdir(dirname(budgets.path), {recursive: true, mode: 0o700});
    await writeFile(budgets.path, content, {mode: 0o600});
    const errors = await Promise.all(
      [budgets.read(), budgets.change(now => [...now, budget('new')])].map(attempt =>
        attempt.then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    );
    expect(Buffer.compare(await readFile(budgets.path), Buffer.from(content))).toBe(0);
    expect(await readdir(dirname(budgets.path))).toEqual(['budgets.json']);
    const [first, second] = errors;
    expect(first).toBeInstanceOf(StoreError);
    expect(second).toBeInstanceOf(StoreError);
    return first as StoreError;
  }

  it('cut anywhere is reported with the way out, and left as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(SOUND.trimEnd().length - 1), async length => {
        const error = await refused(SOUND.slice(0, length));
        expect(error.message).toMatch(/budgets\.json is cut off or is no JSON; it was left as it is$/);
        expect(error.advice.hint).toContain('usage budget import');
      }),
      {numRuns: 40},
    );
  });

  const changed = (key: string, value: unknown) => {
    const file = JSON.parse(SOUND);
    file.budgets[0][key] = value;
    return JSON.stringify(file);
  };

  it.each<[string, string, RegExp]>([
    ['a newer version', '{"version": 2}', /newer version/],
    ['no budgets', '{"version": 1}', /expected shape at budgets/],
    ['a key more', changed('owner', 'ann'), /expected shape at budgets\.0/],
    ['no scope', changed('scope', 'a b'), /at budgets\.0\.scope/],
    ['a scope that is not trimmed', changed('scope', 'openai/ x'), /at budgets\.0\.scope/],
    ['an amount that is a number', changed('amount', 100), /at budgets\.0\.amount/],
    ['a negative amount', changed('amount', '-1'), /at budgets\.0\.amount/],
    ['an amount with an exponent', changed('amount', '1e3'), /at budgets\.0\.amount/],
    ['no period', changed('period', 'fortnight'), /at budgets\.0\.period/],
    ['a total without a first day', changed('period', 'total'), /at budgets/],
    ['a date that is none', changed('starts', '2026-02-30'), /at budgets\.0\.starts/],
    ['cycle day 32', changed('cycleDay', 32), /at budgets\.0\.cycleDay/],
    ['a warning at 0', changed('warn', [0]), /at budgets\.0\.warn\.0/],
    ['a currency in lower case', changed('currency', 'usd'), /at budgets\.0\.currency/],
    [
      'the same scope and period twice',
      JSON.stringify({version: 1, budgets: [0, 0].map(() => JSON.parse(SOUND).budgets[0])}),
      /at budgets/,
    ],
  ])('%s', async (_, content, message) => {
    expect((await refused(content)).message).toMatch(message);
  });

  it('bytes that are no UTF-8 name the way out, too', async () => {
    expect((await refused(new Uint8Array([0xff, 0xfe, 0x00]))).advice.hint).toContain('usage budget import');
  });
});

describe('what was told', () => {
  const key = (digit: string) => digit.repeat(32);
  const at = (date: string) => parseDate(date)!;

  it('is remembered until its period is over, and then forgotten', async () => {
    const {notified, directory} = await tempBudgets();
    await notified.add([{key: key('a'), until: at('2026-12-01')}], at('2026-11-22'));
    await notified.add([{key: key('b'), until: at('2027-01-01')}], at('2026-11-30'));
    expect([...(await notified.read())].sort()).toEqual([key('a'), key('b')]);
    await notified.add([{key: key('c'), until: at('2027-01-01')}], at('2026-12-01'));
    expect([...(await notified.read())].sort()).toEqual([key('b'), key('c')]);
    expect(await readdir(directory)).toEqual(['notified.json']);
  });

  it('a damaged file is refused and left as it is', async () => {
    const {notified} = await tempBudgets();
    await mkdir(dirname(notified.path), {recursive: true, mode: 0o700});
    await writeFile(notified.path, '{"version": 1, "told": {"x": 1}}', {mode: 0o600});
    await expect(notified.read()).rejects.toThrow(StoreError);
    await expect(notified.add([], at('2026-11-22'))).rejects.toThrow(StoreError);
    expect(await readFile(notified.path, 'utf8')).toBe('{"version": 1, "told": {"x": 1}}');
  });
});
