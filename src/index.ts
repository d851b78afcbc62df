/*
 * usage-cli as a library: the same reports as data, without a process. This file is its whole public face, and all that
 * its type declarations hold; what is behind it is loaded when the first report is asked for.
 */

/** Everything that a report can be split by. */
export type Dimension =
  | 'provider'
  | 'account'
  | 'project'
  | 'user'
  | 'api-key'
  | 'model'
  | 'line-item'
  | 'kind'
  | 'workspace'
  | 'job'
  | 'batch'
  | 'service-tier'
  | 'size'
  | 'source'
  | 'vector-store'
  | 'context-level'
  | 'service'
  | 'service-category'
  | 'charge-category'
  | 'region'
  | 'resource';

/** An account to ask, with the secret that opens it. Nothing is read from the environment or from disk. */
export interface AccountOptions {
  /** `openai`, `ionq` or `miosa`. */
  readonly provider: string;
  /** May be a variable that is not set, which is an error when a report is asked for. */
  readonly secret: string | undefined;
  /** What rows call it; the provider if left out. */
  readonly name?: string | undefined;
  /** Settings that are no secret, such as `organization`. */
  readonly settings?: {readonly [name: string]: string | undefined} | undefined;
  readonly baseUrl?: string | undefined;
}

/** What to ask. What is left out is as on the command line: the month so far, by provider. */
export interface ReportOptions {
  readonly accounts?: readonly AccountOptions[];
  /** Made-up data from an embedded server, in place of accounts. */
  readonly demo?: boolean;
  /** As `--period`: `mtd`, `last-month`, `7d`, `2026-11`, `2026-11-01..2026-11-15` … */
  readonly period?: string;
  /** Dates, both included, or RFC 3339 instants, the end excluded; in place of `period`. */
  readonly from?: string;
  readonly to?: string;
  readonly bucket?: 'minute' | 'hour' | 'day' | 'week' | 'month';
  readonly groupBy?: readonly Dimension[];
  /** Ids or names by dimension; of `batch` `['true']` or `['false']`. */
  readonly filters?: {readonly [D in Exclude<Dimension, 'kind'>]?: readonly string[]};
  /** `previous`, `none` or any period. */
  readonly compare?: string;
  /** `cost`, `change:asc` … */
  readonly sort?: string;
  readonly top?: number;
  /** Throw if any account fails, not only if all do. */
  readonly strict?: boolean;
  /** Seconds for each request; 30 if left out. */
  readonly timeout?: number;
  /** Requests in flight for each account; 8 if left out. */
  readonly concurrency?: number;
  /** The moment that periods are counted from; now if left out. */
  readonly now?: Date;
  readonly signal?: AbortSignal;
  /** Where proxies are looked for (`HTTPS_PROXY` …); nowhere if left out. `process.env` fits. */
  readonly env?: {readonly [name: string]: string | undefined};
}

/** Options of `usage`, besides the others. */
export interface UsageOptions extends ReportOptions {
  /** `completions`, `qpu`, `sandboxes` …; all if left out. */
  readonly kinds?: readonly string[];
  readonly filters?: {readonly [D in Dimension]?: readonly string[]};
}

/** An exact decimal as text: `"412.070000000000123"`. A double would round it. */
export type Decimal = string;
/** RFC 3339 in UTC. */
export type Instant = string;

/** What every row may have, besides the columns of its groups: `project_id`, `project_name`, `model` … */
export interface CommonRow {
  /** Null where a row mixes several. */
  readonly provider: string | null;
  readonly account: string | null;
  /** With `bucket`. */
  readonly bucket_start?: Instant;
  readonly bucket_end?: Instant;
  readonly provisional?: boolean;
  readonly [group: string]: unknown;
}

export interface CostsRow extends CommonRow {
  /** Null if nothing was reported, which is not 0. */
  readonly cost: Decimal | null;
  readonly currency: string | null;
  /** With `compare`. */
  readonly previous_cost?: Decimal | null;
  readonly change?: Decimal | null;
}

export interface ReportRow extends CostsRow {
  /** A part of 1. */
  readonly share: Decimal | null;
  readonly requests: Decimal | null;
  readonly tokens: Decimal | null;
  /** Every metered quantity, by kind and metric. */
  readonly quantities: {readonly [kind: string]: {readonly [metric: string]: Decimal}} | null;
}

export interface UsageRow extends CommonRow {
  readonly kind: string | null;
  readonly metric: string | null;
  readonly quantity: Decimal | null;
  readonly unit: string | null;
  /** `mean` for a level, which is not added up over time. */
  readonly statistic: 'sum' | 'mean' | null;
}

export interface Span {
  readonly start: Instant;
  /** Not included. */
  readonly end: Instant;
  readonly label: string;
}

/** A report. Currencies are never added or converted: each has its own rows and its own total. */
export interface Report<Row> {
  /** `usage/costs@1`. */
  readonly schema: string;
  readonly generatedAt: Instant;
  readonly period: Span;
  readonly compare: Span | null;
  readonly groupBy: readonly Dimension[];
  readonly bucket: ReportOptions['bucket'] | null;
  readonly rows: readonly Row[];
  readonly totals: readonly {
    readonly currency: string;
    /** Null if nobody told any. */
    readonly cost: Decimal | null;
    readonly previousCost: Decimal | null;
    readonly change: Decimal | null;
  }[];
  /** Who was asked. Rows and totals are without those that failed. */
  readonly sources: readonly {
    readonly provider: string;
    readonly account: string;
    readonly status: 'ok' | 'failed' | 'skipped';
    readonly requests: number;
    readonly retries: number;
    readonly error: {readonly code: string; readonly message: string} | null;
  }[];
  readonly notices: readonly {
    readonly level: 'info' | 'warning';
    readonly code: string;
    readonly message: string;
    readonly provider: string | null;
    readonly account: string | null;
  }[];
  /** From when on figures may still change, if the period reaches that far. */
  readonly provisionalFrom: Instant | null;
}

/** Why there is no report. `code` is stable; `exitCode` is what the command line would have ended with. */
export class ReportError extends Error {
  readonly code: string;
  readonly exitCode: number;
  readonly provider: string | null;
  readonly hint: string | null;

  constructor(
    message: string,
    more: {
      readonly code: string;
      readonly exitCode: number;
      readonly provider: string | null;
      readonly hint: string | null;
      readonly cause: unknown;
    },
  ) {
    super(message, {cause: more.cause});
    this.name = 'ReportError';
    this.code = more.code;
    this.exitCode = more.exitCode;
    this.provider = more.provider;
    this.hint = more.hint;
  }
}

/** Where the money went: cost, share, change against the period before, headline quantities. Rejects with ReportError. */
export async function report(options: ReportOptions): Promise<Report<ReportRow>> {
  const {makeReport} = await import('./library/make-report.ts');
  return makeReport<ReportRow>('report', options);
}

/** Money only, as billed. Rejects with ReportError. */
export async function costs(options: ReportOptions): Promise<Report<CostsRow>> {
  const {makeReport} = await import('./library/make-report.ts');
  return makeReport<CostsRow>('costs', options);
}

/** Metered quantities, one row for each metric. Rejects with ReportError. */
export async function usage(options: UsageOptions): Promise<Report<UsageRow>> {
  const {makeReport} = await import('./library/make-report.ts');
  return makeReport<UsageRow>('usage', options);
}
