import {widthOf} from './layout.ts';
import {sanitize} from './sanitize.ts';

const INDENT = '  ';

/**
 * A message for people: its first sentence, then what to know and do, indented. Wrapped between words where the width
 * of a terminal is known; a file or pipe gets one line for each part.
 */
export function messageLines(parts: readonly string[], width: number | undefined): string {
  const lines = parts.flatMap((part, index) => {
    const text = `${index > 0 ? INDENT : ''}${sanitize(part)}`;
    return width === undefined ? [text] : wrap(text, Math.max(20, width));
  });
  return lines.map(line => `${line}\n`).join('');
}

/** A text cut between words; every line but the first begins with `indent`. */
export function wrap(text: string, width: number, indent = INDENT): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) /)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = indent + word;
  }
  return [...lines, line];
}
