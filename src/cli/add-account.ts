import {InputError} from '../core/errors.ts';
import type {Driver} from '../drivers/driver.ts';
import {drivers} from '../drivers/index.ts';
import {parseBaseUrl} from '../http/base-url.ts';
import {messageLines} from '../render/message.ts';
import {nameObjection, type Settings, type StoredAccount} from '../store/account.ts';
import {holdsSecret} from '../store/mask.ts';
import type {CredentialStore} from '../store/open.ts';
import {keyObjection} from './account-secret.ts';
import {type Account, baseUrlOf, listAccounts, loadStore, settingsOf, urlText} from './accounts.ts';
import {connect} from './connect.ts';
import type {Context} from './context.ts';
import {readSecret} from './prompt.ts';
import {countedTwice, isSameAccount} from './same-key.ts';

/** An account as a person wants it. */
export interface WantedAccount {
  readonly driver: Driver;
  readonly name: string;
  /** Checked by `checkSettings`; what is stored already stays beside them. */
  readonly settings: Settings;
  readonly baseUrl?: string | undefined;
  /** Instead of a key that is asked for. */
  readonly keyCommand?: string | undefined;
  /** Whether the provider is asked before anything is stored. */
  readonly verify: boolean;
  /** Whether there may be one of that name, of the same provider, to be given another key. */
  readonly replace: boolean;
}

/**
 * Stores an account after the provider has recognized its key, which is read hidden from the terminal or from stdin,
 * or comes from a command. Throws, with nothing stored, if anything is wrong.
 */
export async function addAccount(wanted: WantedAccount, context: Context): Promise<void> {
  const {driver, name, verify} = wanted;
  checkName(name, driver);
  const say = (line: string) => context.stderr.write(messageLines([line], context.stderr.columns));
  const store = await loadStore(context, message => void say(`warning: ${message}`));
  const before = await accountBefore(wanted, store); // a damaged store is refused before anybody types a secret
  const settings = {...before?.settings, ...wanted.settings};
  const baseUrl = wanted.baseUrl ?? before?.baseUrl;
  if (wanted.keyCommand !== undefined && holdsSecret(wanted.keyCommand))
    throw new InputError('the key command holds what looks like a key', {
      rule: 'config.json holds no secret: the command prints the key',
      hint: `store it with: usage auth login ${driver.id} --name ${name}; and take it out of the history of your shell`,
    });
  const url =
    wanted.baseUrl === undefined
      ? baseUrlOf(driver, name, context.env, baseUrl)
      : parseBaseUrl(wanted.baseUrl, '--base-url');
  const secret = await keyOf(wanted, url, context);
  const account: Account = {
    name,
    driver,
    secret: async () => secret,
    settings: settingsOf(driver, name, context.env, settings),
    baseUrl: url,
    origin: wanted.keyCommand === undefined ? 'stdin' : 'key-command',
  };
  if (verify && context.stdin.isTTY) await say(`asking ${driver.title} whose key it is …`);
  const whose = verify ? await identify(account, context) : undefined;
  await store.save({
    name,
    provider: driver.id,
    settings,
    ...(baseUrl !== undefined && {baseUrl}),
    ...(wanted.keyCommand === undefined
      ? {secret, addedAt: context.clock.now()}
      : {keyCommand: wanted.keyCommand}),
  });
  const proved = whose === undefined ? 'stored, not verified' : `logged in to ${whose}`;
  const where = wanted.keyCommand === undefined ? store.path : store.settingsPath;
  await say(`${driver.title}: ${proved} as account "${name}" (${where})`);
  if (before?.keyCommand !== undefined && wanted.keyCommand === undefined)
    await say('the key command that it had is not used any more');
  if (name === driver.id && context.env[driver.credential.env])
    await say(`warning: ${driver.credential.env} is set and goes before the stored key`);
  const same = await sameAccounts(account, secret, context);
  if (same.length > 0) await say(`warning: ${countedTwice([...same, name])}`);
}

/** Others with the same key. Key commands are not run for it: the reports that ask them will tell. */
async function sameAccounts(account: Account, secret: string, context: Context): Promise<string[]> {
  const others = (await listAccounts(context, () => undefined)).filter(
    ({name, origin, fault, file}) =>
      name !== account.name && origin !== 'key-command' && fault === undefined && !file,
  );
  const same = await Promise.all(
    others.map(async other => {
      const theirs = await other.secret().catch(() => undefined);
      return theirs !== undefined && isSameAccount({account, secret}, {account: other, secret: theirs});
    }),
  );
  return others.filter((_, place) => same[place]).map(({name}) => name);
}

/** What the provider says whose key it is. Throws CredentialError or ProviderError. */
async function identify(account: Account, context: Context): Promise<string> {
  const quick = {timeout: 30, concurrency: 1, onNotice: () => undefined};
  const {connected, close} = await connect([account], context, quick);
  try {
    const [only] = connected;
    return only ? await account.driver.identify(only.session) : '';
  } finally {
    await close();
  }
}

/** Throws InputError for a name that an account of this provider cannot have. */
export function checkName(name: string, driver: Pick<Driver, 'id'>): void {
  const objection = nameObjection(name);
  if (objection) throw new InputError(`"${name}" can be no name of an account`, {rule: objection});
  const other = drivers.find(({id}) => id === name && id !== driver.id);
  if (other)
    throw new InputError(`"${name}" is the name of the account of ${other.title}`, {
      hint: `take another name, such as ${driver.id}-${name}`,
    });
}

/** Throws InputError for a setting that accounts of this provider do not have. */
export function checkSettings(driver: Driver, settings: Settings): Settings {
  const known = driver.settings.map(({name}) => name);
  for (const name of Object.keys(settings)) {
    if (known.includes(name)) continue;
    throw new InputError(`${driver.title} has no setting "${name}"`, {
      rule: known.join(', ') || 'none',
      nearest: [name, known],
    });
  }
  return settings;
}

async function accountBefore(
  {name, driver, replace}: WantedAccount,
  store: CredentialStore,
): Promise<StoredAccount | undefined> {
  const before = (await store.list()).find(account => account.name === name);
  if (before && before.provider !== driver.id)
    throw new InputError(`account "${name}" is of ${before.provider}, not of ${driver.id}`, {
      hint: `take another name, or remove it first: usage accounts remove ${name}`,
    });
  if (before && !replace)
    throw new InputError(`there is an account "${name}" already`, {
      hint: `to give it another key: usage auth login ${driver.id} --name ${name}`,
    });
  return before;
}

async function keyOf({driver, name, keyCommand}: WantedAccount, url: URL, context: Context): Promise<string> {
  const check = (secret: string) => {
    const objection = keyObjection(secret, driver, urlText(url) === driver.baseUrl);
    if (objection) throw new InputError(objection, {hint: `${driver.credential.hint} ${placeOf(driver)}`});
  };
  if (keyCommand !== undefined) {
    const {runKeyCommand} = await import('./key-command.ts');
    const secret = await runKeyCommand({account: name, provider: driver.id, line: keyCommand}, context);
    check(secret);
    return secret;
  }
  if (context.stdin.isTTY) {
    const parts = [driver.credential.hint, placeOf(driver)];
    await context.stderr.write(messageLines(parts, context.stderr.columns));
  }
  const {stdin, stderr, signal} = context;
  return readSecret({stdin, stderr, signal}, `${driver.title} ${driver.credential.label}: `, check);
}

const placeOf = ({credential}: Driver): string => `Make one at ${credential.url}`;
