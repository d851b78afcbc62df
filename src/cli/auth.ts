import {InputError, UsageError} from '../core/errors.ts';
import {formatInstant} from '../core/instant.ts';
import type {Driver} from '../drivers/driver.ts';
import {drivers} from '../drivers/index.ts';
import {sanitize} from '../render/sanitize.ts';
import {maskSecret} from '../store/mask.ts';
import {type Account, baseUrlOf, listAccounts, loadStore, settingsFrom} from './accounts.ts';
import {choose} from './choice.ts';
import type {LoginFlags} from './commands/auth.ts';
import {connect} from './connect.ts';
import type {Context} from './context.ts';
import {readSecret} from './prompt.ts';

const VERIFY = {timeout: 30, concurrency: 1, onNotice: () => undefined};

/** Stores a key after the provider has recognized it. Nothing is stored if it has not. */
export async function login(
  provider: string | undefined,
  flags: LoginFlags,
  context: Context,
): Promise<number> {
  const ids = drivers.map(({id}) => id);
  if (provider === undefined) {
    throw new InputError('which provider?', {rule: `usage auth login ${ids.join('|')}`});
  }
  const id = choose('provider', provider, ids);
  const driver = drivers.find(candidate => candidate.id === id);
  if (!driver) throw new InputError('which provider?', {rule: ids.join(', ')});
  const say = (line: string) => context.stderr.write(`${sanitize(line)}\n`);
  const settings: {[name: string]: string} =
    flags.organization === undefined ? {} : {organization: flags.organization};
  if (flags.organization !== undefined && !driver.settings.some(({name}) => name === 'organization')) {
    throw new InputError(`${driver.title} has no organizations to choose from`, {
      hint: 'leave --organization out',
    });
  }
  const store = await loadStore(context, message => void say(`warning: ${message}`));
  await store.list(); // a damaged store is refused before anybody types a secret
  if (context.stdin.isTTY) {
    const {messageLines} = await import('../render/message.ts');
    const parts = [driver.credential.hint, `Make one at ${driver.credential.url}`];
    await context.stderr.write(messageLines(parts, context.stderr.columns));
  }
  const secret = await readSecret(
    {stdin: context.stdin, stderr: context.stderr, signal: context.signal},
    `${driver.title} ${driver.credential.label}: `,
  );
  const objection = driver.credential.objection?.(secret);
  if (objection) throw new InputError(objection, {hint: driver.credential.hint});
  const name = flags.name ?? driver.id;
  const account: Account = {
    name,
    driver,
    secret,
    settings: settingsFrom(driver, context.env, settings),
    baseUrl: baseUrlOf(driver, context.env),
    origin: 'stdin',
  };
  const whose = flags.verify === false ? undefined : await identify(account, context);
  await store.save({name, provider: driver.id, secret, addedAt: context.clock.now(), settings});
  await say(
    `${driver.title}: ${whose === undefined ? 'stored, not verified' : `logged in to ${whose}`} as account "${name}" (${store.path})`,
  );
  if (name === driver.id && context.env[driver.credential.env]) {
    await say(`warning: ${driver.credential.env} is set and goes before the stored key`);
  }
  return 0;
}

async function identify(account: Account, context: Context): Promise<string> {
  const {connected, close} = await connect([account], context, VERIFY);
  try {
    const [only] = connected;
    return only ? await account.driver.identify(only.session) : '';
  } finally {
    await close();
  }
}

interface Status {
  readonly account: string;
  readonly provider: string;
  readonly source: string;
  readonly key: string;
  readonly works: boolean | null;
  readonly identity: string | null;
  readonly error: string | null;
}

/** Where each key comes from and, unless offline, whether it works. 0 if all do, 4 if one was refused, 5 if not to be told. */
export async function status(
  only: string | undefined,
  flags: {readonly offline?: boolean; readonly json?: boolean},
  context: Context,
): Promise<number> {
  const accounts = await listAccounts(
    context,
    message => void context.stderr.write(`warning: ${sanitize(message)}\n`),
  );
  if (only !== undefined && accounts.length > 0)
    choose(
      'account',
      only,
      accounts.map(({name}) => name),
    );
  const asked = accounts.filter(({name}) => only === undefined || name === only);
  const codes: number[] = [];
  const statuses = await Promise.all(
    asked.map(async (account): Promise<Status> => {
      const base = {
        account: account.name,
        provider: account.driver.id,
        source: account.origin,
        key: maskSecret(account.secret),
      };
      if (flags.offline) return {...base, works: null, identity: null, error: null};
      try {
        return {...base, works: true, identity: await identify(account, context), error: null};
      } catch (error) {
        if (!(error instanceof UsageError) || context.signal.aborted) throw error;
        codes.push(error.exitCode);
        return {...base, works: false, identity: null, error: error.message};
      }
    }),
  );
  if (flags.json) {
    await context.stdout.write(
      `${JSON.stringify({schema: 'usage/auth-status@1', generated_at: formatInstant(context.now()), accounts: statuses}, null, 2)}\n`,
    );
  } else {
    await context.stdout.write(inWords(statuses, drivers));
  }
  return codes.length > 0 ? Math.max(...codes) : 0;
}

function inWords(statuses: readonly Status[], all: readonly Driver[]): string {
  const known = statuses.map(({account, provider, source, key, works, identity, error}) => [
    account === provider ? account : `${account} (${provider})`,
    key,
    `from ${source}`,
    works === null ? '' : works ? `ok: ${identity}` : `FAILED: ${error}`,
  ]);
  const without = all
    .filter(({id}) => !statuses.some(({provider}) => provider === id))
    .map(({id, credential}) => [id, 'not set up', `set ${credential.env} or run usage auth login ${id}`, '']);
  const rows = [...known, ...without].map(row => row.map(sanitize));
  const widths = [0, 1, 2].map(place => Math.max(0, ...rows.map(row => row[place]?.length ?? 0)));
  return rows
    .map(
      row =>
        `${row
          .map((cell, place) => cell.padEnd(widths[place] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Forgets a stored key. A key from the environment is not ours to forget, and says so. */
export async function logout(name: string, context: Context): Promise<number> {
  const say = (line: string) => context.stderr.write(`${sanitize(line)}\n`);
  const store = await loadStore(context, message => void say(`warning: ${message}`));
  const removed = await store.remove(name);
  const driver = drivers.find(({id}) => id === name);
  const inEnvironment = driver !== undefined && Boolean(context.env[driver.credential.env]);
  if (!removed) {
    const names = (await store.list()).map(account => account.name);
    throw new InputError(`no key is stored for "${name}"`, {
      rule: names.length > 0 ? names.join(', ') : 'nothing is stored',
      nearest: [name, names],
      ...(inEnvironment ? {hint: `its key comes from ${driver.credential.env}: unset that`} : {}),
    });
  }
  await say(
    `forgot the key of "${name}"${inEnvironment ? `; ${driver.credential.env} still holds one` : ''}`,
  );
  return 0;
}
