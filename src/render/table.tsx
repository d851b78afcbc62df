import {Box, renderToString, Text} from 'ink';
import type {Report, Row} from '../core/report.ts';
import {cellAt} from './columns.ts';
import {type Grid, layGrid} from './grid.ts';
import {widthOf} from './layout.ts';
import type {View} from './renderer.ts';
import {type Paint, painter, type Tone, toneOf} from './style.ts';

/** Rows drawn at a time: Ink keeps an object for each character of what it draws. */
const ROWS_AT_ONCE = 200;

/** The table on a terminal, drawn by Ink. The text depends on the report and the view alone. */
export function* renderTable(report: Report, view: View): Iterable<string> {
  const grid = layGrid(report, view);
  const paint = painter(view.color);
  const line = rowDrawer(grid, paint);
  // No row is wider than its columns; the lines around them may be. A figure is rather too wide than broken.
  const screen = Math.max(1, tableWidth(grid), ...[...grid.head, ...grid.notes].map(widthOf));
  const rule = paint(grid.columns.map(({width}) => '─'.repeat(width)).join(' '.repeat(grid.gap)), 'dim');

  yield draw([...headLines(grid, paint), '', line(grid.titles, () => 'bold'), rule], screen);
  for (let first = 0; first < grid.rows.length; first += ROWS_AT_ONCE) {
    const texts = grid.rows.slice(first, first + ROWS_AT_ONCE);
    const lines = texts.map((row, place) => line(row, tonesOf(grid, report.rows[first + place] ?? [])));
    yield draw(lines, screen);
  }
  if (grid.footer.length > 0)
    yield draw([rule, ...grid.footer.map(texts => line(texts, () => 'bold'))], screen);
  if (grid.notes.length > 0) yield draw(['', ...grid.notes.map(note => paint(note, 'dim'))], screen);
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

/** Draws lines on a screen of so many columns, one `<Text>` a line. */
function draw(lines: readonly string[], columns: number): string {
  // Lines are drawn once and never move: their place is key enough.
  const texts = Array.from(lines.entries(), ([place, line]) => <Text key={place}>{line || ' '}</Text>);
  return `${renderToString(<Box flexDirection="column">{texts}</Box>, {columns})}\n`;
}
