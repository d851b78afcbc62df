import type {Report, Section, Sheet} from '../core/report.ts';
import {cellAt, pickColumns} from './columns.ts';
import {humanOf} from './human.ts';
import {clip, pad, widthOf} from './layout.ts';
import {headParts, SEPARATOR, wrapParts} from './lines.ts';
import {escapeMarkdown} from './markdown.ts';
import type {Renderer, View} from './renderer.ts';
import {reportOf} from './section.ts';
import {painter} from './style.ts';

/** The sections one after the other, as text or Markdown; `render` draws those that are tables. */
export async function* renderSections(
  {frame, sections}: Sheet,
  format: 'table' | 'markdown',
  render: Renderer,
  view: View,
): AsyncIterable<string> {
  const marked = format === 'markdown';
  yield marked ? `**${headParts(frame).map(escapeMarkdown).join(SEPARATOR)}**\n` : headLines(frame, view);
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
