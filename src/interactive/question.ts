import type {Granularity} from '../core/bucket.ts';
import type {Dimension, LabelDimension} from '../core/dimension.ts';
import type {Report, Row} from '../core/report.ts';

/** How a report is split. */
export interface Grouping {
  readonly groupBy: readonly Dimension[];
  readonly bucket: Granularity | null;
}

/** What one screen shows. */
export interface Question extends Grouping {
  /** As `--period` takes it. */
  readonly period: string;
  readonly filters: {readonly [D in LabelDimension]?: readonly string[]};
  /** Only what carries no label of these counts: the rows `(unattributed)` that led here. */
  readonly without: readonly LabelDimension[];
  /** Names; undefined for all. */
  readonly accounts: readonly string[] | undefined;
  /** As `--sort` takes it. */
  readonly sort: string | undefined;
}

/** Figures that were fetched, in whatever order they are wanted. */
export interface Answer {
  report(sort: string | undefined): Report;
  /** Who did not answer, in a sentence each. */
  readonly failures: readonly string[];
}

/** Something to pick from a list. */
export interface Choice<T> {
  readonly label: string;
  readonly value: T;
  /** Whether the screen shows this already. */
  readonly isCurrent: boolean;
}

/** A step down: what to ask next, and what the row is called. */
export interface Step {
  readonly name: string;
  readonly question: Question;
}

/** Where answers come from; the screen itself knows neither accounts nor APIs. */
export interface Source {
  /** Rejects with UsageError; and soon after `signal` is aborted. `progress` is told of requests. */
  ask(
    question: Question,
    signal: AbortSignal,
    progress: (done: number, started: number) => void,
  ): Promise<Answer>;
  /** What is below a row; a sentence if nothing is. */
  below(question: Question, report: Report, row: Row): Step | string;
  groupings(question: Question): readonly Choice<Grouping>[];
  periods(question: Question): readonly Choice<string>[];
  sorts(question: Question): readonly Choice<string>[];
}

/** Two questions with one key have the same figures: order is not among them. */
export const keyOf = ({sort: _, ...question}: Question): string => JSON.stringify(question);
