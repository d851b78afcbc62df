import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {CredentialError, InputError} from '../core/errors.ts';
import type {Driver, Session} from '../drivers/driver.ts';
import {drivers} from '../drivers/index.ts';
import {parseBaseUrl} from '../http/base-url.ts';
import type {CredentialStore} from '../store/open.ts';
import {choose, chooseAll} from './choice.ts';
import type {Context} from './context.ts';
import {storeDirectoryOf} from './store-directory.ts';

/** An account that can be asked, wherever its secret comes from. */
export interface Account {
  readonly name: string;
  readonly driver: Driver;
  readonly secret: string;
  readonly settings: Session['settings'];
  readonly baseUrl: URL;
  /** For `auth status`: the environment variable, "store" or "demo". */
  readonly origin: string;
}

type Warn = (message: string) => void;

/** Opens the store, which loads conf. Callers that only read ask `storedAccounts`. */
export async function loadStore(context: Context, warn: Warn): Promise<CredentialStore> {
  const {openStore} = await import('../store/open.ts');
  const {platform, clock, signal} = context;
  const patient = {
    now: () => clock.now(),
    sleep: (milliseconds: number) => clock.sleep(milliseconds, signal),
  };
  return openStore({directory: storeDirectoryOf(context), platform, clock: patient, warn});
}

/** All accounts: the environment first, then the store, where its names are not taken. Nothing is loaded if no store exists. */
export async function listAccounts(context: Context, warn: Warn): Promise<Account[]> {
  const {env} = context;
  const found = drivers.flatMap((driver): Account[] => {
    const secret = env[driver.credential.env]?.trim();
    if (!secret) return [];
    return [
      {
        name: driver.id,
        driver,
        secret,
        settings: settingsFrom(driver, env, {}),
        baseUrl: baseUrlOf(driver, env),
        origin: driver.credential.env,
      },
    ];
  });
  if (!hasStore(storeDirectoryOf(context))) return found;
  const store = await loadStore(context, warn);
  for (const stored of await store.list()) {
    if (found.some(({name}) => name === stored.name)) continue;
    const driver = drivers.find(({id}) => id === stored.provider);
    if (!driver) {
      warn(
        `account "${stored.name}" is of the provider "${stored.provider}", which this version does not know`,
      );
      continue;
    }
    found.push({
      name: stored.name,
      driver,
      secret: stored.secret,
      settings: settingsFrom(driver, stored.name === driver.id ? env : {}, stored.settings),
      baseUrl: baseUrlOf(driver, env),
      origin: 'store',
    });
  }
  const order = drivers.map(({id}) => id as string);
  return found.sort((a, b) => order.indexOf(a.driver.id) - order.indexOf(b.driver.id));
}

/** Whether there is anything to read; what stands in the way of a store is for the store to refuse. */
function hasStore(directory: string): boolean {
  if (statSync(directory, {throwIfNoEntry: false})?.isDirectory() === false) return true;
  return ['credentials.json', 'config.json'].some(file => existsSync(join(directory, file)));
}

/** Settings of an account by name: the environment wins over what is stored. */
export function settingsFrom(
  driver: Driver,
  env: Context['env'],
  stored: Session['settings'],
): Session['settings'] {
  return Object.fromEntries(
    driver.settings.map(({name, env: variable}) => [name, env[variable]?.trim() || stored[name]]),
  );
}

export function baseUrlOf(driver: Driver, env: Context['env']): URL {
  const given = env[driver.baseUrlEnv]?.trim();
  return given ? parseBaseUrl(given, driver.baseUrlEnv) : new URL(driver.baseUrl);
}

export interface Selection {
  readonly accounts: readonly Account[];
  /** Providers that were asked for by name and have no account. */
  readonly missing: readonly CredentialError[];
}

/** Applies `--provider` and `--account`. Throws InputError for names that do not exist, CredentialError if nothing is left. */
export function selectAccounts(
  accounts: readonly Account[],
  providers: readonly string[] | undefined,
  names: readonly string[] | undefined,
): Selection {
  const ids =
    providers &&
    chooseAll(
      '--provider',
      providers,
      drivers.map(({id}) => id),
    );
  if (names && accounts.length > 0)
    for (const name of names)
      choose(
        '--account',
        name,
        accounts.map(account => account.name),
      );
  const selected = accounts.filter(
    ({name, driver}) => (names?.includes(name) ?? true) && (ids?.some(id => id === driver.id) ?? true),
  );
  const missing = (ids ?? [])
    .filter(id => !accounts.some(({driver}) => driver.id === id))
    .map(missingCredential);
  if (selected.length > 0) return {accounts: selected, missing};
  if (missing[0]) throw missing[0];
  if (accounts.length > 0)
    throw new InputError('no account is left', {rule: '--provider and --account must have one in common'});
  throw new CredentialError('credential_missing', 'no account is set up', {
    rule: `set ${drivers.map(({credential}) => credential.env).join(', ')}, or log in: usage auth login <provider>`,
    hint: 'to try it without an account, add --demo',
  });
}

function missingCredential(id: string): CredentialError {
  const driver = drivers.find(candidate => candidate.id === id);
  return new CredentialError('credential_missing', `${driver?.title ?? id} has no credential`, {
    provider: id,
    rule: `set ${driver?.credential.env}, or log in: usage auth login ${id}`,
    ...(driver ? {hint: driver.credential.hint} : {}),
  });
}
