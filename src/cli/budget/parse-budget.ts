import {BUDGET_PERIODS, type Budget, type BudgetPeriod, MONTHS_OF} from '../../core/budget.ts';
import {InputError} from '../../core/errors.ts';
import {type Instant, parseDate} from '../../core/instant.ts';
import {type Currency, compareDecimals, type Decimal, parseDecimal} from '../../core/money.ts';
import {choose, wholeNumber} from '../choice.ts';
import type {SetFlags} from './flags.ts';

/** Makes a budget of what was typed; the scope is canonical already. Throws InputError. Pure. */
export function parseBudget(scope: string, amount: string, flags: SetFlags): Budget {
  const period = parseBudgetPeriod(flags.period ?? 'month');
  const starts = flags.starts === undefined ? undefined : parseStarts(flags.starts);
  if (period === 'total' && starts === undefined) {
    throw new InputError('--period total needs a first day', {
      rule: 'what was spent before it does not count',
      hint: 'add --starts YYYY-MM-DD',
    });
  }
  const cycleDay = flags.cycleDay === undefined ? undefined : parseCycleDay(flags.cycleDay, period);
  return {
    scope,
    amount: parseAmount(amount),
    currency: parseCurrency(flags.currency ?? 'USD'),
    period,
    ...(starts !== undefined && {starts}),
    ...(cycleDay !== undefined && {cycleDay}),
    ...(flags.warn !== undefined && {warn: parseWarn(flags.warn)}),
  };
}

export const parseBudgetPeriod = (text: string): BudgetPeriod => choose('--period', text, BUDGET_PERIODS);

function parseAmount(text: string): Decimal | null {
  if (text === 'unlimited') return null;
  const amount = /^\d{1,18}(?:\.\d{1,12})?$/.test(text) ? parseDecimal(text) : undefined;
  if (amount !== undefined) return amount;
  throw new InputError(`"${text}" is no amount`, {
    rule: 'a plain decimal such as 500 or 49.90, without sign, separators or currency; or unlimited',
    nearest: [text, ['unlimited']],
  });
}

/** Three letters must be a currency that there is; longer words are units of providers. */
function parseCurrency(text: string): Currency {
  const code = text.toUpperCase();
  const known = Intl.supportedValuesOf('currency');
  if (/^[A-Z]{3}$/.test(code) ? known.includes(code) : /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(code)) return code;
  throw new InputError(`--currency "${text}" is not known`, {
    rule: 'an ISO 4217 code such as USD, or a unit as reports write it (with an underscore)',
    nearest: [code, known],
  });
}

function parseStarts(text: string): Instant {
  const at = parseDate(text);
  if (at !== undefined) return at;
  throw new InputError(`--starts "${text}" is no date`, {rule: 'YYYY-MM-DD: the first day that counts, UTC'});
}

function parseCycleDay(text: string, period: BudgetPeriod): number {
  if (MONTHS_OF[period] === undefined) {
    throw new InputError(`--cycle-day does not go with --period ${period}`, {
      rule: 'it moves the first day of months, quarters and years',
    });
  }
  return wholeNumber('--cycle-day', text, 1, 31);
}

const PERCENT_RULE = 'percents from 0.01 to 1000 with at most two places, such as 80';

/** A percent of a budget. */
export function parsePercent(flag: string, text: string): Decimal {
  const value = /^\d{1,4}(?:\.\d{1,2})?%?$/.test(text) ? parseDecimal(text.replace('%', '')) : undefined;
  if (value !== undefined && Number(value) > 0 && Number(value) <= 1_000) return value;
  throw new InputError(`${flag} "${text}" is no percent`, {rule: PERCENT_RULE});
}

function parseWarn(given: readonly string[]): readonly Decimal[] {
  if (given.length === 0 || given.length > 20)
    throw new InputError('--warn takes 1 to 20 percents', {rule: PERCENT_RULE});
  return [...new Set(given.map(text => parsePercent('--warn', text)))].sort(compareDecimals);
}
