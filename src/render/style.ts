import {OTHER, UNATTRIBUTED} from '../core/record.ts';
import type {Cell} from '../core/report.ts';
import type {GridColumn} from './grid.ts';

/** How a text stands out. Colour never carries meaning alone: signs and words do. */
export type Tone = 'plain' | 'bold' | 'dim' | 'accent' | 'fair' | 'bad';

// Written by ourselves and not by chalk inside Ink, which decides at import, from the environment.
const CODES: {readonly [T in Exclude<Tone, 'plain'>]: readonly [on: string, off: string]} = {
  bold: ['\x1b[1m', '\x1b[22m'],
  dim: ['\x1b[2m', '\x1b[22m'],
  accent: ['\x1b[36m', '\x1b[39m'],
  fair: ['\x1b[33m', '\x1b[39m'],
  bad: ['\x1b[1;31m', '\x1b[22;39m'],
};

/** Wraps texts in the escape sequences of a tone. */
export type Paint = (text: string, tone: Tone) => string;

/** With colour, or without any escape sequence at all. */
export const painter = (color: boolean): Paint =>
  color
    ? (text, tone) => (tone === 'plain' || text.trim() === '' ? text : CODES[tone].join(text))
    : text => text;

const REMAINDERS: readonly (string | null)[] = [OTHER.id, UNATTRIBUTED.id];

const STATE_TONES = {good: 'plain', fair: 'fair', bad: 'bad', none: 'dim'} as const;

/** Charts in the one accent; words that only tell rows apart step back behind names and figures. */
export function toneOf(cell: Cell, {column}: GridColumn): Tone {
  if (cell.type === 'series' || cell.type === 'bar') return 'accent';
  if (cell.type === 'state') return STATE_TONES[cell.level];
  if (cell.type === 'text' && REMAINDERS.includes(cell.display ?? cell.value)) return 'dim';
  return column.align === 'left' && column.rank > 0 ? 'dim' : 'plain';
}
