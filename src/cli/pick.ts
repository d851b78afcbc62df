import {InputError, InterruptedError} from '../core/errors.ts';
import type {Choice} from '../render/pick.tsx';
import type {Context} from './context.ts';
import {type KeyInput, listen} from './listen.ts';
import {chooseColor} from './view-options.ts';

const KEY = /\u001b\[[\u0020-\u003f]*[\u0040-\u007e]|\u001bO[\u0020-\u007e]|[\s\S]/gu;

/** What a key does to the mark, or `undefined` for Enter. Throws InterruptedError for the keys that leave. */
function press(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case '\r':
    case '\n':
      return undefined;
    case '\u0003': // Ctrl-C
    case '\u0004': // Ctrl-D
    case 'q':
      throw new InterruptedError();
    case '\u001b[A':
    case '\u001bOA':
    case 'k':
      return (at + count - 1) % count;
    case '\u001b[B':
    case '\u001bOB':
    case 'j':
    case '\t':
      return (at + 1) % count;
  }
  const place = /^[1-9]$/.test(key) ? Number(key) - 1 : at;
  return place < count ? place : at;
}

/**
 * Lets a person pick one of a few on the terminal, with the arrows and Enter. The list is drawn on stderr and leaves
 * nothing behind. Throws InterruptedError if they leave. The terminal gets its usual mode back in any case.
 */
export async function pick(
  question: string,
  options: Choice['options'],
  {stdin, stderr, env, signal}: Pick<Context, 'env' | 'signal' | 'stderr'> & {readonly stdin: KeyInput},
): Promise<number> {
  if (!stderr.terminal) throw new InputError('there is no terminal to pick on');
  const {drawChoice} = await import('../render/pick.tsx');
  let at = 0;
  stdin.setRawMode?.(true);
  const live = drawChoice(stderr.terminal, {question, options, at}, chooseColor(env, stderr, undefined));
  try {
    return await listen({stdin, signal}, (text, ended) => {
      if (ended) throw new InputError('the input ended before Enter');
      for (const key of text.match(KEY) ?? []) {
        const next = press(key, at, options.length);
        if (next === undefined) return at;
        at = next;
      }
      live.update({question, options, at});
      return undefined;
    });
  } finally {
    live.clear();
    stdin.setRawMode?.(false);
  }
}
