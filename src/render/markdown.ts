import type {Report, Row} from '../core/report.ts';
import {cellAt, type Picked, pickColumns} from './columns.ts';
import {humanOf} from './human.ts';
import {clip, pad, widthOf} from './layout.ts';
import {headParts, notesOf, SEPARATOR} from './lines.ts';

/** A month, day by day. */
const CHART_POINTS = 31;
/** Cells are filled up so that the source reads as a table too, but not to the width of one endless name. */
const MAX_PADDING = 48;

/** A GitHub table with the same lines above and below as on a terminal; totals in bold. No column is dropped or cut. */
export function* renderMarkdown(report: Report): Iterable<string> {
  const picked = pickColumns(report, 'table');
  const setting = {report, points: CHART_POINTS};
  const textsOf = (row: Row): string[] =>
    picked.map(pick => escapeMarkdown(humanOf(cellAt(row, pick), pick.column, setting)));
  const titles = picked.map(({column}) => escapeMarkdown(column.title));
  const rows = report.rows.map(textsOf);
  const footer = report.footer.map(row => textsOf(row).map(text => (text === '' ? '' : `**${text}**`)));

  const widths = picked.map((_, place) =>
    [titles, ...rows, ...footer].reduce((widest, row) => Math.max(widest, cellWidth(row[place] ?? '')), 3),
  );
  const line = lineDrawer(picked, widths);
  const parts = headParts(report);
  const [title = '', ...rest] = parts.map(part => escaped(part, hasPair(parts.join(SEPARATOR))));
  yield `${[`**${title}**`, ...rest].join(SEPARATOR)}\n\n`;
  yield line(titles) + ruleOf(picked, widths);
  for (const row of [...rows, ...footer]) yield line(row);
  for (const note of notesOf(report)) yield `\n${escapeMarkdown(note)}\n`;
}

const cellWidth = (text: string): number => widthOf(clip(text, MAX_PADDING));

const lineDrawer =
  (picked: readonly Picked[], widths: readonly number[]) =>
  (texts: readonly string[]): string =>
    `| ${picked.map(({column}, place) => pad(texts[place] ?? '', widths[place] ?? 0, column.align)).join(' | ')} |\n`;

function ruleOf(picked: readonly Picked[], widths: readonly number[]): string {
  const rules = picked.map(({column}, place) => {
    const width = widths[place] ?? 0;
    return column.align === 'right' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width);
  });
  return `| ${rules.join(' | ')} |\n`;
}

/**
 * Makes one line of text that is already free of control characters mean itself in a table cell: no markup, HTML,
 * entity or cell border. An underscore inside a word is left alone, as GitHub does. A comment that nobody sees keeps a
 * name from calling people (@name), pointing to issues (#1, org/repo#1, GH-1) and being an emoji (:name:). Dollars of
 * which there are two would be a formula; a single one, as in an amount, stays as it is.
 */
export const escapeMarkdown = (text: string): string => escaped(text, hasPair(text));

const hasPair = (text: string): boolean => text.indexOf('$') !== text.lastIndexOf('$');

/** Where GitHub, which counts ASCII letters alone as part of a word, sees more than text; the time of a day is none. */
const REFERENCES =
  /(?<![a-z\d])@(?=[\p{L}\p{N}])|#(?=\d)|(?<![a-z\d])GH-(?=\d)|:(?=[\w+-]+:)(?!(?<=\d:)\d\d:\d\d)/giu;

/** An entity in an element of its own: no formula is found there, neither in the source nor in the text that it becomes. */
const DOLLAR = '<span>&#36;</span>';

function escaped(text: string, dollars: boolean): string {
  const inert = text
    .replace(/[\\`*[\]<>|~&]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(REFERENCES, '$&<!-- -->');
  return dollars ? inert.replaceAll('$', () => DOLLAR) : inert;
}
