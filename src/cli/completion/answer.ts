import type {Context} from '../context.ts';
import {makeProgram} from '../program.ts';
import {complete} from './complete.ts';
import {quoted, shellWords} from './shell-words.ts';
import type {Offer} from './value.ts';

/**
 * `usage __complete <shell> …`, which the scripts of `usage completion` call at each Tab: an offer a line. bash hands on
 * its line up to the cursor and its own idea of the last word; zsh and fish hand on the words, and get descriptions.
 */
export async function answerCompletion(argv: readonly string[], context: Context): Promise<number> {
  const [shell, ...rest] = argv;
  const program = makeProgram(context.version);
  const lines =
    shell === 'bash'
      ? await forBash(rest, words => complete(program, words, context))
      : (await complete(program, rest, context)).map(({value, description}) =>
          description ? `${value}\t${description}` : value,
        );
  await context.stdout.write(lines.map(line => `${line}\n`).join(''));
  return 0;
}

async function forBash(
  [line = '', word = '']: readonly string[],
  offersFor: (words: readonly string[]) => Promise<readonly Offer[]>,
): Promise<string[]> {
  const typed = shellWords(line);
  const last = typed.at(-1);
  const offers = await offersFor(typed.slice(1).map(({value}) => value));
  const raw = last?.raw ?? '';
  // bash also splits at `=` and `:`, and replaces only what is behind the last of them, which it shows if nothing is.
  const replaced = word === '=' || word === ':' ? '' : word;
  const kept = raw.endsWith(replaced) ? raw.length - replaced.length : 0;
  const quote = last?.quote ?? '';
  const opened = quote === '' ? 0 : raw.indexOf(quote) + 1;
  return offers.map(({value}) => {
    const text = quoted(value, quote);
    return quote === '' ? text.slice(kept) : text.slice(Math.max(0, kept - opened));
  });
}
