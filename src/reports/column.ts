import type {Cell, Column} from '../core/report.ts';
import type {Line} from './line.ts';

/** A column with the way from a line to its cell. */
export interface LineColumn extends Column {
  cell(line: Line): Cell;
  /** The cell in the footer of a currency; `none` unless it adds up. */
  readonly footer?: 'label' | 'cost' | 'previous' | 'change';
}

export const NONE: Cell = {type: 'none'};

export const text = (value: string | null, display?: string): Cell =>
  value === null && display === undefined
    ? NONE
    : {type: 'text', value, ...(display === undefined || display === value ? {} : {display})};
