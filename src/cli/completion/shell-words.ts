/** A word as a shell understands it, and the text that stands for it on the line. */
export interface ShellWord {
  readonly value: string;
  readonly raw: string;
  /** The quote that is still open at the end. */
  readonly quote: '"' | "'" | '';
}

/** Splits a command line up to the cursor as bash would; the last word is the one at the cursor, and may be empty. */
export function shellWords(line: string): readonly ShellWord[] {
  const words: ShellWord[] = [];
  let value = '';
  let raw = '';
  let quote: ShellWord['quote'] = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (quote === '' && /[ \t\n]/.test(char)) {
      if (raw !== '') words.push({value, raw, quote});
      value = raw = '';
      continue;
    }
    raw += char;
    if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
    else if (char === '\\' && quote !== "'" && at + 1 < line.length) {
      const next = line[++at] ?? '';
      raw += next;
      // Between double quotes a backslash stands for itself, but before what means something there.
      value += quote === '"' && !/["\\$`]/.test(next) ? char + next : next;
    } else value += char;
  }
  return [...words, {value, raw, quote}];
}

/** A value as a word of bash that means just that, behind the quote that is open, if one is. */
export function quoted(value: string, quote: ShellWord['quote']): string {
  if (quote === "'") return value.replaceAll("'", "'\\''");
  if (quote === '"') return value.replace(/["\\$`]/g, '\\$&');
  return value.replace(/[^\w@%+=:,./\u0080-\uffff-]/g, '\\$&');
}
