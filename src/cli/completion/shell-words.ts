/** A word as a shell understands it, and the text that stands for it on the line. */
export interface ShellWord {
  readonly value: string;
  readonly raw: string;
  /** The quote that is still open at the end. */
  readonly quote: '"' | "'" | '';
  /** Where in `raw` the text behind that quote begins. */
  readonly opened: number;
}

/** Splits a command line up to the cursor as bash would; the last word is the one at the cursor, and may be empty. */
export function shellWords(line: string): readonly ShellWord[] {
  const words: ShellWord[] = [];
  let value = '';
  let raw = '';
  let quote: ShellWord['quote'] = '';
  let opened = 0;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (quote === '' && /[ \t\n]/.test(char)) {
      if (raw !== '') words.push({value, raw, quote, opened});
      value = raw = '';
      continue;
    }
    raw += char;
    if (quote === '' && (char === '"' || char === "'")) {
      quote = char;
      opened = raw.length;
    } else if (char === quote) quote = '';
    else if (char === '\\' && quote !== "'") {
      const next = line[++at];
      if (next === undefined) break; // what it escapes is yet to come: all offers go on with a backslash, and differ behind it
      raw += next;
      // Between double quotes a backslash stands for itself, but before what means something there.
      value += quote === '"' && !/["\\$`]/.test(next) ? char + next : next;
    } else value += char;
  }
  return [...words, {value, raw, quote, opened}];
}

/** A value as a word of bash that means just that, behind the quote that is open, if one is. */
export function quoted(value: string, quote: ShellWord['quote']): string {
  if (quote === "'") return value.replaceAll("'", "'\\''");
  // An interactive bash looks up `!` in its history between double quotes, too, where no backslash takes that from it.
  if (quote === '"') return value.replace(/["\\$`]/g, '\\$&').replaceAll('!', '"\\!"');
  return value.replace(/[^\w@%+=:,./\u0080-\uffff-]/g, '\\$&');
}

/**
 * The same as readline wants it. It takes a quote at the beginning for the one that is open, and does not close the
 * quote behind another.
 */
export function replacement(value: string, quote: ShellWord['quote']): string {
  const text = quoted(value, quote);
  if (quote === '') return text;
  return (text.startsWith(quote) ? quote : '') + text + (text.endsWith(quote) ? quote : '');
}
