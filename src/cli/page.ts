/** A part of a text of help, as lines of at most so many columns. */
export type Section = (width: number) => string;

/** A term and what it means. */
export type Entry = readonly [term: string, meaning: string];

/** What help is written for, and as wide as it becomes. */
export const PAGE_WIDTH = 80;

/** Where less is left for meanings they stand below their terms. */
const MIN_MEANING = 24;
const BELOW = 6;

/** Sections of a page with empty lines between them. */
export const page =
  (...sections: readonly Section[]): Section =>
  width =>
    sections.map(section => section(width)).join('\n');

/** Words in lines; the lines after the first are moved in. */
export const paragraph =
  (text: string, indent = 0): Section =>
  width =>
    `${hang(text, width, indent)}\n`;

/** Lines that are to be copied, below a heading. */
export const sample =
  (heading: string, lines: readonly string[]): Section =>
  width =>
    `${heading}:\n${lines.map(line => `${command(line, width)}\n`).join('')}`;

/** A heading, and terms with their meanings beside them. */
export const entries =
  (heading: string, list: readonly Entry[]): Section =>
  width => {
    const widest = Math.min(36, Math.max(...list.map(([term]) => term.length)));
    return `${heading}:\n${list.map(([term, meaning]) => `${entry(term, meaning, widest, width)}\n`).join('')}`;
  };

/** A term, and its meaning beside it or, where that is too narrow, below it. */
export function entry(term: string, meaning: string, widest: number, width: number): string {
  const indent = widest + 4;
  if (width - indent < MIN_MEANING) {
    const below = wrap(meaning, width - BELOW).map(line => ' '.repeat(BELOW) + line);
    return [hang(`  ${term}`, width, BELOW - 2), ...below].join('\n').trimEnd();
  }
  const [first = '', ...rest] = wrap(meaning, width - indent);
  const head =
    term.length > widest ? [`  ${term}`, ' '.repeat(indent) + first] : [`  ${term.padEnd(widest)}  ${first}`];
  return [...head, ...rest.map(line => ' '.repeat(indent) + line)].map(line => line.trimEnd()).join('\n');
}

/** A command that a person copies: what does not fit goes on in the next line, as a shell takes it. */
export function command(line: string, width: number): string {
  const whole = `  ${line}`;
  if (whole.length <= width) return whole;
  const words = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    // The last column is for the backslash, and the one before it for a space.
    if (last !== undefined && last.length + word.length + 3 <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else if (last === undefined) lines.push(`  ${word}`);
    else lines.push(' '.repeat(Math.max(0, Math.min(4, width - word.length - 2))) + word);
  }
  return lines.join(' \\\n');
}

/** Words in lines, of which those after the first are moved in. */
export function hang(text: string, width: number, indent: number): string {
  const [first = '', ...rest] = wrap(text, width);
  const more = rest.length > 0 ? wrap(rest.join(' '), width - indent) : [];
  return [first, ...more.map(line => ' '.repeat(indent) + line)].join('\n');
}

export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
