import type {Column, Report, Row, Section, Sheet} from '../core/report.ts';
import {cellAt, pickColumns} from './columns.ts';
import {humanOf} from './human.ts';
import {renderSheetJson} from './json.ts';
import {clip, pad, widthOf} from './layout.ts';
import {headParts, wrapParts} from './lines.ts';
import {escapeMarkdown} from './markdown.ts';
import type {Format, Renderer, View} from './renderer.ts';
import {painter} from './style.ts';

/**
 * A sheet in any format: sections one after the other for people, one JSON document, or for the flat formats all rows
 * under one head, with the name of their section first. `render` is the format's own renderer.
 */
export async function* renderSheet(
  sheet: Sheet,
  format: Format,
  render: Renderer,
  view: View,
): AsyncIterable<string> {
  if (format === 'json') yield* renderSheetJson(sheet);
  else if (format === 'table' || format === 'markdown') yield* people(sheet, format, render, view);
  else yield* render(flat(sheet), view);
}

async function* people(
  {frame, sections}: Sheet,
  format: 'table' | 'markdown',
  render: Renderer,
  view: View,
): AsyncIterable<string> {
  const marked = format === 'markdown';
  yield marked ? `**${headParts(frame).map(escapeMarkdown).join(' · ')}**\n` : headLines(frame, view);
  for (const section of sections) {
    if (section.shape === 'facts') yield marked ? factList(frame, section) : factLines(frame, section, view);
    if (section.shape !== 'table' || section.rows.length === 0) continue;
    yield '\n';
    yield* render(reportOf(frame, section), view);
  }
}

function headLines(frame: Report, view: View): string {
  const paint = painter(view.color);
  const lines = wrapParts(headParts(frame), view.width);
  return `${lines.map((line, index) => paint(clip(line, view.width), index === 0 ? 'bold' : 'dim')).join('\n')}\n`;
}

/** A section by itself: what is provisional or missing is said for the sheet as a whole. */
const reportOf = (frame: Report, {title, subtitle = '', columns, rows, footer}: Section): Report => ({
  ...frame,
  title,
  subtitle,
  columns,
  rows,
  footer,
  sources: [],
  notices: [],
  provisionalFrom: undefined,
});

interface Fact {
  readonly title: string;
  readonly text: string;
  readonly isChart: boolean;
}

/** What is reported of a single row, column by column. A chart has room for every day. */
function factsOf(frame: Report, section: Section, points: number): Fact[] {
  const [row = []] = section.rows;
  return pickColumns(reportOf(frame, section), 'table').flatMap(pick => {
    const cell = cellAt(row, pick);
    const text = humanOf(cell, pick.column, {report: frame, points});
    return text === '' ? [] : [{title: pick.column.title, text, isChart: cell.type === 'series'}];
  });
}

const GAP = 2;

function factLines(frame: Report, section: Section, view: View): string {
  const paint = painter(view.color);
  const measured = factsOf(frame, section, view.width);
  const label = measured.reduce((widest, {title}) => Math.max(widest, widthOf(title)), 0) + GAP;
  const room = Math.max(10, view.width - label);
  const lines = factsOf(frame, section, room).map(
    ({title, text, isChart}) =>
      `${paint(pad(title, label, 'left'), 'dim')}${paint(clip(text, room), isChart ? 'accent' : 'plain')}\n`,
  );
  return `\n${lines.join('')}`;
}

/** A month, day by day, as in the other tables. */
const CHART_POINTS = 31;

const factList = (frame: Report, section: Section): string =>
  `\n${factsOf(frame, section, CHART_POINTS)
    .map(({title, text}) => `- ${escapeMarkdown(title)}: ${escapeMarkdown(text)}\n`)
    .join('')}`;

/** All rows of all sections over the columns of all of them; a column that a section lacks is empty. */
function flat({frame, sections}: Sheet): Report {
  const columns = new Map<string, Column>();
  for (const section of sections) {
    for (const {column} of pickColumns(reportOf(frame, section), 'data'))
      if (!columns.has(column.key)) columns.set(column.key, {...column, shown: 'data'});
  }
  const rows = sections.flatMap(section => {
    const picked = new Map(
      pickColumns(reportOf(frame, section), 'data').map(pick => [pick.column.key, pick]),
    );
    return section.rows.map(
      (row): Row => [
        {type: 'text', value: section.key},
        ...[...columns.keys()].map(key => {
          const pick = picked.get(key);
          return pick ? cellAt(row, pick) : ({type: 'none'} as const);
        }),
      ],
    );
  });
  return {...frame, columns: [SECTION, ...columns.values()], rows};
}

const SECTION: Column = {
  key: 'section',
  title: 'Section',
  align: 'left',
  shown: 'data',
  rank: 0,
  description: 'which part of the sheet the row is of',
};
