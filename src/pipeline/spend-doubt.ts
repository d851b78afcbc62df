import {InterruptedError, UsageError} from '../core/errors.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import type {Instant} from '../core/instant.ts';
import type {Period} from '../core/period.ts';
import type {Project} from '../core/project.ts';
import type {Session} from '../drivers/driver.ts';
import type {Connected} from './connected.ts';

/** Whether there is a project that no cost names. */
export interface Existence {
  /** `untold`: no list that could be read has it, and not all could be read. */
  readonly is: 'listed' | 'unlisted' | 'untold';
  /** Names and ids of all projects, for whoever mistyped one. */
  readonly known: readonly string[];
}

interface Asking {
  readonly now: Instant;
  open(names: readonly string[]): readonly Connected[];
}

/** The lists of projects of accounts, each read once, and only if a project is in doubt. */
export class ProjectLists {
  readonly #asking: Asking;
  readonly #lists = new Map<string, Promise<readonly Project[] | undefined>>();

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  /** Looks for a project by id or name. An alias does not count: no cost goes by it. */
  async find(wanted: string, accounts: readonly string[], window: Period): Promise<Existence> {
    const lists = await Promise.all(
      accounts.map(account => getOrAdd(this.#lists, account, () => this.#read(account, window))),
    );
    const projects = lists.flatMap(list => list ?? []);
    const known = projects.flatMap(({id, name}) => (name ? [name, id] : [id]));
    if (known.includes(wanted)) return {is: 'listed', known};
    return {is: lists.includes(undefined) ? 'untold' : 'unlisted', known};
  }

  /** Undefined where there is no list, or it cannot be read: the costs are known all the same. */
  async #read(account: string, window: Period): Promise<readonly Project[] | undefined> {
    const [connected] = this.#asking.open([account]);
    if (!connected) return undefined;
    const {driver, session} = connected;
    try {
      const query = {now: this.#asking.now, window, parts: new Set<never>()};
      const list = await driver.projects?.list(query, inSilence(session));
      return list?.derived ? undefined : list?.projects;
    } catch (error) {
      if (!(error instanceof UsageError) || error instanceof InterruptedError) throw error;
      return undefined;
    }
  }
}

/** What a list says beside its projects is no news to somebody who looks for one. */
const inSilence = (session: Session): Session => ({
  get: (path, options) => session.get(path, options),
  note: () => undefined,
  settings: session.settings,
  signal: session.signal,
});
