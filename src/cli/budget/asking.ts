import type {UsageError} from '../../core/errors.ts';
import type {Notice} from '../../core/notice.ts';
import type {SourceStatus} from '../../core/report.ts';
import type {Connected} from '../../pipeline/connected.ts';
import type {Measuring} from '../../pipeline/spend.ts';
import type {Preferences} from '../../store/settings.ts';
import {type Account, listAccounts, selectAccounts} from '../accounts.ts';
import {wholeNumber} from '../choice.ts';
import {connect} from '../connect.ts';
import type {Context} from '../context.ts';
import {demoAccounts} from '../demo-accounts.ts';
import {loadPreferences} from '../preferences.ts';
import {Progress} from '../progress.ts';
import type {Speaker} from '../speaker.ts';
import type {AskFlags} from './flags.ts';

/** Accounts that are ready to be asked, and what there is to know of them. */
export interface Asking {
  readonly accounts: readonly Account[];
  readonly measuring: Measuring;
  readonly preferences: Preferences;
  /** How each account did so far. */
  sources(failures: ReadonlyMap<string, UsageError>): readonly SourceStatus[];
}

/** Opens all accounts (or those of --demo), hands them to the work, and closes them. Throws CredentialError if there is none. */
export async function withAccounts<T>(
  flags: AskFlags,
  context: Context,
  {speaker, showProgress}: {readonly speaker: Speaker; readonly showProgress: boolean},
  work: (asking: Asking) => Promise<T>,
): Promise<T> {
  const warn = (message: string) => speaker.say({level: 'warning', code: 'store', message});
  const preferences = await loadPreferences(context, warn);
  const {timeout: patience = 30, concurrency: width = 8} = preferences.defaults;
  const timeout = wholeNumber('--timeout', flags.timeout ?? String(patience), 1, 3_600);
  const concurrency = wholeNumber('--concurrency', flags.concurrency ?? String(width), 1, 64);
  const demo = flags.demo ? await demoAccounts(context) : undefined;
  const progress = new Progress(context, showProgress);
  try {
    const {accounts} = selectAccounts(
      demo?.accounts ?? (await listAccounts(context, warn)),
      undefined,
      undefined,
    );
    const connections = await connect(accounts, context, {
      timeout,
      concurrency,
      onNotice: notice => speaker.hold(notice),
      observe: account => ({...progress.observe(account.name), tried: speaker.debugger(account)}),
    });
    const opened: Connected[] = [];
    try {
      return await work({
        accounts,
        preferences,
        measuring: {
          accounts: accounts.map(({name, driver}) => ({account: name, driver})),
          now: context.now(),
          open(names) {
            const fresh = connections.open(names);
            opened.push(...fresh);
            return fresh;
          },
        },
        sources: failures => accounts.map(account => statusOf(account, opened, failures.get(account.name))),
      });
    } finally {
      await connections.close();
    }
  } finally {
    await progress.stop();
    await speaker.settle();
    await demo?.close();
  }
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
