const WIDTH = 80;

/** A term and what it means. */
export type Entry = readonly [term: string, meaning: string];

/** Sections of a page with empty lines between them. */
export const page = (...sections: readonly string[]): string => sections.join('\n');

/** Words in lines of at most 80 columns. */
export const paragraph = (text: string): string => `${wrap(text, WIDTH).join('\n')}\n`;

/** Lines that are to be copied, below a heading. */
export const sample = (heading: string, lines: readonly string[]): string =>
  `${heading}:\n${lines.map(line => `  ${line}\n`).join('')}`;

/** A heading, and terms with their meanings beside them. */
export function entries(heading: string, list: readonly Entry[]): string {
  const widest = Math.min(36, Math.max(...list.map(([term]) => term.length)));
  const indent = widest + 4;
  const lines = list.flatMap(([term, meaning]) => {
    const [first = '', ...rest] = wrap(meaning, WIDTH - indent);
    const head =
      term.length > widest
        ? [`  ${term}`, ' '.repeat(indent) + first]
        : [`  ${term.padEnd(widest)}  ${first}`];
    return [...head, ...rest.map(line => ' '.repeat(indent) + line)];
  });
  return `${heading}:\n${lines.map(line => `${line.trimEnd()}\n`).join('')}`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
