import {pad, widthOf} from './layout.ts';
import {wrap} from './message.ts';
import {sanitize} from './sanitize.ts';
import type {Paint} from './style.ts';

const GAP = '  ';
const MIN_ROOM = 24;

/**
 * Short lists for people: columns as wide as what is in them, without rules. Where a width is known the last column is
 * wrapped between words. Everything from outside is made safe here.
 * @param head titles of the columns, if they need any
 */
export function alignedText(
  rows: readonly (readonly string[])[],
  {
    head,
    width,
    paint,
  }: {readonly head?: readonly string[]; readonly width: number | undefined; readonly paint: Paint},
): string {
  const safe = rows.map(row => row.map(sanitize));
  const all = head ? [head, ...safe] : safe;
  const last = Math.max(0, ...all.map(row => row.length - 1));
  const widths = Array.from({length: last}, (_, place) =>
    Math.max(...all.map(row => widthOf(row[place] ?? ''))),
  );
  const before = widths.reduce((sum, each) => sum + each + GAP.length, 0);
  // With little room beside the others the last column goes below them.
  const below = width !== undefined && width - before < MIN_ROOM;
  const indent = below ? GAP : ' '.repeat(before);
  const lines = all.flatMap((row, index) => {
    const first = widths.map((each, place) => pad(row[place] ?? '', each, 'left') + GAP).join('');
    const room = width === undefined ? Number.POSITIVE_INFINITY : width - indent.length;
    const wrapped = wrap(row[last] ?? '', room, '');
    const [start = '', ...more] = below && wrapped[0] !== '' ? ['', ...wrapped] : wrapped;
    const text = [(first + start).trimEnd(), ...more.map(line => indent + line)];
    return head && index === 0 ? text.map(line => paint(line, 'bold')) : text;
  });
  return lines.map(line => `${line}\n`).join('');
}
