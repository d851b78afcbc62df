import type {LabelDimension} from '../core/dimension.ts';
import {addDays, earlier, type Instant, later, startOfDay, utc} from '../core/instant.ts';
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

/**
 * The records of a file whose charge periods begin in a window, in the batches in which they are read: handed on one by
 * one they would take twice as long. Throws ProviderError for a row that no figure can be made of.
 */
export async function* recordsOf(
  table: Table,
  roles: Roles,
  asked: Asked,
  complaints: Complaints,
  coverage: Coverage,
): AsyncGenerator<readonly Record[]> {
  const wanted = [...new Set(columnsOf(roles))];
  const values = new Values(complaints);
  const {window, providers} = asked;
  const periods = new PeriodReader(roles, values, complaints, coverage);
  const quantities = asked.quantities && roles.quantity !== undefined && roles.unit !== undefined;
  for await (const {rows, places, where} of table.read(wanted)) {
    const placeOf = (column: string | undefined) =>
      column === undefined ? -1 : (places[wanted.indexOf(column)] ?? -1);
    const [start, end, cost, currency] = [roles.start, roles.end, roles.cost, roles.currency].map(placeOf);
    const [provider, quantity, unit] = [roles.provider, roles.quantity, roles.unit].map(placeOf);
    const cell = (row: readonly string[], place: number | undefined) => row[place ?? -1] ?? '';
    const records: Record[] = [];
    let index = 0;
    const here = () => where(index);
    const plain = (value: string, column: string) => values.text(value, column, here);
    const labels = new LabelReader(roles, asked.split, placeOf, plain);
    for (; index < rows.length; index++) {
      const row = rows[index] ?? [];
      const period = periods.period(cell(row, start), cell(row, end), here);
      coverage.rows++;
      // Every row is looked at, also outside the window: a file that breaks off in the middle is no figure's ground.
      const money = {
        amount: values.cost(cell(row, cost), roles.cost, here),
        currency: values.currency(cell(row, currency), roles.currency, here),
      };
      if (period.start < window.start || period.start >= window.end) continue;
      const who = values.provider(cell(row, provider), roles.provider ?? '', here);
      if (providers && !providers.has(who.toLowerCase())) continue;
      if (period.end > window.end) coverage.beyond++;
      const amount = cell(row, quantity);
      const used = quantities ? values.decimal(amount, 'ConsumedQuantity', here) : undefined;
      if (!quantities) values.look(amount, 'ConsumedQuantity', here);
      const record: Mutable<Record> = {period, labels: labels.labels(row), cost: money};
      if (who !== '') record.provider = who;
      if (used !== undefined) {
        record.kind = CONSUMED;
        record.quantities = {[cell(row, unit) || 'units']: used};
      }
      records.push(record);
    }
    yield records;
  }
}

type Mutable<T> = {-readonly [K in keyof T]: T[K]};

/** What can be written down ends here. */
const LAST = utc(9999, 12, 31);

/** Reads charge periods; few occur, each in many rows. */
class PeriodReader {
  readonly #roles: Roles;
  readonly #values: Values;
  readonly #complaints: Complaints;
  readonly #coverage: Coverage;
  /** By the text of the start. */
  readonly #known = new Map<string, {readonly to: string; readonly period: Period}>();

  constructor(roles: Roles, values: Values, complaints: Complaints, coverage: Coverage) {
    this.#roles = roles;
    this.#values = values;
    this.#complaints = complaints;
    this.#coverage = coverage;
  }

  period(from: string, to: string, where: () => string): Period {
    const known = this.#known.get(from);
    if (known?.to === to) return known.period;
    const {start, end} = this.#roles;
    const begin = this.#values.instant(from, start, where);
    const ending = end === undefined ? '' : this.#values.text(to, end, where).trim();
    let until = ending === '' || end === undefined ? begin : this.#values.instant(to, end, where);
    if (ending === '' && end !== undefined)
      this.#complaints.add('NullHandling', end, `${end} is missing; the begin of the charge counts`, where);
    if (until < begin) {
      this.#complaints.add(
        'ChargePeriodEnd',
        end ?? '',
        'the charge ends before it begins; its begin counts',
        where,
      );
      until = begin;
    }
    const period = {start: begin, end: until};
    if (this.#known.size > 100_000) this.#known.clear();
    this.#known.set(from, {to, period});
    const {start: first, end: last} = this.#coverage;
    if (first === undefined || begin < first) this.#coverage.start = begin;
    // What does not say when it ends is of the day when it begins.
    const reach = until > begin ? until : later(begin, earlier(addDays(startOfDay(begin), 1), LAST));
    if (last === undefined || reach > last) this.#coverage.end = reach;
    return period;
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
