import {type Advice, CredentialError, InputError} from '../core/errors.ts';
import {secretObjection} from '../store/account.ts';
import {holdsSecret} from '../store/mask.ts';
import {openToWriters} from '../store/modes.ts';
import type {Context} from './context.ts';
import {captureOutput, type Ending} from './run-command.ts';
import {splitWords} from './split-words.ts';

/** Time to type a passphrase, too. */
const TIMEOUT_MS = 60_000;

export interface KeyCommand {
  readonly account: string;
  readonly provider: string;
  /** As stored: words with quotes; behind a "!", a line for the shell. */
  readonly line: string;
  /** The file that it was read from: whoever may write to that would run programs as somebody else. */
  readonly file?: string;
}

/** How a key command is to be run. Throws InputError if it names no program. */
export function parseKeyCommand(line: string): {
  readonly shell: boolean;
  readonly words: readonly [string, ...string[]];
} {
  const what = 'the key command';
  if (!line.startsWith('!')) return {shell: false, words: splitWords(line, what)};
  const rest = line.slice(1).trim();
  if (rest === '')
    throw new InputError(`${what} names no program`, {rule: 'a line for the shell behind the "!"'});
  return {shell: true, words: [rest]};
}

/**
 * Runs the key command of an account and gives the secret that it prints. Throws CredentialError that names the
 * program and how it ended, and never what it wrote; InterruptedError at Ctrl-C.
 */
export async function runKeyCommand(
  {account, provider, line, file}: KeyCommand,
  {env, signal, platform}: Pick<Context, 'env' | 'signal' | 'platform'>,
  timeout = TIMEOUT_MS,
): Promise<string> {
  const {shell, words} = parseKeyCommand(line);
  const program = shell ? 'the shell' : holdsSecret(words[0]) ? 'its program' : words[0];
  const refuse = (what: string, advice: Advice) =>
    new CredentialError('credential_missing', `the key command of account "${account}" ${what}`, {
      provider,
      ...advice,
    });
  // Without a file it was given just now, and is kept nowhere.
  const where =
    file === undefined ? '' : `; it is what this prints: usage config get accounts.${account}.key-command`;
  const byHand = `run it yourself to see why${where}`;
  const open = file === undefined ? undefined : await openToWriters(file, platform);
  if (open)
    throw refuse(`was not run: other users of this machine may write to ${open.path}`, {
      rule: 'commands are taken from what only you can write',
      hint: `close it: ${open.fix}`,
    });
  const ending = await captureOutput(words, {shell, env, signal, timeout});
  if (ending.how !== 'exited' || ending.code !== 0)
    throw refuse(`failed: ${program} ${describe(ending, timeout)}`, {hint: byHand});
  const secret = ending.stdout.trim();
  if (secret === '') throw refuse(`gave nothing: ${program} printed no key`, {hint: byHand});
  const objection = secretObjection(secret);
  if (objection === undefined) return secret;
  const isLong = /[\r\n]/.test(secret);
  throw refuse(`gave no key: what ${program} printed cannot be one`, {
    rule: isLong ? `one line; ${objection}` : `${objection}; the key alone, without "Bearer" before it`,
    hint: isLong
      ? 'to take the first line of several, let a shell do it: "!<command> | head -n 1"'
      : `run it yourself to see what it prints${where}`,
  });
}

function describe(ending: Ending, timeout: number): string {
  switch (ending.how) {
    case 'exited':
      return `exited with ${ending.code}`;
    case 'killed':
      return `was ended by ${ending.signal}`;
    case 'timed out':
      return `did not end within ${timeout / 1000} s`;
    case 'too much output':
      return 'printed more than any key has';
    case 'not started':
      return ending.code === 'ENOENT' ? 'was not found' : `could not be started (${ending.code})`;
  }
}
