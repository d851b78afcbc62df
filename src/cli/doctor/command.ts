import {CredentialError, InputError, StoreError} from '../../core/errors.ts';
import type {Observer} from '../../http/session.ts';
import {type Account, environmentAccounts, listAccounts, selectAccounts} from '../accounts.ts';
import {wholeNumber} from '../choice.ts';
import type {DoctorFlags} from '../commands/doctor.ts';
import type {Context} from '../context.ts';
import {demoAccounts} from '../demo-accounts.ts';
import {Progress} from '../progress.ts';
import {type Examined, examineAccount} from './examine-account.ts';
import {examinePairs} from './examine-pairs.ts';
import {examineStore} from './examine-store.ts';
import {exitCodeOf, type Finding, failing} from './finding.ts';
import {type Diagnosis, toJson, toText} from './show.ts';

/** Looks at everything that a report depends on, and names the fix for each thing that is wrong. Gives the exit code. */
export async function examine(flags: DoctorFlags, context: Context): Promise<number> {
  const timeout = wholeNumber('--timeout', flags.timeout ?? '10', 1, 3_600);
  const demo = flags.demo ? await demoAccounts(context) : undefined;
  const {terminal} = context.stderr;
  const progress = new Progress(context, !flags.json && terminal !== undefined);
  try {
    const store = demo ? [] : await examineStore(context);
    const found = demo ?? (await findAccounts(context));
    const {accounts, missing} = select(found, flags);
    const observe = ({name}: Account): Observer => progress.observe(name);
    const examined = await Promise.all(
      accounts.map(account => examineAccount(account, context, {timeout, observer: observe(account)})),
    );
    await progress.stop();
    const general = [...store, ...missing, ...(await examinePairs(examined)), ...clockOf(context)];
    return await answer({general, examined}, flags, context);
  } finally {
    await progress.stop();
    await demo?.close();
  }
}

async function answer(
  {general, examined}: {readonly general: readonly Finding[]; readonly examined: readonly Examined[]},
  flags: DoctorFlags,
  context: Context,
): Promise<number> {
  const exitCode = exitCodeOf([...general, ...examined.flatMap(({findings}) => findings)]);
  const diagnosis: Diagnosis = {
    version: context.version,
    at: context.clock.now(),
    general,
    examined,
    exitCode,
  };
  await context.stdout.write(flags.json ? toJson(diagnosis) : toText(diagnosis, flags, context));
  return exitCode;
}

/** What there is to look at. */
interface Found {
  readonly accounts: readonly Account[];
  /** The store could not be read: who is missing here may be in there. */
  readonly unread?: boolean;
}

/** A store that is unsound is told of elsewhere; the accounts of the environment can be looked at all the same. */
async function findAccounts(context: Context): Promise<Found> {
  try {
    return {accounts: await listAccounts(context, () => undefined)};
  } catch (error) {
    if (error instanceof StoreError) return {accounts: environmentAccounts(context), unread: true};
    throw error;
  }
}

/** Who has no account at all, or none of a provider that was asked for, has something to mend too. */
function select(
  {accounts, unread = false}: Found,
  {provider, account}: DoctorFlags,
): {readonly accounts: readonly Account[]; readonly missing: readonly Finding[]} {
  const missing = (errors: readonly CredentialError[]) =>
    unread ? [] : errors.map(error => failing('account', error));
  try {
    const selection = selectAccounts(accounts, provider, account);
    return {accounts: selection.accounts, missing: missing(selection.missing)};
  } catch (error) {
    if (error instanceof CredentialError) return {accounts: [], missing: missing([error])};
    if (error instanceof InputError && unread) return {accounts: [], missing: []};
    throw error;
  }
}

const clockOf = ({env}: Context): Finding[] =>
  env.USAGE_NOW
    ? [
        {
          check: 'clock',
          state: 'note',
          message: `USAGE_NOW is set: reports are made as if it were ${env.USAGE_NOW}`,
        },
      ]
    : [];
