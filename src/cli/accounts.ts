import {CredentialError, InputError, StoreError, UsageError} from '../core/errors.ts';
import type {Instant} from '../core/instant.ts';
import type {Driver, Session} from '../drivers/driver.ts';
import {drivers} from '../drivers/index.ts';
import type {CostKind} from '../focus/roles.ts';
import {parseBaseUrl} from '../http/base-url.ts';
import type {StoredAccount} from '../store/account.ts';
import type {CredentialStore} from '../store/open.ts';
import type {AccountPreferences, Preferences} from '../store/settings.ts';
import {environmentSecret, storedSecret} from './account-secret.ts';
import {choose, chooseAll} from './choice.ts';
import type {Context} from './context.ts';
import {isThere, storeOptions} from './preferences.ts';
import {storeDirectoryOf} from './store-directory.ts';

/** An account that can be asked, wherever its secret comes from. */
export interface Account {
  readonly name: string;
  readonly driver: Driver;
  /** The secret, the same each time; it may take a command to come by. Throws CredentialError. */
  readonly secret: () => Promise<string>;
  readonly settings: Session['settings'];
  /** The driver's own if there is a `fault`. */
  readonly baseUrl: URL;
  /** Why it cannot be asked: its base URL is wrong. Its `secret` is not given away then. */
  readonly fault?: UsageError;
  /** For `auth status`: the environment variable, "store", "key-command" or "demo". */
  readonly origin: string;
  /** When the secret was stored. */
  readonly addedAt?: Instant;
  /** For an account that is a FOCUS file, and no API. */
  readonly file?: FileSource;
}

export interface FileSource {
  /** A path, an https: address, or `-` for stdin. */
  readonly source: string;
  /** Which of its costs counts; left out: as billed. */
  readonly cost?: CostKind;
}

type Warn = (message: string) => void;

/** Opens the store, which loads conf. Callers that only read ask `storedAccounts`. */
export async function loadStore(context: Context, warn: Warn): Promise<CredentialStore> {
  const {openStore} = await import('../store/open.ts');
  return openStore(storeOptions(context, warn));
}

/** All accounts: the environment first, then the store, where its names are not taken. Nothing is loaded if no store exists. */
export async function listAccounts(context: Context, warn: Warn): Promise<Account[]> {
  const {accounts: stored, preferences, path} = await readStore(context, warn);
  const found = environmentAccounts(context, preferences);
  for (const account of stored) {
    const {name, provider, settings, addedAt} = account;
    if (found.some(other => other.name === name)) continue;
    const driver = drivers.find(({id}) => id === provider);
    if (!driver) {
      warn(`account "${name}" is of the provider "${provider}", which this version does not know`);
      continue;
    }
    const place = placeOf(driver, name, context.env, account.baseUrl);
    found.push({
      name,
      driver,
      ...place,
      secret: once(() => storedSecret(account, destinationOf(driver, place), path, context)),
      settings: settingsOf(driver, name, context.env, settings),
      origin: account.keyCommand === undefined ? 'store' : 'key-command',
      ...(addedAt !== undefined && account.keyCommand === undefined && {addedAt}),
    });
  }
  const order = drivers.map(({id}) => id as string);
  found.sort((a, b) => order.indexOf(a.driver.id) - order.indexOf(b.driver.id));
  const files = [...(preferences ?? [])].filter(
    ([name, {provider}]) => provider === FOCUS && !found.some(other => other.name === name),
  );
  if (files.length === 0) return found;
  const {storedFile} = await import('./focus-sources.ts');
  return [...found, ...files.map(([name, {settings}]) => storedFile(name, settings))];
}

/** The accounts of the environment alone. */
export const environmentAccounts = (context: Context, preferences?: Preferences['accounts']): Account[] =>
  drivers.flatMap(driver => fromEnvironment(driver, context, preferences?.get(driver.id)) ?? []);
