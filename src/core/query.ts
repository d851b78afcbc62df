import type {Granularity} from './bucket.ts';
import type {Dimension, LabelDimension} from './dimension.ts';
import type {Instant} from './instant.ts';
import type {NamedPeriod} from './period.ts';

/** Which of the three reports is asked for; they share everything but their columns. */
export type ReportKind = 'report' | 'costs' | 'usage';

export interface Sort {
  /** A column key of the report. */
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

/** What a person asked for, checked and complete: from here on nothing looks at flags again. */
export interface Query {
  readonly report: ReportKind;
  readonly now: Instant;
  readonly period: NamedPeriod;
  /** The period to set it against, if any. */
  readonly compare: NamedPeriod | undefined;
  readonly bucket: Granularity | null;
  readonly groupBy: readonly Dimension[];
  /** Values by dimension, each an id or a name. */
  readonly filters: {readonly [D in LabelDimension]?: readonly string[]};
  /** Kinds of usage wanted; empty means all. */
  readonly kinds: readonly string[];
  readonly sort: Sort | undefined;
  /** Groups kept; the rest is added up in `(other)`. */
  readonly top: number | undefined;
  /** Columns picked and ordered by `--fields`. */
  readonly fields: readonly string[] | undefined;
  /** Metrics as columns instead of rows. */
  readonly wide: boolean;
  /** Whether daily values are wanted for a small chart. */
  readonly trend: boolean;
}
