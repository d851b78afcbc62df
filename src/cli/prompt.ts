import {InputError} from '../core/errors.ts';
import {secretObjection} from '../store/account.ts';
import {type KeyInput, listen} from './listen.ts';
import {SecretLine} from './secret-line.ts';

export interface PromptIo {
  readonly stdin: KeyInput;
  readonly stderr: {write(text: string): unknown};
  /** Ends the wait with InterruptedError, as SIGTERM should. */
  readonly signal?: AbortSignal | undefined;
}

const LIMIT = 64 * 1024;

/**
 * Asks for a secret: at a terminal with a question on stderr and no echo, else by reading stdin to its end, where one
 * newline at the end is no part of it. Throws InputError if there is none, or it cannot be one; InterruptedError at
 * Ctrl-C. The terminal gets its usual mode back in any case.
 * @param check sees it first, so that who knows what is wrong may say so: throws InputError
 */
export async function readSecret(
  io: PromptIo,
  question: string,
  check: (secret: string) => void = () => undefined,
): Promise<string> {
  const secret = io.stdin.isTTY ? await askHidden(io, question) : await readAll(io);
  if (secret === '')
    throw new InputError('no secret was given', {hint: 'type it at the prompt, or pipe it into stdin'});
  check(secret);
  const objection = secretObjection(secret);
  if (objection) throw new InputError('what was given cannot be a secret', {rule: objection});
  return secret;
}

async function askHidden(io: PromptIo, question: string): Promise<string> {
  const line = new SecretLine(LIMIT);
  io.stdin.setRawMode?.(true);
  try {
    io.stderr.write(question);
    return await listen(io, (text, ended) => {
      if (ended) throw new InputError('the input ended before Enter');
      return line.feed(text);
    });
  } finally {
    io.stdin.setRawMode?.(false);
    io.stderr.write('\n'); // the Enter that was not echoed
  }
}

async function readAll(io: PromptIo): Promise<string> {
  let all = '';
  return listen(io, (text, ended) => {
    all += text;
    if (all.length > LIMIT)
      throw new InputError('the secret on stdin is too long', {rule: `at most ${LIMIT} characters`});
    return ended ? all.replace(/\r?\n$/, '') : undefined;
  });
}
