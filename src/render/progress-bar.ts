import {approximate, type Decimal} from '../core/money.ts';

/** As little as shows eighths and leaves room for figures on a narrow screen. */
const LENGTH = 6;
/** Eighths of a cell, widest last. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * A bar of six columns and one for a sign: `!` where the part is more than the whole, so that nobody needs colour to
 * see it. A part that is not zero is never drawn as nothing. Only a picture: no figure is read off.
 */
export function progressBar(part: Decimal): string {
  const filled = Math.min(1, Math.max(0, approximate(part)));
  const eighths = filled > 0 ? Math.max(1, Math.floor(filled * LENGTH * 8)) : 0;
  const bar = '█'.repeat(eighths >> 3) + (EIGHTHS[eighths & 7] ?? '');
  return `${bar.padEnd(LENGTH, '·')}${approximate(part) > 1 ? '!' : ' '}`;
}
