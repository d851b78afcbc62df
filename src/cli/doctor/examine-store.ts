import {access, constants} from 'node:fs/promises';
import {join} from 'node:path';
import {StoreError, UsageError} from '../../core/errors.ts';
import {opennessOf} from '../../store/modes.ts';
import type {Preferences} from '../../store/settings.ts';
import {listAccounts, loadStore} from '../accounts.ts';
import type {Context} from '../context.ts';
import {fillIn} from '../defaults.ts';
import {isThere} from '../preferences.ts';
import {storeDirectoryOf} from '../store-directory.ts';
import {type Finding, failing} from './finding.ts';

const SECRETS = 'credentials.json';
const SETTINGS = 'config.json';

/** Looks at the files of the store: whether they are sound, and who else may touch them. */
export async function examineStore(context: Context): Promise<readonly Finding[]> {
  const folder = storeDirectoryOf(context);
  if (!isThere(folder, [SECRETS, SETTINGS]))
    return [{check: 'store', state: 'note', message: `nothing is stored in ${folder}`}];
  try {
    const {preferences} = await (await loadStore(context, () => undefined)).read();
    const findings = [
      ...(await defaultsFinding(preferences, context)),
      ...(await opennessFindings(folder, context)),
      ...(await writableFinding(folder)),
    ];
    if (findings.length > 0) return findings;
    return [{check: 'store', state: 'ok', message: `${folder} is sound and yours alone`}];
  } catch (error) {
    if (error instanceof UsageError) return [failing('store', error)];
    throw error;
  }
}

/** A default that no flag would take is refused by every report that it stands in for. */
async function defaultsFinding({defaults}: Preferences, context: Context): Promise<Finding[]> {
  try {
    await fillIn({}, defaults, context.now());
    const {account: names = []} = defaults;
    const known = new Set(
      names.length === 0 ? [] : (await listAccounts(context, () => undefined)).map(({name}) => name),
    );
    const gone = names.filter(name => !known.has(name));
    return gone.map(name => ({
      check: 'store',
      state: 'warning',
      message: `config.json: defaults.account names ${name}, which is no account that there is`,
      fix: 'usage config set defaults.account <names>, or usage config unset defaults.account',
    }));
  } catch (error) {
    if (error instanceof StoreError) return [failing('store', error)];
    throw error;
  }
}

async function opennessFindings(folder: string, {platform}: Context): Promise<Finding[]> {
  const paths = [folder, join(folder, SECRETS), join(folder, SETTINGS)];
  const found = await Promise.all(paths.map(path => opennessOf(path, platform)));
  return found.flatMap((open): Finding[] => {
    if (!open) return [];
    const grave = open.writable || open.path.endsWith(SECRETS);
    return [
      {
        check: 'store',
        state: grave ? 'error' : 'warning',
        message: `other users of this machine may ${open.writable ? 'write to' : 'read'} ${open.path}`,
        fix: open.fix,
        ...(grave && {exitCode: 3}),
      },
    ];
  });
}

async function writableFinding(folder: string): Promise<Finding[]> {
  try {
    await access(folder, constants.W_OK);
    return [];
  } catch {
    return [
      {
        check: 'store',
        state: 'warning',
        message: `${folder} cannot be written to: nothing can be stored`,
        fix: `look at its owner and mode with ls -la, or let USAGE_CONFIG_DIR name another folder`,
      },
    ];
  }
}
