import type {LabelDimension} from '../../src/core/dimension.ts';
import {formatInstant} from '../../src/core/instant.ts';
import type {Metric} from '../../src/core/metric.ts';
import {decimal} from '../../src/core/money.ts';
import type {Query} from '../../src/core/query.ts';
import type {Label} from '../../src/core/record.ts';
import type {Cell, Report} from '../../src/core/report.ts';
import type {Driver, Source} from '../../src/drivers/driver.ts';
import {buildReport} from '../../src/reports/build.ts';
import {
  accountOf,
  ask,
  at,
  driverOf,
  type Fact,
  factSource,
  flow,
  queryOf,
  type TestAccount,
} from '../pipeline/made-up.ts';

export const METRICS: readonly Metric[] = [
  {...flow('chat', 'input_tokens'), headline: 'tokens'},
  {...flow('chat', 'output_tokens'), headline: 'tokens'},
  {...flow('chat', 'requests', 'requests'), headline: 'requests'},
  flow('storage', 'gb_hours', 'gib-hours'),
];

type Labels = {readonly [D in LabelDimension]?: Label | string};

/** Something that was billed, on the first of November 2026 unless a day is given. */
export const billed = (
  amount: string,
  labels: Labels = {},
  {day = '2026-11-01', currency = 'USD'} = {},
): Fact => ({
  ...labelled(labels, day),
  cost: {amount: decimal(amount), currency},
});

/** Something that was metered. */
export const metered = (
  quantities: {readonly [metric: string]: string},
  labels: Labels = {},
  {day = '2026-11-01', kind = 'chat'} = {},
): Fact => ({
  ...labelled(labels, day),
  kind,
  quantities: Object.fromEntries(Object.entries(quantities).map(([name, value]) => [name, decimal(value)])),
});

const labelled = (labels: Labels, day: string): Pick<Fact, 'at' | 'labels'> => ({
  at: at(day),
  labels: Object.fromEntries(
    Object.entries(labels).map(([dimension, label]) => [
      dimension,
      typeof label === 'string' ? {id: label} : label,
    ]),
  ),
});

/** An account that reports facts. */
export const reporting = (
  facts: readonly Fact[],
  name = 'acme',
  changes: {readonly source?: Partial<Source>; readonly driver?: Partial<Driver>} = {},
): TestAccount =>
  accountOf(driverOf([factSource(facts, {metrics: METRICS, ...changes.source})], changes.driver), name);

/** The value of a cell as machines get it, as text; null where nothing was reported. */
function machine(cell: Cell | undefined): string | null {
  switch (cell?.type) {
    case 'text':
    case 'quantity':
    case 'share':
    case 'change':
      return cell.value;
    case 'money':
      return cell.amount;
    case 'instant':
      return formatInstant(cell.value).replace('T00:00:00Z', '');
    case 'flag':
      return String(cell.value);
    case 'series':
      return cell.values.map(value => value ?? '-').join(' ');
    case 'quantities':
      return JSON.stringify(cell.values);
    default:
      return null;
  }
}

/** What people see of a text. */
const display = (cell: Cell | undefined): string =>
  cell?.type === 'text' ? (cell.display ?? cell.value ?? '') : '';

export interface Built {
  readonly report: Report;
  /** Rows by column key, as machines get them. */
  readonly rows: readonly {readonly [key: string]: string | null}[];
  readonly footer: readonly {readonly [key: string]: string | null}[];
  /** The cells of one column, as people get them. */
  shown(key: string): readonly string[];
  /** Values of some columns, a row a line. */
  pick(...keys: readonly string[]): readonly string[];
}

/** Asks accounts and builds the report, as the command line does. */
export async function build(query: Partial<Query>, ...accounts: readonly TestAccount[]): Promise<Built> {
  const complete = queryOf(query);
  const report = buildReport({
    query: complete,
    figures: await ask(complete, ...accounts),
    metrics: METRICS,
    notices: [],
    showAccounts: accounts.some(({account, driver}) => account !== driver.id),
  });
  const index = (key: string) => report.columns.findIndex(column => column.key === key);
  const named = (rows: Report['rows']) =>
    rows.map(row => Object.fromEntries(report.columns.map(({key}, place) => [key, machine(row[place])])));
  const rows = named(report.rows);
  return {
    report,
    rows,
    footer: named(report.footer),
    shown: key => report.rows.map(row => display(row[index(key)])),
    pick: (...keys) => rows.map(row => keys.map(key => row[key] ?? '-').join(' ')),
  };
}
