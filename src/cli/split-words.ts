import {InputError} from '../core/errors.ts';

/**
 * A command line as words, for running it without a shell. Quotes of either kind hold a word together; a backslash
 * before a space, a quote or a backslash takes that character as it is, except between single quotes, and stands for
 * itself everywhere else, as in `C:\tools\key.exe`. Nothing else is special. Throws InputError for a quote that is
 * not closed, and for no word at all.
 * @param what names the command line in the error: "the key command"
 */
export function splitWords(line: string, what: string): readonly [program: string, ...args: string[]] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let place = 0; place < line.length; place++) {
    const character = line.charAt(place);
    const next = line.charAt(place + 1);
    if (character === '\\' && quote !== "'" && /[\s\\"']/.test(next)) {
      word = (word ?? '') + next;
      place++;
    } else if (quote === '' && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === character || (quote === '' && /["']/.test(character))) {
      word ??= ''; // '' is a word too
      quote = quote === '' ? character : '';
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== '') throw new InputError(`${what} has a quote that is not closed`, {rule: `close ${quote}`});
  if (word !== undefined) words.push(word);
  const [program, ...args] = words;
  if (!program) throw new InputError(`${what} names no program`, {rule: 'a program and its arguments'});
  return [program, ...args];
}