/** The provider of accounts that are FOCUS files. */
export const FOCUS = 'focus';

interface Stored {
  readonly accounts: readonly StoredAccount[];
  readonly preferences?: Preferences['accounts'];
  /** Where commands come from. */
  readonly path: string;
}

async function readStore(context: Context, warn: Warn): Promise<Stored> {
  if (!isThere(storeDirectoryOf(context), ['credentials.json', 'config.json']))
    return {accounts: [], path: ''};
  const store = await loadStore(context, warn);
  const {accounts, preferences} = await store.read();
  return {accounts, preferences: preferences.accounts, path: store.settingsPath};
}

function fromEnvironment(
  driver: Driver,
  {env}: Context,
  preferences: AccountPreferences | undefined,
): Account | undefined {
  const variable = driver.credential.env;
  const secret = env[variable]?.trim();
  if (!secret) return undefined;
  const place = placeOf(driver, driver.id, env, preferences?.baseUrl);
  return {
    name: driver.id,
    driver,
    ...place,
    secret: () => environmentSecret(secret, destinationOf(driver, place)),
    settings: settingsOf(driver, driver.id, env, preferences?.settings ?? {}),
    origin: variable,
  };
}

const destinationOf = (driver: Driver, {baseUrl, fault}: Pick<Account, 'baseUrl' | 'fault'>) => ({
  driver,
  atHome: urlText(baseUrl) === driver.baseUrl,
  fault,
});

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}

/**
 * Settings of an account by name. The environment speaks of the account that is named like its provider, and wins
 * there over what is stored.
 */
export const settingsOf = (
  driver: Driver,
  name: string,
  env: Context['env'],
  stored: Session['settings'],
): Session['settings'] =>
  Object.fromEntries(
    driver.settings.map(setting => {
      const given = name === driver.id ? env[setting.env]?.trim() : undefined;
      return [setting.name, given || stored[setting.name]];
    }),
  );

/**
 * The same for the base URL, but that the environment also stands in for an account that has none of its own. Throws
 * InputError for what the environment says, StoreError for what config.json says.
 */
export function baseUrlOf(
  driver: Driver,
  name: string,
  env: Context['env'],
  stored: string | undefined,
): URL {
  const given = env[driver.baseUrlEnv]?.trim();
  if (stored !== undefined && (name !== driver.id || !given)) return storedBaseUrl(stored, name);
  return given ? parseBaseUrl(given, driver.baseUrlEnv) : new URL(driver.baseUrl);
}

function storedBaseUrl(text: string, account: string): URL {
  const key = `accounts.${account}.base-url`;
  try {
    return parseBaseUrl(text, key);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new StoreError(`config.json: ${error.message}`, {
      ...error.advice,
      hint: `change it: usage config set ${key} <url>; or forget it: usage config unset ${key}`,
    });
  }
}

/** Where an account is asked, or why it cannot be: that is for whoever asks this very account. */
function placeOf(...of: Parameters<typeof baseUrlOf>): Pick<Account, 'baseUrl' | 'fault'> {
  try {
    return {baseUrl: baseUrlOf(...of)};
  } catch (fault) {
    if (!(fault instanceof UsageError)) throw fault;
    return {baseUrl: new URL(of[0].baseUrl), fault};
  }
}

/** As people write it, without a slash at the end. */
export const urlText = (url: URL): string => url.href.replace(/\/$/, '');

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
  for (const [flag, given, valid] of [
    ['--provider', providers, drivers.map(({id}) => id)],
    ['--account', names, accounts.map(({name}) => name)],
  ] as const)
    if (given?.length === 0) throw new InputError(`${flag} is empty`, {rule: `some of ${valid.join(', ')}`});
  const ids =
    providers &&
    chooseAll('--provider', providers, [
      ...drivers.map(({id}) => id as string),
      ...(accounts.some(({file}) => file) ? [FOCUS] : []),
    ]);
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
