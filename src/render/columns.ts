import {InputError} from '../core/errors.ts';
import type {Cell, Column, Report, Row} from '../core/report.ts';

/** A column to print, and where its cells are in every row. */
export interface Picked {
  readonly column: Column;
  readonly index: number;
}

/**
 * Which columns a format prints: those of `--fields` in that order, each once, or else the ones shown to the audience.
 * Throws InputError for a field that the report does not have.
 */
export function pickColumns(report: Report, audience: 'data' | 'table'): readonly Picked[] {
  const all = report.columns.map((column, index) => ({column, index}));
  if (!report.fields)
    return all.filter(({column}) => column.shown === 'everywhere' || column.shown === audience);
  return [...new Set(report.fields)].map(field => {
    const found = all.find(({column}) => column.key === field);
    if (found) return found;
    const keys = report.columns.map(column => column.key);
    throw new InputError(`no field "${field}"`, {rule: keys.join(', '), nearest: [field, keys]});
  });
}

const NONE: Cell = {type: 'none'};

/** The cell of a picked column; a row that is too short reports nothing there. */
export const cellAt = (row: Row, {index}: Picked): Cell => row[index] ?? NONE;
