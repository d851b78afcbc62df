import type {Column, Report, Row, Sheet} from '../core/report.ts';
import {cellAt, pickColumns} from './columns.ts';
import {renderSheetJson} from './json.ts';
import type {Format, Renderer, View} from './renderer.ts';
import {reportOf} from './section.ts';

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
  else if (format === 'table' || format === 'markdown')
    yield* (await import('./sheet-text.ts')).renderSections(sheet, format, render, view); // widths come along with it
  else yield* render(flat(sheet), view);
}

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
