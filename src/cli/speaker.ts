import type {UsageError} from '../core/errors.ts';
import type {Notice} from '../core/notice.ts';
import type {Account} from './accounts.ts';
import type {Context} from './context.ts';
import {describe, showErrors} from './show-error.ts';

/** Where the reader of the answer already sees notices. */
interface Shown {
  /** JSON holds all of them in `notices[]`, and scripts read stderr as JSON. */
  readonly inEnvelope: boolean;
  /** A table says in its head which figures are provisional. */
  readonly inTable: boolean;
}

/** How much to say. */
export interface Volume {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
}

/** A figure that is likely of something mistyped: `--quiet` does not hide it. */
export const UNCONFIRMED = 'unconfirmed_project';

/** Says things on stderr, after the answer, so that the two never mix on a terminal. */
export class Speaker {
  readonly notices: Notice[] = [];
  readonly #context: Context;
  readonly #flags: Volume;
  readonly #shown: Shown;
  readonly #mentions: string[] = [];
  #droppedTitles: readonly string[] = [];
  #debugged: Promise<void> = Promise.resolve();

  constructor(context: Context, flags: Volume, shown: Shown) {
    this.#context = context;
    this.#flags = flags;
    this.#shown = shown;
  }

  /** Keeps a notice for the report, and for stderr once the answer is out. */
  hold(notice: Notice): void {
    const {code, account, message} = notice;
    const isSame = (other: Notice) =>
      other.code === code && other.account === account && other.message === message;
    if (!this.notices.some(isSame)) this.notices.push(notice);
  }

  /** The same for what has no account. */
  say(notice: Notice): void {
    this.hold(notice);
  }

  /** Forgets what was said of other accounts than this: its answer is about one alone. */
  keepOnly(account: string): void {
    const kept = this.notices.filter(notice => notice.account === undefined || notice.account === account);
    this.notices.splice(0, this.notices.length, ...kept);
  }

  /** Puts what was said while requests were under way into the order of the accounts, not of their answers. */
  inOrderOf(accounts: readonly Account[]): void {
    const place = ({account}: Notice): number => accounts.findIndex(({name}) => name === account);
    this.notices.sort((a, b) => place(a) - place(b));
  }

  /** For --verbose alone: what a person may want to know of the run, and the figures do not depend on. */
  mention(message: string): void {
    if (this.#flags.verbose) this.#mentions.push(message);
  }

  dropped(titles: readonly string[]): void {
    this.#droppedTitles = titles;
  }

  /** For --debug: each try with its path, status and time. Paths hold ids and dates, never the key. */
  debugger({name}: Account): (target: string, status: number | undefined, took: number) => void {
    if (!this.#flags.debug) return () => undefined;
    return (target, status, took) => {
      const text = `debug: ${name} GET ${target} ${status ?? 'failed'} ${Math.round(took)} ms`;
      this.#debugged = this.#debugged.then(() => this.#line(text));
    };
  }

  /** Waits until all is said that nobody waited for. */
  async settle(): Promise<void> {
    await this.#debugged;
  }

  async flush(): Promise<void> {
    const {quiet, verbose} = this.#flags;
    if (this.#shown.inEnvelope) return;
    if (quiet) {
      for (const text of grouped(this.notices.filter(({code}) => code === UNCONFIRMED)))
        await this.#line(text);
      return;
    }
    for (const text of this.#mentions) await this.#line(`note: ${text}`);
    const worth = this.notices.filter(
      ({code}) => verbose || !(this.#shown.inTable && code === 'provisional'),
    );
    for (const text of grouped(worth)) await this.#line(text);
    if (this.#droppedTitles.length > 0) {
      await this.#line(
        `note: not enough room for ${this.#droppedTitles.join(', ')}; widen the terminal or pick with --fields`,
      );
    }
  }

  /** What is missing from an answer that others gave: exit 6. */
  async failures(failures: readonly UsageError[]): Promise<void> {
    if (this.#shown.inEnvelope) return showErrors(failures, this.#context, true);
    for (const failure of failures) {
      const {message, hint} = await describe(failure);
      await this.#line(`missing: ${message}`, ...(hint ? [hint] : []));
    }
  }

  async #line(...parts: readonly string[]): Promise<void> {
    const {messageLines} = await import('../render/message.ts');
    const {stderr} = this.#context;
    await stderr.write(messageLines(parts, stderr.columns));
  }
}

/** One line for each message, naming all accounts that it is about. */
function grouped(notices: readonly Notice[]): string[] {
  const byMessage = new Map<string, {readonly level: Notice['level']; readonly names: Set<string>}>();
  for (const {level, message, account} of notices) {
    const entry = byMessage.get(message) ?? {level, names: new Set<string>()};
    if (account) entry.names.add(account);
    byMessage.set(message, entry);
  }
  return [...byMessage].map(([message, {level, names}]) => {
    const who = names.size > 0 ? `${[...names].join(', ')}: ` : '';
    return `${level === 'warning' ? 'warning' : 'note'}: ${who}${message}`;
  });
}
