import {renderToString, Text} from 'ink';
import type {Report, Row} from '../core/report.ts';
import {cellAt} from './columns.ts';
import {type Grid, layGrid} from './grid.ts';
import {widthOf} from './layout.ts';
import type {View} from './renderer.ts';
import {type Paint, painter, type Tone, toneOf} from './style.ts';

/** Lines drawn at a time: Ink keeps an object for each character of what it draws. */
const LINES_AT_ONCE = 200;

/** The table on a terminal, drawn by Ink. The text depends on the report and the view alone. */
export function* renderTable(report: Report, view: View): Iterable<string> {
  const grid = layGrid(report, view);
  // No row is wider than its columns; the lines around them may be. A figure is rather too wide than broken.
  const screen = Math.max(1, tableWidth(grid), ...[...grid.head, ...grid.notes].map(widthOf));
  let lines: string[] = [];
  for (const line of linesOf(report, grid, painter(view.color))) {
    if (lines.length === LINES_AT_ONCE) {
      yield draw(lines, screen);
      lines = [];
    }
    lines.push(line);
  }
  yield draw(lines, screen);
}

function* linesOf(report: Report, grid: Grid, paint: Paint): Iterable<string> {
  const line = rowDrawer(grid, paint);
  const rule = paint(grid.columns.map(({width}) => '─'.repeat(width)).join(' '.repeat(grid.gap)), 'dim');
  yield* headLines(grid, paint);
  yield '';
  yield line(grid.titles, () => 'bold');
  yield rule;
  for (const [place, row] of grid.rows.entries()) yield line(row, tonesOf(grid, report.rows[place] ?? []));
  if (grid.footer.length > 0) yield rule;
  for (const texts of grid.footer) yield line(texts, () => 'bold');
  if (grid.notes.length > 0) yield '';
  for (const note of grid.notes) yield paint(note, 'dim');
}

const tableWidth = ({columns, gap}: Grid): number =>
  columns.reduce((sum, {width}) => sum + width, gap * Math.max(0, columns.length - 1));

const tonesOf =
  (grid: Grid, row: Row) =>
  (index: number): Tone => {
    const column = grid.columns[index];
    return column ? toneOf(cellAt(row, column), column) : 'plain';
  };

function headLines({head}: Grid, paint: Paint): string[] {
  return head.map((text, index) => {
    if (index > 0) return paint(text, 'dim');
    const [title = '', ...rest] = text.split(/(?= · )/);
    return paint(title, 'bold') + paint(rest.join(''), 'dim');
  });
}

/** Draws one row: each text in its tone, then filled up to its column. */
function rowDrawer({columns, gap}: Grid, paint: Paint) {
  const between = ' '.repeat(gap);
  return (texts: readonly string[], tone: (index: number) => Tone): string =>
    columns
      .map(({column, width}, index) => {
        const text = texts[index] ?? '';
        const space = ' '.repeat(Math.max(0, width - widthOf(text)));
        return column.align === 'left' ? paint(text, tone(index)) + space : space + paint(text, tone(index));
      })
      .join(between);
}

/** Draws lines on a screen of so many columns. */
const draw = (lines: readonly string[], columns: number): string =>
  `${renderToString(<Text>{lines.join('\n')}</Text>, {columns})}\n`;
