import type {CredentialError} from '../core/errors.ts';
import {type Account, listAccounts, selectAccounts} from './accounts.ts';
import {wholeNumber} from './choice.ts';
import {type Connections, connect, type FileOptions} from './connect.ts';
import type {Context} from './context.ts';
import {demoAccounts} from './demo-accounts.ts';
import {Progress} from './progress.ts';
import type {Speaker} from './speaker.ts';

/** Flags that say whom to ask, and how. */
interface FetchFlags {
  readonly provider?: readonly string[];
  readonly account?: readonly string[];
  readonly timeout?: string;
  readonly concurrency?: string;
  readonly demo?: boolean;
}

/** Seconds for each try, and requests in flight for each account. */
export interface Limits {
  readonly timeout: number;
  readonly concurrency: number;
}

/** Reads `--timeout` and `--concurrency`. Throws InputError. */
export const parseLimits = ({timeout, concurrency}: FetchFlags, otherwise: Partial<Limits> = {}): Limits => ({
  timeout: wholeNumber('--timeout', timeout ?? String(otherwise.timeout ?? 30), 1, 3_600),
  concurrency: wholeNumber('--concurrency', concurrency ?? String(otherwise.concurrency ?? 8), 1, 64),
});

interface Manner {
  readonly limits: Limits;
  readonly speaker: Speaker;
  readonly showProgress: boolean;
  /** Whom to ask instead of those that are set up and selected. */
  readonly accounts?: readonly Account[];
  /** Files are no accounts here. */
  readonly withoutFiles?: boolean;
  readonly files?: FileOptions;
}

/** Accounts that are ready to be asked. */
export interface Opened extends Connections {
  /** Providers that were asked for by name and have no account. */
  readonly missing: readonly CredentialError[];
  /** Ends the progress line: nothing more is asked. */
  settled(): Promise<void>;
}

/**
 * Selects accounts, or takes those of `--demo`, connects them, hands them to the work, and closes everything. Throws
 * InputError for names that do not exist, CredentialError if there is no account.
 */
export async function withAccounts<T>(
  flags: FetchFlags,
  context: Context,
  {limits, speaker, showProgress, accounts: given, withoutFiles = false, files}: Manner,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const demo = flags.demo ? await demoAccounts(context) : undefined;
  const progress = new Progress(context, showProgress);
  const warn = (message: string) => speaker.say({level: 'warning', code: 'store', message});
  const select = async () => {
    const all = demo?.accounts ?? (await listAccounts(context, warn));
    const askable = withoutFiles ? all.filter(({file}) => !file) : all;
    return selectAccounts(askable, flags.provider, flags.account);
  };
  try {
    const {accounts, missing} = given ? {accounts: given, missing: []} : await select();
    const connections = await connect(accounts, context, {
      ...limits,
      ...(files && {files}),
      onNotice: notice => speaker.hold(notice),
      observe: account => ({...progress.observe(account.name), tried: speaker.debugger(account)}),
    });
    try {
      return await work({...connections, missing, settled: () => progress.stop()});
    } finally {
      await connections.close();
    }
  } finally {
    await progress.stop();
    await speaker.settle();
    await demo?.close();
  }
}
