import {InputError} from '../core/errors.ts';
import {ALL_COLUMNS, DEFAULT_COLUMNS, type FocusColumn} from '../core/focus-columns.ts';
import {type Currency, type Decimal, parseDecimal, sign} from '../core/money.ts';
import {FOCUS_FORMATS, type FocusFormat} from '../focus/sheet.ts';
import {choose, chooseAll} from './choice.ts';
import type {ReportFlags} from './options.ts';

/** Flags of `usage focus export`, as typed. */
export interface ExportFlags
  extends Pick<
    ReportFlags,
    | 'period'
    | 'from'
    | 'to'
    | 'provider'
    | 'account'
    | 'format'
    | 'output'
    | 'strict'
    | 'timeout'
    | 'concurrency'
    | 'demo'
    | 'quiet'
    | 'verbose'
    | 'debug'
  > {
  readonly columns?: readonly string[];
  readonly rate?: readonly string[];
}

/** What is not written: files are plain, and Parquet packs itself. */
const PACKED = /\.(?:gz|tgz|zip|bz2|xz|zst|br|7z|tar)$/i;

/** By `--format`, else by the end of the file's name, else CSV. Throws InputError for a name that says it is packed. */
export function chooseFocusFormat({format, output}: Pick<ExportFlags, 'format' | 'output'>): FocusFormat {
  const packed = PACKED.exec(output ?? '')?.[0];
  if (packed !== undefined)
    throw new InputError(`--output does not write ${packed}`, {
      rule: `one of ${FOCUS_FORMATS.map(known => `.${known}`).join(', ')}`,
      hint: 'pack it afterwards, or take .parquet, which is small by itself',
    });
  if (format !== undefined) return choose('--format', format, FOCUS_FORMATS);
  return FOCUS_FORMATS.find(known => output?.toLowerCase().endsWith(`.${known}`)) ?? 'csv';
}

/** `--columns` in the order of the standard, whatever the order typed; without it all that some provider fills. */
export function chooseColumns(given: readonly string[] | undefined): readonly FocusColumn[] {
  if (given === undefined) return DEFAULT_COLUMNS;
  const rule = `some of ${DEFAULT_COLUMNS.join(', ')}`;
  if (given.length === 0) throw new InputError('--columns is empty', {rule});
  const names = given.map(
    word => DEFAULT_COLUMNS.find(name => name.toLowerCase() === word.toLowerCase()) ?? word,
  );
  const unfilled = names.find(name =>
    ALL_COLUMNS.some(known => known === name && !DEFAULT_COLUMNS.includes(known)),
  );
  if (unfilled !== undefined)
    throw new InputError(`--columns "${unfilled}" is a column of the standard that no provider here fills`, {
      rule,
    });
  const chosen = chooseAll('--columns', names, DEFAULT_COLUMNS);
  return DEFAULT_COLUMNS.filter(column => chosen.includes(column));
}

/** `--rate UNIT=DOLLARS`, over those of config.json. */
export function chooseRates(
  given: readonly string[] | undefined,
  stored: ReadonlyMap<Currency, Decimal>,
): ReadonlyMap<Currency, Decimal> {
  const rates = new Map(stored);
  for (const text of given ?? []) {
    const [, unit = '', price = ''] = /^([A-Za-z][A-Za-z0-9_]*)=(.+)$/.exec(text) ?? [];
    const rate = /^\d+(\.\d+)?$/.test(price) ? parseDecimal(price) : undefined;
    if (rate === undefined || sign(rate) <= 0) {
      throw new InputError(`--rate "${text}" is no rate`, {
        rule: 'UNIT=DOLLARS, the price of one unit in US dollars',
        hint: 'such as: --rate CREDITS=0.01',
      });
    }
    if (unit.toUpperCase() === 'USD')
      throw new InputError('--rate gives the price of a dollar in dollars', {
        rule: 'UNIT=DOLLARS, for a unit other than USD',
      });
    rates.set(unit.toUpperCase(), rate);
  }
  return rates;
}
