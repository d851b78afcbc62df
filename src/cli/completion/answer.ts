import type {Context} from '../context.ts';
import {makeProgram} from '../program.ts';
import {type Completion, complete} from './complete.ts';
import {WANTS_FILE} from './scripts.ts';
import {replacement, shellWords} from './shell-words.ts';

/**
 * `usage __complete <shell> …`, which the scripts of `usage completion` call at each Tab: an offer a line, and an exit
 * code that says whether a file may stand there. bash hands on its line up to the cursor and the part of it that it will
 * replace; zsh and fish hand on the words, and get descriptions.
 */
export async function answerCompletion(argv: readonly string[], context: Context): Promise<number> {
  const [shell, ...rest] = argv;
  const program = makeProgram(context.version);
  const ask = (words: readonly string[]) => complete(program, words, context);
  const {lines, wantsFile} = await (shell === 'bash' ? forBash(rest, ask) : described(rest, ask));
  await context.stdout.write(lines.map(line => `${line}\n`).join(''));
  return wantsFile ? WANTS_FILE : 0;
}

type Ask = (words: readonly string[]) => Promise<Completion>;

interface Answer {
  readonly lines: readonly string[];
  readonly wantsFile: boolean;
}

async function described(words: readonly string[], ask: Ask): Promise<Answer> {
  const {offers, wantsFile} = await ask(words);
  const lines = offers.map(({value, description}) => (description ? `${value}\t${description}` : value));
  return {lines, wantsFile};
}

async function forBash([line = '', word = '']: readonly string[], ask: Ask): Promise<Answer> {
  const typed = shellWords(line);
  const {raw = '', quote = '', opened = 0} = typed.at(-1) ?? {};
  const isRedirection = (index: number) =>
    REDIRECTION.test(typed[index]?.raw ?? '') || OPERATOR.test(typed[index - 1]?.raw ?? '');
  if (isRedirection(typed.length - 1)) return {lines: [], wantsFile: true};
  const words = typed.filter((_, index) => index > 0 && !isRedirection(index));
  const {offers, wantsFile} = await ask(words.map(({value}) => value));
  // Of the word, bash replaces what is behind an open quote, or else behind the last `=` or `:`. A script that was read
  // before an update hands on just that character where nothing is behind it.
  const replaced = word === '=' || word === ':' ? '' : word;
  const from = quote === '' ? raw.length - (raw.endsWith(replaced) ? replaced.length : raw.length) : opened;
  const kept = shellWords(raw.slice(0, from)).at(-1)?.value.length ?? 0;
  return {lines: offers.map(({value}) => replacement(value.slice(kept), quote)), wantsFile};
}

/** `2>file`, or the operator alone with the file behind it. */
const REDIRECTION = /^(?:\d*|&)[<>]/;
const OPERATOR = /^(?:\d*|&)[<>]+[|&]?$/;
