import {getOrAdd} from '../core/get-or-add.ts';
import type {Notice} from '../core/notice.ts';
import {type Account, urlText} from './accounts.ts';

/** An account whose key is at hand. */
interface Opened {
  readonly account: Account;
  readonly secret: string;
}

/**
 * Whether two accounts are one and the same, so that what it costs counts twice: the same key for the same API. Of a key
 * that opens several organizations, settings that differ say which one is meant.
 */
export function isSameAccount(a: Opened, b: Opened): boolean {
  const [one, other] = [a.account, b.account];
  return (
    one.driver.id === other.driver.id &&
    urlText(one.baseUrl) === urlText(other.baseUrl) &&
    a.secret === b.secret &&
    Object.entries(one.settings).every(([name, value]) => {
      const theirs = other.settings[name];
      return value === undefined || theirs === undefined || value === theirs;
    })
  );
}

/** In words, for a report that both are in. */
export const countedTwice = (names: readonly string[]): string =>
  `${names.join(' and ')} have the same key: what it costs counts ${names.length === 2 ? 'twice' : `${names.length} times`}; ask one of them alone (--account), or remove the other`;

/**
 * Hands out the secrets of accounts, and says so when two turn out to be the same. They are compared as they are asked
 * for, since one may come from a command, and never leave memory.
 */
export function watchKeys(
  accounts: readonly Account[],
  onNotice: (notice: Notice) => void,
): (account: Account) => () => Promise<string> {
  const opened = new Map<string, Opened>();
  const said = new Set<string>();
  const compare = (found: Opened) => {
    const {name} = found.account;
    if (opened.has(name)) return;
    opened.set(name, found);
    const same = accounts.filter(account => {
      const other = opened.get(account.name);
      return other !== undefined && isSameAccount(other, found);
    });
    const [first] = same;
    if (first === undefined || same.length < 2) return;
    const message = countedTwice(same.map(account => account.name));
    if (said.has(message)) return;
    said.add(message);
    onNotice({level: 'warning', code: 'same_key', provider: first.driver.id, account: first.name, message});
  };
  const watched = new Map<string, () => Promise<string>>();
  return account =>
    getOrAdd(watched, account.name, () => async () => {
      const secret = await account.secret();
      if (accounts.length > 1 && !account.file) compare({account, secret});
      return secret;
    });
}
