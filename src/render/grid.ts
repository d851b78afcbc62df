import type {Cell, Column, Report, Row} from '../core/report.ts';
import {cellAt, type Picked, pickColumns} from './columns.ts';
import {humanOf, type Setting} from './human.ts';
import {clip, clipList, fitColumns, widthOf} from './layout.ts';
import {headParts, notesOf, wrapParts} from './lines.ts';
import type {View} from './renderer.ts';

/** A column of the table as it is drawn. */
export interface GridColumn extends Picked {
  readonly width: number;
}

/** A table of which every text is final and fits its column; what draws it only aligns and styles. */
export interface Grid {
  /** Lines above the table; the first begins with the title. */
  readonly head: readonly string[];
  readonly columns: readonly GridColumn[];
  readonly gap: number;
  /** Column titles, one for each column; so are the texts of a row. */
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly footer: readonly (readonly string[])[];
  /** Lines below the table. */
  readonly notes: readonly string[];
}

/** Lays a report out for a width in columns of a terminal. Tells the view which columns did not fit. */
export function layGrid(report: Report, view: View): Grid {
  const picked = pickColumns(report, 'table');
  const setting = {report, points: chartPoints(view.width)};
  const textsOf = (row: Row): readonly string[] =>
    picked.map(pick => textOf(cellAt(row, pick), pick.column, setting, view.width));
  const titles = picked.map(({column}) => column.title);
  const rows = report.rows.map(textsOf);
  const footer = report.footer.map(textsOf);

  const all = [...report.rows, ...report.footer];
  const texts = [titles, ...rows, ...footer];
  const measured = picked.map((pick, place) => ({
    natural: texts.reduce((widest, row) => Math.max(widest, widthOf(row[place] ?? '')), 0),
    shrinkable: pick.column.align === 'left' && all.every(row => isWordy(cellAt(row, pick))),
    // What was asked for by name is not dropped: the lines grow longer instead.
    rank: report.fields ? 0 : pick.column.rank,
  }));
  const {gap, kept, dropped} = fitColumns(measured, view.width);
  if (dropped.length > 0) view.dropped(dropped.flatMap(place => titles[place] ?? []));

  const isList = (index: number): boolean =>
    picked.some(({column}, place) => place === index && column.type === 'quantities');
  const clipped = (row: readonly string[]): readonly string[] =>
    kept.map(({index, width}) => (isList(index) ? clipList : clip)(row[index] ?? '', width));
  return {
    head: wrapParts(headParts(report), view.width),
    columns: kept.flatMap(({index, width}) => picked.slice(index, index + 1).map(pick => ({...pick, width}))),
    gap,
    titles: clipped(titles),
    rows: rows.map(clipped),
    footer: footer.map(clipped),
    notes: notesOf(report),
  };
}

/** A month fits a wide screen day by day; on a narrow one the chart must leave room for figures. */
const chartPoints = (width: number): number => (width >= 120 ? 31 : width >= 80 ? 16 : 10);

/** Words, or nothing: one figure or date is enough to keep a column whole. */
const isWordy = ({type}: Cell): boolean => type === 'text' || type === 'quantities' || type === 'none';

// Words wider than the screen are cut at once: measuring an endless name to its end would serve nobody.
function textOf(cell: Cell, column: Column, setting: Setting, width: number): string {
  const text = humanOf(cell, column, setting);
  if (cell.type === 'quantities') return clipList(text, width);
  return isWordy(cell) ? clip(text, width) : text;
}
