import type {UsageError} from '../../core/errors.ts';
import type {Notice} from '../../core/notice.ts';
import type {SourceStatus} from '../../core/report.ts';
import type {Connected} from '../../pipeline/connected.ts';
import type {Measuring} from '../../pipeline/spend.ts';
import type {Preferences} from '../../store/settings.ts';
import type {Account} from '../accounts.ts';
import type {Context} from '../context.ts';
import {loadPreferences} from '../preferences.ts';
import type {Speaker} from '../speaker.ts';
import {parseLimits, withAccounts} from '../with-accounts.ts';
import type {AskFlags} from './flags.ts';

/** Accounts that are ready to be asked, and what there is to know of them. */
export interface Asking {
  readonly accounts: readonly Account[];
  readonly measuring: Measuring;
  readonly preferences: Preferences;
  /** How each account did so far. */
  sources(failures: ReadonlyMap<string, UsageError>): readonly SourceStatus[];
  /** Ends the progress line: to be called before anything is written. */
  settled(): Promise<void>;
}

/** Opens all accounts (or those of --demo) and hands them to the work. Throws CredentialError if there is none. */
export async function withBudgetAccounts<T>(
  flags: AskFlags,
  context: Context,
  {speaker, showProgress}: {readonly speaker: Speaker; readonly showProgress: boolean},
  work: (asking: Asking) => Promise<T>,
): Promise<T> {
  const warn = (message: string) => speaker.say({level: 'warning', code: 'store', message});
  const preferences = await loadPreferences(context, warn);
  const limits = parseLimits(flags, preferences.defaults);
  return withAccounts(
    flags,
    context,
    {limits, speaker, showProgress},
    ({accounts, open: openAgain, settled}) => {
      const opened: Connected[] = [];
      return work({
        settled,
        accounts,
        preferences,
        measuring: {
          accounts: accounts.map(({name, driver}) => ({account: name, driver})),
          now: context.now(),
          open(names) {
            const fresh = openAgain(names);
            opened.push(...fresh);
            return fresh;
          },
        },
        sources: failures => accounts.map(account => statusOf(account, opened, failures.get(account.name))),
      });
    },
  );
}

/** Puts what was said while requests were under way into an order that does not depend on who answered first. */
export function inOrder(speaker: Speaker, accounts: readonly Account[]): void {
  const keyOf = ({account, code, message}: Notice): string => {
    const place = accounts.findIndex(({name}) => name === account);
    return `${String(place + 1).padStart(6, '0')} ${code} ${message}`;
  };
  speaker.notices.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function statusOf(
  {name, driver}: Account,
  opened: readonly Connected[],
  error: UsageError | undefined,
): SourceStatus {
  const counts = opened.filter(({account}) => account === name).map(({session}) => session.counts);
  const requests = counts.reduce((sum, count) => sum + count.requests, 0);
  const hint = error?.advice.hint;
  return {
    provider: driver.id,
    account: name,
    status: error ? 'failed' : requests > 0 ? 'ok' : 'skipped',
    requests,
    retries: counts.reduce((sum, count) => sum + count.retries, 0),
    ...(error && {error: {code: error.code, message: error.message, ...(hint && {hint})}}),
  };
}
