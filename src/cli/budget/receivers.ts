import {spawn} from 'node:child_process';
import {InputError} from '../../core/errors.ts';
import {SECOND_MS} from '../../core/instant.ts';
import {drivers} from '../../drivers/index.ts';
import {isLoopback} from '../../http/base-url.ts';
import {choose} from '../choice.ts';
import type {Context} from '../context.ts';
import {splitWords} from '../split-words.ts';
import type {CheckFlags} from './flags.ts';
import {jsonOf, type Notification, slackJsonOf} from './notification.ts';

/** Somebody who is to be told. */
export interface Receiver {
  /** What tells it apart from others; holds the whole address, so that only its digest may be kept. */
  readonly id: string;
  /** Tells it, within a time-out. Gives undefined if that was done, else why not, without its address. */
  deliver(notification: Notification): Promise<string | undefined>;
}

/** Milliseconds. */
const POST_TIMEOUT = 10 * SECOND_MS;
const EXEC_TIMEOUT = 60 * SECOND_MS;

const BODIES = ['auto', 'json', 'slack'] as const;

/** Reads `--notify`, `--notify-as` and `--exec`, all of it checked before anything is asked. Throws InputError. */
export function parseReceivers(
  {notify = [], notifyAs = 'auto', exec = []}: CheckFlags,
  context: Context,
): readonly Receiver[] {
  const body = choose('--notify-as', notifyAs, BODIES);
  if (notifyAs !== 'auto' && notify.length === 0)
    throw new InputError('--notify-as needs --notify', {hint: 'add --notify <url>'});
  return [
    ...notify.map(text => webHook(parseHook(text), body, context)),
    ...exec.map(line => program(splitWords(line, '--exec'), context)),
  ];
}

function parseHook(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.protocol === 'http:' && isLoopback(url.hostname);
  if (!url || !(url.protocol === 'https:' || isPlain) || url.username || url.password) {
    throw new InputError('--notify is no URL that can be told', {
      rule: 'an https: URL (http: on loopback only) without user and password',
    });
  }
  url.hash = '';
  return url;
}

/** Where Slack's own shape is wanted: its hooks, whatever the cloud. */
const isSlack = ({hostname}: URL): boolean => /^hooks\.slack(-gov)?\.com$/.test(hostname);

function webHook(url: URL, body: (typeof BODIES)[number], {env, signal, now}: Context): Receiver {
  const slack = body === 'slack' || (body === 'auto' && isSlack(url));
  return {
    id: `notify ${url.href}`,
    async deliver(notification) {
      const {postJson} = await import('../../http/post.ts');
      const json = slack ? slackJsonOf(notification) : jsonOf(notification, now());
      return postJson(url, json, {env, signal, timeout: POST_TIMEOUT});
    },
  };
}

function program(words: readonly [string, ...string[]], {env, signal, now}: Context): Receiver {
  return {
    id: `exec ${JSON.stringify(words)}`,
    deliver: notification => pipeInto(words, jsonOf(notification, now()), withoutSecrets(env), signal),
  };
}

/** A program that is told what was spent needs no key to spend more. */
function withoutSecrets(env: Context['env']): Context['env'] {
  const secrets = drivers.map(({credential}) => credential.env);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.includes(name)));
}

/** Runs a program, without a shell, with a text on its stdin; what it prints goes nowhere. */
function pipeInto(
  [file, ...args]: readonly [string, ...string[]],
  text: string,
  env: Context['env'],
  signal: AbortSignal,
): Promise<string | undefined> {
  return new Promise(resolve => {
    const child = spawn(file, args, {env, stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true});
    let stopped: string | undefined;
    const stop = (why: string) => {
      stopped ??= why;
      child.kill('SIGKILL');
    };
    const onAbort = () => stop('was interrupted');
    const timer = setTimeout(() => stop(`did not end within ${EXEC_TIMEOUT / SECOND_MS} s`), EXEC_TIMEOUT);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, {once: true});
    const end = (why: string | undefined) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(why === undefined ? undefined : `${file} ${why}`);
    };
    child.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ENOENT' ? 'was not found' : `could not be started (${error.code})`),
    );
    child.on('close', (code, killer) =>
      end(
        stopped ??
          (code === 0 ? undefined : code === null ? `was ended by ${killer}` : `exited with ${code}`),
      ),
    );
    child.stdin.on('error', () => undefined); // a program need not read what it is told
    child.stdin.end(`${text}\n`);
  });
}
