import {DEFAULT_COLUMNS, typeOf} from '../../src/core/focus-columns.ts';
import type {Driver} from '../../src/drivers/driver.ts';
import {drivers} from '../../src/drivers/index.ts';

/** Columns that are the same for every provider, in words; a provider's own table goes before. */
const SAME: {readonly [column: string]: string} = {
  BilledCost: 'the money as billed; 0 for credits, which are paid for in advance',
  BillingAccountName: 'null: no API tells it',
  BillingCurrency: 'the currency of the money; `USD` for credits',
  BillingPeriodEnd: 'the end of that month',
  BillingPeriodStart: 'the UTC calendar month of ChargePeriodStart',
  ChargeCategory: '`Usage`; `Adjustment` where the API tells money and no quantity',
  ChargeClass: 'null: no API tells corrections',
  ChargeFrequency: '`Usage-Based`',
  ChargePeriodEnd: 'the end of that day',
  ChargePeriodStart: 'the UTC day',
  ContractedCost: 'as EffectiveCost',
  EffectiveCost: 'as BilledCost; for credits what they are worth at your rate',
  ListCost: 'as EffectiveCost',
  SkuPriceDetails: 'null',
  Tags: 'null: no API tells tags of these rows',
  x_Account: 'the account, as `--account` calls it',
  x_ComputerSeconds: 'null',
  x_CreditAmount: 'money in no national currency, as the provider counts it',
  x_CreditUnit: 'its unit',
  x_Estimated: '`true` while the figures may still change, else null',
  x_JobCount: 'null',
  x_Provider: 'the provider, as `--provider` calls it',
  x_Remainder: 'null',
  x_SandboxSeconds: 'null',
  x_SourceLineItem: 'null',
  x_StorageGibibyteHours: 'null',
};

/** The page on the mapping, made of the drivers' tables. */
export function mappingPage(): string {
  return [
    '# How each provider becomes FOCUS 1.4',
    '',
    "Made of the drivers' own tables (`src/drivers/<id>/focus.ts`) by `test/focus/golden.test.ts -u`: do not edit it here.",
    'What a provider leaves out is made the same way for all, or is null.',
    '',
    '## The same for all',
    '',
    ...table(
      DEFAULT_COLUMNS.flatMap(column => (SAME[column] ? [[column, typeOf(column), SAME[column]]] : [])),
      ['column', 'type', 'what it holds'],
    ),
    ...drivers.flatMap(driverSection),
  ].join('\n');
}

function driverSection({title, focus}: Driver): string[] {
  if (!focus) return [];
  const cells = DEFAULT_COLUMNS.flatMap(column => {
    const cell = focus.columns[column];
    return cell ? [[column, cell.from]] : [];
  });
  const rows = [
    ['BillingAccountId', `${focus.payer}; else the name of the account`],
    ['costs', focus.money],
    ...cells,
  ];
  return [
    `## ${title}`,
    '',
    `One row for each ${focus.split.map(name => name.replace('_', ' ')).join(', ')} and day of \`${focus.source}\`.`,
    '',
    ...table(rows, ['column', 'from']),
    ...focus.notes.map(note => `- ${note}`),
    '',
  ];
}

const table = (rows: readonly (readonly string[])[], head: readonly string[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---|').join('')}`,
  ...rows.map(row => `| ${row.map(text => text.replaceAll('|', '\\|')).join(' | ')} |`),
  '',
];
