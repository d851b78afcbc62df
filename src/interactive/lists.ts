import {clip} from '../render/layout.ts';
import {wrap} from '../render/message.ts';
import type {Paint} from '../render/style.ts';
import {HELP} from './keys-help.ts';
import type {Picker} from './picker.ts';

/** The row that keys are about; and where there is none. Signs, because colour alone tells not everybody. */
export const MARK = '› ';
export const NO_MARK = '  ';
/** What is shown already. */
const CURRENT = '✓ ';
/** Below this many lines there is no room to say what else there is. */
const LEAST_FOLDED = 3;

/** A list to pick from: the chosen line among as many as there is room for, and how many more there are. */
export function pickerLines(
  {title, labels, cursor, current}: Picker,
  room: number,
  columns: number,
  paint: Paint,
): string[] {
  const lines = labels.map((label, index) => {
    const signs = (index === cursor ? MARK : NO_MARK) + (index === current ? CURRENT : NO_MARK);
    const line = clip(signs + label, columns);
    return index === cursor ? paint(line, 'bold') : line;
  });
  const head = room < LEAST_FOLDED + 2 ? [] : [paint(title, 'bold'), ''];
  const left = room - head.length;
  return [...head, ...folded(lines, firstAround(cursor, lines.length, left), left)];
}

/** Everything that is to be known of the figures, then what the keys do, from line `top` on. */
export function helpLines(notes: readonly string[], top: number, room: number, columns: number): string[] {
  const told = notes.length > 0 ? ['Notes', '', ...notes.flatMap(note => wrap(note, columns)), ''] : [];
  const lines = [...told, ...HELP];
  return folded(lines, Math.min(top, lines.length - room), room).map(line => clip(line, columns));
}

/** The first of as many lines as there is room for, so that the chosen one stands in their middle. */
export function firstAround(chosen: number, count: number, room: number): number {
  const height = Math.max(1, room);
  return Math.max(0, Math.min(chosen - Math.floor(height / 2), count - height));
}

/** Lines from `first` on; where there are others, the outermost line says how many instead. */
function folded(lines: readonly string[], first: number, room: number): readonly string[] {
  const height = Math.max(1, room);
  const from = Math.max(0, first);
  const shown = lines.slice(from, from + height);
  if (height < LEAST_FOLDED) return shown;
  const below = lines.length - from - height;
  if (from > 0) shown[0] = `${NO_MARK}↑ ${from + 1} more`;
  if (below > 0) shown[shown.length - 1] = `${NO_MARK}↓ ${below + 1} more`;
  return shown;
}
