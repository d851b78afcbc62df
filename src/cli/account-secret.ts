import {CredentialError, type UsageError} from '../core/errors.ts';
import type {Driver} from '../drivers/driver.ts';
import {drivers} from '../drivers/index.ts';
import type {StoredAccount} from '../store/account.ts';
import type {Account} from './accounts.ts';
import type {Context} from './context.ts';

/** Where a secret would be sent. */
interface Destination {
  readonly driver: Driver;
  /** Whether that is the provider's own API; a gateway in its place may take any keys. */
  readonly atHome: boolean;
  /** Why nothing is sent at all. */
  readonly fault: UsageError | undefined;
}

/** Says what is wrong with a secret that cannot work, so that it is sent to nobody: least of all to another vendor. */
export function keyObjection(secret: string, driver: Driver, atHome: boolean): string | undefined {
  const owner = drivers.find(
    ({id, credential}) =>
      id !== driver.id && credential.prefixes?.some(prefix => secret.startsWith(prefix)) === true,
  );
  return atHome && owner
    ? `it begins as keys of ${owner.title} do, and was not sent to ${driver.title}`
    : driver.credential.objection?.(secret, atHome);
}

/** A key from the environment. A header takes no other characters; the client's own error would not say whose they are. */
export async function environmentSecret(
  secret: string,
  {driver, atHome, fault}: Destination,
): Promise<string> {
  if (fault) throw fault;
  const {id, credential} = driver;
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw new CredentialError('credential_refused', `${credential.env} holds what can be no key`, {
      provider: id,
      rule: 'one word of ASCII characters, without "Bearer" before it',
      hint: credential.hint,
    });
  return checked(secret, credential.env, driver, atHome);
}

/** A stored key, or what a key command prints. */
export async function storedSecret(
  {name, provider, secret, keyCommand}: StoredAccount,
  {driver, atHome, fault}: Destination,
  file: string,
  context: Context,
): Promise<string> {
  if (fault) throw fault;
  if (keyCommand === undefined) return secret ?? ''; // it was looked at when it was stored
  const {runKeyCommand} = await import('./key-command.ts');
  const printed = await runKeyCommand({account: name, provider, line: keyCommand, file}, context);
  return checked(printed, `the key command of account "${name}"`, driver, atHome);
}

function checked(secret: string, origin: string, driver: Driver, atHome: boolean): string {
  const objection = keyObjection(secret, driver, atHome);
  if (objection === undefined) return secret;
  const {hint, url} = driver.credential;
  throw new CredentialError('credential_refused', `${origin}: ${objection}`, {
    provider: driver.id,
    hint: `${hint} Make one at ${url}`,
  });
}

/** What a person does about a key that is refused; undefined where it is none of theirs, as in the demo. */
export function renewalOf({name, driver, origin}: Account): string | undefined {
  const {id, credential} = driver;
  switch (origin) {
    case 'store':
    case 'stdin':
      return `Log in again: usage auth login ${id}${name === id ? '' : ` --name ${name}`}`;
    case 'key-command':
      return 'Look at what its key command prints.';
    case credential.env:
      return `Change ${credential.env}.`;
    default:
      return undefined;
  }
}
