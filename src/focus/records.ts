import type {LabelDimension} from '../core/dimension.ts';
import type {Instant} from '../core/instant.ts';
import type {Period} from '../core/period.ts';
import type {Record} from '../core/record.ts';
import type {Complaints} from './complaints.ts';
import {LabelReader} from './labels.ts';
import type {Roles} from './roles.ts';
import type {Table} from './table.ts';
import {Values} from './values.ts';

/** The kind under which quantities of a file are counted; the metric is the unit. */
export const CONSUMED = 'consumed';

export interface Asked {
  readonly window: Period;
  readonly split: readonly LabelDimension[];
  /** Whether quantities are wanted beside the money. */
  readonly quantities: boolean;
  /** Only rows of these providers, as the file names them; undefined: all. */
  readonly providers: ReadonlySet<string> | undefined;
}

/** What a file has of a window besides its records. */
export interface Coverage {
  /** Rows whose charge period begins in the window and ends after it: counted whole. */
  beyond: number;
  /** Rows of the whole file. */
  rows: number;
  /** When its first charge begins and its last one ends. */
  start: Instant | undefined;
  end: Instant | undefined;
}

/** The records of a file whose charge periods begin in a window. Throws ProviderError for a row that no figure can be made of. */
export async function* recordsOf(
  table: Table,
  roles: Roles,
  asked: Asked,
  complaints: Complaints,
  coverage: Coverage,
): AsyncGenerator<Record> {
  const wanted = [...new Set(columnsOf(roles))];
  const values = new Values(complaints);
  const {window, providers} = asked;
  const periods = new Map<string, Period>();
  const quantities = asked.quantities && roles.quantity !== undefined && roles.unit !== undefined;
  for await (const {rows, places, where} of table.read(wanted)) {
    const placeOf = (column: string | undefined) =>
      column === undefined ? -1 : (places[wanted.indexOf(column)] ?? -1);
    const [start, end, cost, currency] = [roles.start, roles.end, roles.cost, roles.currency].map(placeOf);
    const [provider, quantity, unit] = [roles.provider, roles.quantity, roles.unit].map(placeOf);
    const labels = new LabelReader(roles, asked.split, placeOf);
    const cell = (row: readonly string[], place: number | undefined) => row[place ?? -1] ?? '';
    let index = 0;
    const here = () => where(index);
    for (; index < rows.length; index++) {
      const row = rows[index] ?? [];
      const [from, to] = [cell(row, start), cell(row, end)];
      let period = periods.get(from + to);
      if (!period) {
        const begin = values.instant(from, roles.start, here);
        const until = to === '' || roles.end === undefined ? begin : values.instant(to, roles.end, here);
        if (until < begin)
          complaints.add('CAU-ChargePeriodEnd', 'the charge ends before it begins; its begin counts', here);
        period = {start: begin, end: until < begin ? begin : until};
        if (periods.size > 100_000) periods.clear();
        periods.set(from + to, period);
        if (coverage.start === undefined || begin < coverage.start) coverage.start = begin;
        if (coverage.end === undefined || period.end > coverage.end) coverage.end = period.end;
      }
      coverage.rows++;
      // Every row is looked at, also outside the window: a file that breaks off in the middle is no figure's ground.
      const money = {
        amount: values.cost(cell(row, cost), roles.cost, here),
        currency: values.currency(cell(row, currency), roles.currency, here),
      };
      if (period.start < window.start || period.start >= window.end) continue;
      const who = cell(row, provider);
      if (providers && !providers.has(who.toLowerCase())) continue;
      if (period.end > window.end) coverage.beyond++;
      const used = quantities ? values.decimal(cell(row, quantity), 'ConsumedQuantity', here) : undefined;
      yield {
        period,
        labels: labels.labels(row),
        cost: money,
        ...(who !== '' && {provider: who}),
        ...(used !== undefined && {kind: CONSUMED, quantities: {[cell(row, unit) || 'units']: used}}),
      };
    }
  }
}

const columnsOf = ({labels, ...roles}: Roles): string[] => [
  ...Object.values(roles).filter(name => name !== undefined),
  ...Object.values(labels).flatMap(({ids, name}) => [...ids, ...(name ? [name] : [])]),
  'SubAccountType',
];

/** Every unit that the file counts in, in order of appearance. */
export async function unitsOf(table: Table, {unit}: Roles): Promise<string[]> {
  const units = new Set<string>();
  if (unit === undefined) return [];
  for await (const {rows, places} of table.read([unit])) {
    const [place = -1] = places;
    for (const row of rows) units.add(row[place] || 'units');
  }
  return [...units];
}
