import {widthOf} from './layout.ts';
import {wrap} from './message.ts';

/** Less than this beside a label is no column to read in: the text goes below it. */
const LEAST_ROOM = 24;
const NEAR = 4;

/**
 * A text behind a label, in lines of at most `width` columns: cut between words, or inside one that is wider than a
 * line; what goes on stands below what it goes on from. Whole where no width is known. The label may have colour, so
 * its width is given beside it.
 */
export function hanging(
  label: string,
  labelWidth: number,
  text: string,
  width = Number.POSITIVE_INFINITY,
): string[] {
  if (labelWidth + widthOf(text) <= width) return [label + text];
  if (width - labelWidth >= LEAST_ROOM || labelWidth <= NEAR) {
    const [first = '', ...more] = fold(text, width - labelWidth);
    return [label + first, ...more.map(line => ' '.repeat(labelWidth) + line)];
  }
  const above = label.trim() === '' ? [] : [label.trimEnd()];
  return [...above, ...fold(text, width - NEAR).map(line => ' '.repeat(NEAR) + line)];
}

/** Lines of at most so many columns; a word that is wider, such as an address, goes on in the next line. */
export function fold(text: string, width: number): string[] {
  return wrap(text, width, '').flatMap(line => pieces(line, Math.max(1, width)));
}

function pieces(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  const found: string[] = [];
  let piece = '';
  for (const {segment} of new Intl.Segmenter('en').segment(line)) {
    if (piece !== '' && widthOf(piece + segment) > width) {
      found.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...found, piece];
}
