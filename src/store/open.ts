import {checkAccount, type StoredAccount} from './account.ts';
import {CREDENTIALS} from './credentials.ts';
import {openFolder, type StoreOptions} from './folder.ts';
import type {Lock} from './lock.ts';
import {type AccountPreferences, PREFERENCES, type Preferences} from './settings.ts';

/** The accounts that are kept on this machine. Every method throws StoreError if a file is unsound; none repairs one. */
export interface CredentialStore {
  /** Where the secrets are. */
  readonly path: string;
  /** Where the settings are. */
  readonly settingsPath: string;
  /** All accounts, by name in code-unit order. Nothing is created by looking. */
  list(): Promise<readonly StoredAccount[]>;
  /** Id of the driver by account name, of those that have a stored secret; config.json may be unsound. */
  providers(): Promise<ReadonlyMap<string, string>>;
  /** Id of the driver by account name, of all accounts: those of `list`, and those that config.json alone knows. */
  names(): Promise<ReadonlyMap<string, string>>;
  /** The same as `list`, with everything else that config.json holds. */
  read(): Promise<{readonly accounts: readonly StoredAccount[]; readonly preferences: Preferences}>;
  /** Adds an account, or replaces the one of that name. Throws InputError if it could not be read back. */
  save(account: StoredAccount): Promise<void>;
  /** Whether there was one of that name and none of the other. Its settings and the defaults that name it go along. */
  rename(from: string, to: string): Promise<boolean>;
  /** Whether the account had a secret. It goes on with its key command if it has one, else it is removed. */
  forget(name: string): Promise<boolean>;
  /** Whether there was one of that name. The defaults that name it go along. */
  remove(name: string): Promise<boolean>;
}

/** Opens the store; touches the disk only when asked for something. */
export function openStore(options: StoreOptions): CredentialStore {
  const folder = openFolder(options);
  const credentials = folder.document(CREDENTIALS);
  const preferences = folder.document(PREFERENCES);

  const read = async () => ({secrets: await credentials.read(), config: await preferences.read()});
  type Content = Awaited<ReturnType<typeof read>>;

  const list = ({secrets, config}: Content): StoredAccount[] => {
    const commanded = [...config.accounts].flatMap(([name, {provider, ...account}]) =>
      provider === undefined || account.keyCommand === undefined || secrets.has(name)
        ? []
        : [{name, provider, ...account}],
    );
    const stored = [...secrets].map(([name, secret]) => {
      const {provider: _, ...account} = config.accounts.get(name) ?? {settings: {}};
      return {name, ...secret, ...account};
    });
    return [...stored, ...commanded].sort((a, b) => (a.name < b.name ? -1 : 1));
  };

  const namesOf = ({secrets, config}: Content): ReadonlyMap<string, string> =>
    new Map([
      ...[...config.accounts].flatMap(([name, {provider}]) =>
        provider === undefined ? [] : [[name, provider] as const],
      ),
      ...[...secrets].map(([name, {provider}]) => [name, provider] as const),
    ]);

  async function removeAccount(name: string, {secrets, config}: Content, lock: Lock): Promise<void> {
    const [left, accounts] = [new Map(secrets), new Map(config.accounts)];
    const {account: names, ...others} = config.defaults;
    const stay = names?.filter(other => other !== name) ?? [];
    const defaults = {...others, ...(stay.length > 0 && {account: stay})};
    // The secret goes first: settings that lost their account are harmless.
    if (left.delete(name)) await credentials.write(left, lock);
    if (accounts.delete(name) || stay.length !== (names?.length ?? 0))
      await preferences.write({...config, accounts, defaults}, lock);
  }

  return {
    path: credentials.path,
    settingsPath: preferences.path,
    list: async () => list(await read()),

    names: async () => namesOf(await read()),

    async providers() {
      return new Map([...(await credentials.read())].map(([name, {provider}]) => [name, provider]));
    },

    async read() {
      const content = await read();
      return {accounts: list(content), preferences: content.config};
    },

    async save(account) {
      checkAccount(account);
      const {name, provider, secret, addedAt, ...rest} = account;
      await read(); // a damaged store is refused before anything is made
      await folder.change(async lock => {
        const {secrets, config} = await read();
        const entry = secret === undefined ? {provider, ...rest} : rest;
        const accounts = withAccount(config.accounts, name, entry);
        const changed = accounts.size > 0 || config.accounts.size > 0;
        if (changed) await preferences.write({...config, accounts}, lock);
        const left = new Map(secrets);
        if (secret === undefined || addedAt === undefined) {
          if (left.delete(name)) await credentials.write(left, lock);
          return;
        }
        try {
          await credentials.write(left.set(name, {provider, secret, addedAt}), lock);
        } catch (error) {
          // New settings must not stay with an old secret. If this fails too, the first failure is the one to report.
          if (changed) await preferences.write(config, lock).catch(() => undefined);
          throw error;
        }
      });
    },

    async rename(from, to) {
      await read();
      return folder.change(async lock => {
        const {secrets, config} = await read();
        const names = namesOf({secrets, config});
        if (!names.has(from) || names.has(to)) return false;
        const [credential, settings] = [secrets.get(from), config.accounts.get(from)];
        const both = new Map(config.accounts);
        both.delete(to); // settings that lost their account are not for this one
        if (settings) both.set(to, settings);
        const accounts = new Map(both);
        accounts.delete(from);
        const account = config.defaults.account?.map(name => (name === from ? to : name));
        const after = {...config, accounts, defaults: {...config.defaults, ...(account && {account})}};
        if (credential) {
          // Whoever stops this half-way leaves an account with all of its settings, under one of the names.
          if (settings) await preferences.write({...config, accounts: both}, lock);
          const left = new Map(secrets);
          left.delete(from);
          await credentials.write(left.set(to, credential), lock);
        }
        if (settings || account || config.accounts.has(to)) await preferences.write(after, lock);
        return true;
      });
    },

    async forget(name) {
      if (!(await read()).secrets.has(name)) return false;
      return folder.change(async lock => {
        const {secrets, config} = await read();
        const [left, entry] = [new Map(secrets), config.accounts.get(name)];
        const provider = secrets.get(name)?.provider;
        if (provider === undefined) return false;
        left.delete(name);
        if (entry?.keyCommand === undefined) {
          await removeAccount(name, {secrets, config}, lock);
          return true;
        }
        const accounts = withAccount(config.accounts, name, {...entry, provider});
        await preferences.write({...config, accounts}, lock);
        await credentials.write(left, lock);
        return true;
      });
    },

    async remove(name) {
      if (!namesOf(await read()).has(name)) return false;
      return folder.change(async lock => {
        const content = await read();
        if (!namesOf(content).has(name)) return false;
        await removeAccount(name, content, lock);
        return true;
      });
    },
  };
}

function withAccount(
  accounts: Preferences['accounts'],
  name: string,
  {settings, ...rest}: AccountPreferences,
): Map<string, AccountPreferences> {
  const changed = new Map(accounts);
  if (Object.keys(settings).length > 0 || Object.keys(rest).length > 0)
    changed.set(name, {...rest, settings: {...settings}});
  else changed.delete(name);
  return changed;
}
