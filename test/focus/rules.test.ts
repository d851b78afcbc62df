import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {FOCUS_COLUMNS, MANDATORY_COLUMNS} from '../../src/core/focus-columns.ts';
import {usage} from '../support/context.ts';
import {ALL, startProviders} from '../support/providers.ts';
import {PERIOD, startQuirks} from './quirks.ts';
import {type FocusRow, headerOf, rowsOf} from './read.ts';

/*
 * The rules of FOCUS 1.4 that matter, over what the demo, the usual servers and those with every quirk bill. With
 * FOCUS_EXPORTS the files are left in that folder, for CI to hold them against the standard's own model.
 */

const RATES = '--rate MIOSA_CREDIT_CENTS=0.01 --rate CREDITS=1.5';

const EXPORTS: readonly (readonly [name: string, run: () => Promise<string>])[] = [
  ['demo', async () => stdout(await usage(`focus --demo --period 7d ${RATES}`))],
  [
    'servers',
    async () => stdout(await usage(`focus --period qtd ${RATES}`, {env: (await startProviders(ALL)).env})),
  ],
  ['quirks', async () => stdout(await usage(`focus ${PERIOD} ${RATES}`, {env: (await startQuirks()).env}))],
  ['no-rates', async () => stdout(await usage(`focus ${PERIOD}`, {env: (await startQuirks()).env}))],
];

function stdout(trial: {readonly code: number; readonly stdout: string; readonly stderr: string}): string {
  expect([trial.code, trial.stderr.match(/^error.*/m)?.[0]]).toEqual([0, undefined]);
  return trial.stdout;
}

/** Rules by the name of the model. A rule gives what is wrong with a row, if anything. */
const is = (row: FocusRow, column: string) => row[column] !== '';
const same = (a: string | undefined, b: string | undefined) => Number(a) === Number(b);
const RULES: {readonly [rule: string]: (row: FocusRow) => boolean} = {
  'costs and currency are never null': row =>
    ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost', 'BillingCurrency'].every(name =>
      is(row, name),
    ),
  NumericFormat: row =>
    Object.entries(row).every(
      ([name, value]) => !/Cost$|Quantity$/.test(name) || value === '' || /^-?\d+\.\d+$/.test(value),
    ),
  'CurrencyFormat, a national currency': row => /^[A-Z]{3}$/.test(row.BillingCurrency ?? ''),
  DateTimeFormat: row =>
    ['BillingPeriodStart', 'BillingPeriodEnd', 'ChargePeriodStart', 'ChargePeriodEnd'].every(name =>
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(row[name] ?? ''),
    ),
  'the charge lies in its billing period, a calendar month': row =>
    String(row.BillingPeriodStart) <= String(row.ChargePeriodStart) &&
    String(row.ChargePeriodEnd) <= String(row.BillingPeriodEnd) &&
    /-01T00:00:00Z$/.test(row.BillingPeriodStart ?? '') &&
    /-01T00:00:00Z$/.test(row.BillingPeriodEnd ?? '') &&
    String(row.ChargePeriodStart) < String(row.ChargePeriodEnd),
  ChargeCategory: row => ['Usage', 'Adjustment'].includes(row.ChargeCategory ?? ''),
  'CAU-PricingQuantity-C-005-C: Usage has a quantity': row =>
    row.ChargeCategory !== 'Usage' || (is(row, 'PricingQuantity') && is(row, 'ConsumedQuantity')),
  'a unit with every quantity and only then': row =>
    is(row, 'PricingQuantity') === is(row, 'PricingUnit') &&
    is(row, 'ConsumedQuantity') === is(row, 'ConsumedUnit'),
  UnitFormat: row =>
    ['PricingUnit', 'ConsumedUnit'].every(
      name =>
        !is(row, name) ||
        /^(\d+ )?([A-Z][A-Za-z0-9]*( [A-Z][A-Za-z0-9]*)*|GiB)(-[A-Z][a-z]+)?$/.test(row[name] ?? ''),
    ),
  'CAU-PricingQuantity-C-011-C: no quantity without a SKU': row =>
    is(row, 'SkuPriceId') && is(row, 'SkuId') && is(row, 'SkuMeter'),
  'SubAccountName and SubAccountType exactly with SubAccountId': row =>
    is(row, 'SubAccountId') === is(row, 'SubAccountName') &&
    is(row, 'SubAccountId') === is(row, 'SubAccountType'),
  'JSON is an object of plain values': row =>
    ['Tags', 'SkuPriceDetails'].every(
      name =>
        !is(row, name) ||
        Object.values(JSON.parse(row[name] ?? '')).every(value => typeof value !== 'object'),
    ),
  NullHandling: row => Object.values(row).every(value => !/^(null|n\/a|none|nan|undefined)$/i.test(value)),
  'all four costs are the same, or the money was paid in advance': row =>
    same(row.ListCost, row.EffectiveCost) &&
    same(row.ContractedCost, row.EffectiveCost) &&
    (same(row.BilledCost, row.EffectiveCost) || is(row, 'x_CreditAmount')),
};

describe.each(EXPORTS)('%s', (name, run) => {
  let made: Promise<string> | undefined;
  /** The first test asks the servers, the others have the answer. */
  async function load(): Promise<{readonly csv: string; readonly rows: readonly FocusRow[]}> {
    made ??= run();
    const csv = await made;
    return {csv, rows: rowsOf(csv)};
  }

  it('has rows, and every mandatory column, in the order of the standard', async () => {
    const {csv, rows} = await load();
    const folder = process.env.FOCUS_EXPORTS;
    if (folder) {
      await mkdir(folder, {recursive: true});
      await writeFile(join(folder, `${name}.csv`), csv);
    }
    expect(rows.length).toBeGreaterThan(20);
    const header = headerOf(csv);
    expect(header).toEqual(expect.arrayContaining([...MANDATORY_COLUMNS]));
    const own = header.filter(column => column in FOCUS_COLUMNS);
    const custom = header.filter(column => !(column in FOCUS_COLUMNS));
    expect(header).toEqual([...own.sort(), ...custom.sort()]);
    for (const column of custom) expect(column).toMatch(/^x_([A-Z][a-z]+)+$/);
  });

  it.each(Object.entries(RULES))('%s', async (_, rule) => {
    const {rows} = await load();
    expect(rows.filter(row => !rule(row))).toEqual([]);
  });

  it('a service has one category, and a SKU price one SKU', async () => {
    const {rows} = await load();
    for (const [key, value] of [
      ['ServiceName', 'ServiceCategory'],
      ['ServiceName', 'ServiceSubcategory'],
      ['SkuPriceId', 'SkuId'],
    ] as const) {
      const pairs = new Set(rows.map(row => `${row[key]} ${row[value]}`));
      expect(pairs.size).toBe(new Set(rows.map(row => row[key])).size);
    }
  });
});
