import Table from 'cli-table3';
import type {Report} from '../core/report.ts';
import {type Grid, layGrid} from './grid.ts';
import {widthOf} from './layout.ts';
import type {View} from './renderer.ts';

/** Rows drawn at a time: the time cli-table3 takes grows with the square of them. */
const ROWS_AT_ONCE = 20;

/** The table as plain text, for pipes and files: the same lines and columns as on a terminal, no escape sequence ever. */
export function* renderText(report: Report, view: View): Iterable<string> {
  const grid = layGrid(report, view);
  for (const line of grid.head) yield `${line}\n`;
  yield '\n';
  yield draw(grid, [grid.titles], 'below');
  yield* drawAll(grid, grid.rows);
  yield* drawAll(grid, grid.footer, 'above');
  if (grid.notes.length > 0) yield ['', ...grid.notes, ''].join('\n');
}

function* drawAll(grid: Grid, rows: Grid['rows'], rule?: 'above'): Iterable<string> {
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    yield draw(grid, rows.slice(first, first + ROWS_AT_ONCE), first === 0 ? rule : undefined);
  }
}

function draw(grid: Grid, rows: Grid['rows'], rule?: 'above' | 'below'): string {
  const between = ' '.repeat(grid.gap);
  const standIns = new StandIns();
  const table = new Table({
    chars: {
      ...NO_BORDER,
      middle: between,
      ...(rule === 'above' && {top: '─', 'top-mid': between}),
      ...(rule === 'below' && {bottom: '─', 'bottom-mid': between}),
    },
    style: {'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true},
    colWidths: grid.columns.map(({width}) => width),
    colAligns: grid.columns.map(({column}) => column.align),
  });
  table.push(...rows.map(texts => texts.map(text => standIns.put(text))));
  const lines = standIns.resolve(table.toString()).split('\n');
  return lines.map(line => `${line.trimEnd()}\n`).join('');
}

const NO_BORDER = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
} as const;

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const FIRST_PRIVATE = 0xe000;

/**
 * cli-table3 measures text by rules older than those of terminals. So it gets, for all that is not plain ASCII, one
 * private character repeated to the width of the text, and the text is put back into what it drew.
 */
class StandIns {
  readonly #texts: string[] = [];

  put(text: string): string {
    if (PRINTABLE_ASCII.test(text)) return text;
    const stand = String.fromCharCode(FIRST_PRIVATE + this.#texts.length);
    this.#texts.push(text);
    return stand.repeat(widthOf(text));
  }

  resolve(drawn: string): string {
    return drawn.replace(
      /([\ue000-\uf8ff])\1*/g,
      stand => this.#texts[stand.charCodeAt(0) - FIRST_PRIVATE] ?? stand,
    );
  }
}
