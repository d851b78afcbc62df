import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type Advice, InputError, StoreError, UsageError} from '../../core/errors.ts';
import {messageLines} from '../../render/message.ts';
import {sanitize} from '../../render/sanitize.ts';
import {isSystemError} from '../../store/fault.ts';
import type {Context} from '../context.ts';
import {openSettings} from '../preferences.ts';
import {splitWords} from '../split-words.ts';
import {checkPreferences, readSettings} from './read-settings.ts';
import {lookAround} from './scene.ts';

const TEMPLATE = `${JSON.stringify({version: 1, accounts: {}, defaults: {}, rates: {}}, null, 2)}\n`;

/**
 * Opens a copy of config.json in a person's editor and, if what they wrote is right, puts it in its place. A text that
 * is refused stays where it is, and the error says where. A damaged file can be mended this way.
 * @param resume a text that was refused before
 */
export async function editSettings(resume: string | undefined, context: Context): Promise<number> {
  const say = (text: string) => context.stderr.write(messageLines([text], context.stderr.columns));
  const warn = (message: string) => void context.stderr.write(`warning: ${sanitize(message)}\n`);
  const settings = await openSettings(context, warn);
  const before = await settings.text();
  const start = resume === undefined ? (before ?? TEMPLATE) : await readKept(resume);
  const copy = resume ?? (await makeCopy(start, context));
  try {
    await runEditor(copy, context);
    if (!existsSync(copy)) {
      await discard(copy, resume);
      throw new InputError('the editor left no file; nothing was changed');
    }
    const text = await readKept(copy);
    if (text.trim() === '' || (resume === undefined && text === start)) {
      await discard(copy, resume);
      await say('nothing was changed');
      return 0;
    }
    const preferences = readSettings(text);
    checkPreferences(preferences, await lookAround(preferences, context));
    if (!(await settings.replace(before, preferences)))
      throw new InputError(`${settings.path} was changed by another usage meanwhile`);
  } catch (error) {
    if (error instanceof UsageError && existsSync(copy)) throw kept(error, copy);
    throw error;
  }
  await discard(copy, resume);
  await say(`changed ${settings.path}`);
  return 0;
}

async function makeCopy(text: string, {env}: Context): Promise<string> {
  const copy = join(await mkdtemp(join(env.TMPDIR || tmpdir(), 'usage-config-')), 'config.json');
  await writeFile(copy, text, {mode: 0o600});
  return copy;
}

/** Ours goes with its folder; a person's own file with what it was for. */
const discard = (copy: string, resume: string | undefined): Promise<void> =>
  resume === undefined ? rm(dirname(copy), {recursive: true, force: true}) : rm(copy, {force: true});

async function readKept(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new StoreError(`${path} cannot be read (${error.code})`, {cause: error});
  }
}

function runEditor(copy: string, {env, platform}: Context): Promise<void> {
  const named = env.VISUAL?.trim() || env.EDITOR?.trim() || (platform === 'win32' ? 'notepad' : 'vi');
  const [program, ...args] = splitWords(named, 'VISUAL or EDITOR');
  const failed = (how: string, advice: Advice = {}) =>
    new InputError(`the editor ${program} ${how}; nothing was changed`, advice);
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, copy], {stdio: 'inherit', env});
    child.on('error', (cause: NodeJS.ErrnoException) =>
      reject(
        failed(cause.code === 'ENOENT' ? 'was not found' : `could not be started (${cause.code})`, {
          rule: 'VISUAL or EDITOR names a program that is there, such as: export EDITOR=nano',
        }),
      ),
    );
    child.on('close', (code, signal) =>
      code === 0
        ? resolve()
        : reject(failed(code === null ? `was ended by ${signal}` : `exited with ${code}`)),
    );
  });
}

/** The error, with the way back to what was written. */
function kept(error: UsageError, copy: string): UsageError {
  const {hint} = error.advice;
  const back = `what you wrote is kept; go on with it: usage config edit --resume ${copy}`;
  error.advice = {...error.advice, hint: hint ? `${hint}; ${back}` : back};
  return error;
}
