import {InputError} from '../core/errors.ts';
import type {Driver} from '../drivers/driver.ts';
import {drivers} from '../drivers/index.ts';
import {messageLines} from '../render/message.ts';
import {orphanedBudgets} from './account-budgets.ts';
import {loadStore} from './accounts.ts';
import {addAccount, checkSettings} from './add-account.ts';
import {choose} from './choice.ts';
import type {LoginFlags} from './commands/auth.ts';
import type {Context} from './context.ts';

/** Stores a key after the provider has recognized it. Nothing is stored if it has not. */
export async function login(
  provider: string | undefined,
  flags: LoginFlags,
  context: Context,
): Promise<number> {
  const driver = await chooseDriver(provider, context, 'usage auth login');
  const {organization} = flags;
  const settings = checkSettings(driver, organization === undefined ? {} : {organization});
  await addAccount(
    {driver, name: flags.name ?? driver.id, settings, verify: flags.verify !== false, replace: true},
    context,
  );
  return 0;
}

/** The driver of that id; without one a person at a terminal picks it. Throws InputError. */
export async function chooseDriver(
  provider: string | undefined,
  context: Context,
  command: string,
): Promise<Driver> {
  const ids = drivers.map(({id}) => id);
  if (provider === undefined && context.stdin.isTTY && context.stderr.terminal && draws(context)) {
    const {pick} = await import('./pick.ts');
    const options = drivers.map(({title, credential}) => ({name: title, detail: credential.label}));
    const driver = drivers[await pick('Which provider?', options, context)];
    if (driver) return driver;
  }
  if (provider === undefined) throw new InputError('which provider?', {rule: `${command} ${ids.join('|')}`});
  const id = choose('provider', provider, ids);
  const driver = drivers.find(candidate => candidate.id === id);
  if (!driver) throw new InputError('which provider?', {rule: ids.join(', ')});
  return driver;
}

/** Ink draws nothing where it believes to be in CI: a list that nobody sees must not take keys. */
const draws = ({env}: Context): boolean =>
  [env.CI, env.CONTINUOUS_INTEGRATION].every(
    value => value === undefined || value === '0' || value === 'false',
  );

/** Forgets a stored key. A key from the environment is not ours to forget, and says so. */
export async function logout(name: string, context: Context): Promise<number> {
  const say = (line: string) => context.stderr.write(messageLines([line], context.stderr.columns));
  const store = await loadStore(context, message => void say(`warning: ${message}`));
  const removed = await store.forget(name);
  const driver = drivers.find(({id}) => id === name);
  const inEnvironment = driver !== undefined && Boolean(context.env[driver.credential.env]);
  if (!removed) {
    const accounts = await store.list();
    const names = accounts.filter(({secret}) => secret !== undefined).map(account => account.name);
    const commanded = accounts.some(account => account.name === name);
    throw new InputError(`no key is stored for "${name}"`, {
      rule: names.length > 0 ? names.join(', ') : 'nothing is stored',
      nearest: [name, names],
      ...(commanded ? {hint: `its key comes from a command; forget it: usage accounts remove ${name}`} : {}),
      ...(inEnvironment && driver ? {hint: `its key comes from ${driver.credential.env}: unset that`} : {}),
    });
  }
  await say(
    `forgot the key of "${name}"${inEnvironment ? `; ${driver.credential.env} still holds one` : ''}`,
  );
  if (!(await store.names()).has(name))
    for (const line of await orphanedBudgets(name, context)) await say(line);
  return 0;
}
