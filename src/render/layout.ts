import stringWidth from 'string-width';
import {plainWidth} from './plain-width.ts';

// Pure widths, in columns of a terminal. Numbers are never cut: text gives way first, then whole columns do.

/** What the layout must know of a column. */
export interface Measured {
  /** Its widest text, the title included. */
  readonly natural: number;
  /** Whether its texts may be cut: words may, figures and dates may not. */
  readonly shrinkable: boolean;
  /** Columns of the highest rank are dropped first; rank 0 never. */
  readonly rank: number;
}

export interface Fit {
  /** Spaces between two columns. */
  readonly gap: number;
  /** The columns that stay, in order, by their index, and how wide each is. */
  readonly kept: readonly {readonly index: number; readonly width: number}[];
  /** The indexes of those that do not fit, in order. */
  readonly dropped: readonly number[];
}

/** Words are not cut below this, so that `(unattributed)` stays whole. */
export const MIN_TEXT = 16;
/** What rows are about is worth more than a further column: it keeps this much while there is one to drop. */
export const MIN_SUBJECT = 24;
const WIDE_GAP = 3;
const GAP = 2;

/**
 * Fits columns into a width. First with room to breathe; then closer; then text is cut, the widest first, down to
 * MIN_TEXT, or MIN_SUBJECT at rank 0; then columns are dropped, the highest rank first and the rightmost of equals;
 * then rank 0 is cut as well. What has to stay and still does not fit makes the lines longer than the width.
 */
export function fitColumns(columns: readonly Measured[], width: number): Fit {
  let kept = columns.map((_, index) => index);
  for (;;) {
    const stay = kept.flatMap(index => columns[index] ?? []);
    const comfortable = shrink(stay, width, MIN_SUBJECT);
    const victim = total(comfortable.widths, comfortable.gap) > width ? lastOfHighestRank(stay) : -1;
    if (victim < 0) {
      const {gap, widths} =
        total(comfortable.widths, comfortable.gap) > width ? shrink(stay, width, MIN_TEXT) : comfortable;
      return {
        gap,
        kept: kept.map((index, place) => ({index, width: widths[place] ?? 0})),
        dropped: columns.map((_, index) => index).filter(index => !kept.includes(index)),
      };
    }
    kept = kept.toSpliced(victim, 1);
  }
}

interface Widths {
  readonly gap: number;
  readonly widths: readonly number[];
}

const total = (widths: readonly number[], gap: number): number =>
  widths.reduce((sum, width) => sum + width, 0) + gap * Math.max(0, widths.length - 1);

function shrink(columns: readonly Measured[], width: number, subject: number): Widths {
  const natural = columns.map(column => column.natural);
  if (total(natural, WIDE_GAP) <= width) return {gap: WIDE_GAP, widths: natural};
  // One cap for all text columns takes from the widest first.
  for (let cap = Math.max(MIN_TEXT, ...natural); ; cap--) {
    const widths = columns.map(({natural: whole, shrinkable, rank}) =>
      shrinkable ? Math.min(whole, Math.max(cap, rank === 0 ? subject : MIN_TEXT)) : whole,
    );
    if (cap <= MIN_TEXT || total(widths, GAP) <= width) return {gap: GAP, widths};
  }
}

function lastOfHighestRank(columns: readonly Measured[]): number {
  const highest = Math.max(0, ...columns.map(column => column.rank));
  return highest === 0 ? -1 : columns.findLastIndex(column => column.rank === highest);
}

let graphemes: Intl.Segmenter | undefined;

/** Columns that a text takes on a terminal: CJK and emoji two, combining marks none. */
export const widthOf = (text: string): number => plainWidth(text) ?? stringWidth(text);

/** Cuts a list between its items: half a figure would read as another. */
export function clipList(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const items = text.split(', ');
  while (items.pop() !== undefined) {
    const shorter = [...items, '…'].join(', ');
    if (widthOf(shorter) <= width) return shorter;
  }
  return '';
}

/** Cuts a text to a width with an ellipsis, never through a grapheme; reads no further than it has to. */
export function clip(text: string, width: number): string {
  if (text.length * 2 <= width) return text; // no character takes more than two columns
  const plain = plainWidth(text);
  if (plain !== undefined && plain <= width) return text;
  if (plain === text.length) return `${text.slice(0, Math.max(0, width - 1))}…`;
  let used = 0;
  let end = 0; // where the text would be cut
  graphemes ??= new Intl.Segmenter('en');
  for (const {segment, index} of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width) return `${text.slice(0, end)}…`;
    if (used <= width - 1) end = index + segment.length;
  }
  return text;
}

/** Fills a text up to a width with spaces; one that is wider stays as it is. */
export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + space : space + text;
}
