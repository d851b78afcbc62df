import type {Granularity} from './bucket.ts';
import type {Dimension} from './dimension.ts';
import type {Instant} from './instant.ts';
import type {Currency, Decimal} from './money.ts';
import type {Notice} from './notice.ts';
import type {NamedPeriod} from './period.ts';

/**
 * One value of a row, tagged with what it means: machines get the exact text, people a friendly one, from one value.
 * `none` is "not reported" and is not 0.
 */
export type Cell =
  | {readonly type: 'none'}
  /** `value` goes to machines (null allowed); `display` to people, where it differs. */
  | {readonly type: 'text'; readonly value: string | null; readonly display?: string}
  | {readonly type: 'money'; readonly amount: Decimal; readonly currency: Currency}
  | {readonly type: 'quantity'; readonly value: Decimal; readonly unit: string}
  /** A part of 1. */
  | {readonly type: 'share'; readonly value: Decimal}
  /** Hundredths: 25 is 25 %. */
  | {readonly type: 'percent'; readonly value: Decimal}
  /** A part of 1 as a bar; what is more than 1 is marked. */
  | {readonly type: 'bar'; readonly value: Decimal}
  /** So much at the least: for people. Machines get null, because the amount is not known. */
  | {readonly type: 'bound'; readonly amount: Decimal; readonly currency: Currency}
  /** A word that says how something stands, and how bad that is. */
  | {readonly type: 'state'; readonly value: string; readonly level: 'good' | 'fair' | 'bad' | 'none'}
  /** A relative change: 0.25 is +25 %. */
  | {readonly type: 'change'; readonly value: Decimal}
  /** `date`: people see only the day. */
  | {readonly type: 'instant'; readonly value: Instant; readonly date: boolean}
  | {readonly type: 'flag'; readonly value: boolean}
  /** A small chart: one value a day, null where nothing was reported. Machines get the array. */
  | {readonly type: 'series'; readonly values: readonly (Decimal | null)[]}
  /** Quantities by kind and metric: `{completions: {input_tokens: …}}`. `summary` gives what people see. */
  | {readonly type: 'quantities'; readonly values: QuantitiesByKind; summary(): string};

export type QuantitiesByKind = {readonly [kind: string]: {readonly [metric: string]: Decimal}};

/** The one source of table heads, CSV heads, JSON keys, `--fields`, help and completion. */
export interface Column {
  /** snake_case: the JSON key and CSV head. */
  readonly key: string;
  /** The table head. */
  readonly title: string;
  /** What its cells hold, where they hold anything; text if left out. `usage schema` is made from it. */
  readonly type?: Exclude<Cell['type'], 'none'>;
  readonly align: 'left' | 'right';
  /** Where it appears unless `--fields` says otherwise: `data` is JSON and CSV, `table` is people's formats. */
  readonly shown: 'everywhere' | 'data' | 'table' | 'nowhere';
  /** Columns of the highest rank are dropped first from a narrow table; rank 0 never. */
  readonly rank: number;
  /** One sentence for `--fields help`. */
  readonly description: string;
}

export interface Total {
  readonly currency: Currency;
  /** Null if nobody told any. */
  readonly cost: Decimal | null;
  readonly previousCost?: Decimal;
  /** Relative to previousCost; left out without a base, and where some account told costs before and none now. */
  readonly change?: Decimal;
}

export interface SourceStatus {
  readonly provider: string;
  readonly account: string;
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly requests: number;
  readonly retries: number;
  readonly error?: {readonly code: string; readonly message: string; readonly hint?: string};
}

export type Row = readonly Cell[];

/** What every renderer gets: complete, ordered, exact. */
export interface Report {
  /** `usage/report@1`, `usage/costs@1`, `usage/usage@1`. */
  readonly schema: string;
  /** For people: "Costs as billed". */
  readonly title: string;
  /** What people read beside the title instead of the period. */
  readonly subtitle?: string;
  readonly generatedAt: Instant;
  /** Undefined where rows have periods of their own. */
  readonly period: NamedPeriod | undefined;
  readonly compare: NamedPeriod | undefined;
  readonly groupBy: readonly Dimension[];
  readonly bucket: Granularity | null;
  /** All columns the report has; `Row[i]` belongs to `columns[i]`. */
  readonly columns: readonly Column[];
  /** Columns picked by `--fields`, in that order; undefined: by `Column.shown`. */
  readonly fields: readonly string[] | undefined;
  readonly rows: readonly Row[];
  /** Rows below the body of a table, one per currency, over the same columns. Not part of `rows`. */
  readonly footer: readonly Row[];
  readonly totals: readonly Total[];
  /** Sources of the figures and how they did. */
  readonly sources: readonly SourceStatus[];
  readonly notices: readonly Notice[];
  /** From when on figures are not final, if the period reaches that far. */
  readonly provisionalFrom: Instant | undefined;
  /** Lines below a table: what its readers must know that no column says. */
  readonly remarks?: readonly string[];
}

/** One part of a sheet. `facts`: one row, which people read downwards. `data`: for machines alone. */
export interface Section {
  /** snake_case: the JSON key. */
  readonly key: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly shape: 'facts' | 'table' | 'data';
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly footer: readonly Row[];
}

/** Everything about one thing, in sections: what a report is for many. */
export interface Sheet {
  /** What the sheet as a whole is about: schema, title, period, totals, sources, notices. It has no rows. */
  readonly frame: Report;
  readonly sections: readonly Section[];
}
