import {clip, pad, widthOf} from './layout.ts';
import {wrap} from './message.ts';
import {sanitize} from './sanitize.ts';
import type {Paint} from './style.ts';

const GAP = '  ';
const MIN_ROOM = 24;

type Rows = readonly (readonly string[])[];

/**
 * Short lists for people: columns as wide as what is in them, without rules. Where a width is known the last column is
 * wrapped between words, and no line is wider. Everything from outside is made safe here.
 * @param head titles of the columns, if they need any
 */
export function alignedText(
  rows: Rows,
  {
    head,
    width,
    paint,
  }: {readonly head?: readonly string[]; readonly width: number | undefined; readonly paint: Paint},
): string {
  const safe = rows.map(row => row.map(sanitize));
  const lines = linesOf(head ? [head, ...safe] : safe, width).flatMap((row, index) =>
    head && index === 0 ? row.map(line => paint(line, 'bold')) : row,
  );
  return lines.map(line => `${line}\n`).join('');
}

/** The lines of each row. */
function linesOf(all: Rows, width: number | undefined): string[][] {
  const last = Math.max(0, ...all.map(row => row.length - 1));
  const widths = Array.from({length: last}, (_, place) =>
    Math.max(...all.map(row => widthOf(row[place] ?? ''))),
  );
  const before = widths.reduce((sum, each) => sum + each + GAP.length, 0);
  if (width !== undefined && before - GAP.length > width) return stacked(all, width);
  // With little room beside the others the last column goes below them.
  const below = width !== undefined && last > 0 && width - before < MIN_ROOM;
  const indent = below ? GAP : ' '.repeat(before);
  const room = width === undefined ? Number.POSITIVE_INFINITY : width - indent.length;
  return all.map(row => {
    const first = widths.map((each, place) => pad(row[place] ?? '', each, 'left') + GAP).join('');
    const wrapped = wrapWithin(row[last] ?? '', room);
    const [start = '', ...more] = below && wrapped[0] !== '' ? ['', ...wrapped] : wrapped;
    return [(first + start).trimEnd(), ...more.map(line => indent + line)];
  });
}

/**
 * The first column on a line of its own, and the others below it: it holds names, which people copy, so that it is cut
 * only where a whole line is too narrow for it.
 */
function stacked(all: Rows, width: number): string[][] {
  const others = linesOf(
    all.map(row => row.slice(1)),
    Math.max(1, width - GAP.length),
  );
  return all.map(([first = ''], index) => [
    ...wrap(first, width, '').map(line => clipMiddle(line, width)),
    ...(others[index] ?? []).filter(line => line !== '').map(line => GAP + line),
  ]);
}

/** Wrapped between words; a word that is too wide by itself is cut. */
const wrapWithin = (text: string, room: number): string[] =>
  wrap(text, room, '').map(line => clip(line, room));

/** Cut inside: names of settings differ at their ends. */
function clipMiddle(text: string, width: number): string {
  if (widthOf(text) <= width || widthOf(text) !== text.length) return clip(text, width);
  const end = Math.floor(width / 3);
  return `${text.slice(0, width - end - 1)}…${text.slice(-end)}`;
}
