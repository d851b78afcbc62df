import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {checkAccount, type StoredAccount} from './account.ts';
import {CREDENTIALS} from './credentials.ts';
import {openDocument} from './document.ts';
import {storeFault} from './fault.ts';
import {type Clock, type Lock, withLock} from './lock.ts';
import {loadConf} from './replace-file.ts';
import {PREFERENCES} from './settings.ts';

/** The accounts that are kept on this machine. Every method throws StoreError if a file is unsound; none repairs one. */
export interface CredentialStore {
  /** Where the secrets are. */
  readonly path: string;
  /** Where the settings are. */
  readonly settingsPath: string;
  /** All accounts, by name in code-unit order. Nothing is created by looking. */
  list(): Promise<readonly StoredAccount[]>;
  /** Adds an account, or replaces the one of that name. Throws InputError if it could not be read back. */
  save(account: StoredAccount): Promise<void>;
  /** Whether there was one of that name. */
  remove(name: string): Promise<boolean>;
}

export interface StoreOptions {
  /** As `storeDirectory` says; made when something is saved. */
  readonly directory: string;
  /** As Node spells it; the modes of files are looked at everywhere but on `win32`. */
  readonly platform: string;
  readonly clock: Clock;
  /** Is told once of everything a person should mend, such as a file that others may read. */
  warn(message: string): void;
}

/** Opens the store; touches the disk only when asked for something. */
export function openStore({directory, platform, clock, warn}: StoreOptions): CredentialStore {
  const warnOnce = once(warn);
  const credentials = openDocument(directory, CREDENTIALS, {platform, warn: warnOnce});
  const preferences = openDocument(directory, PREFERENCES, {platform, warn: warnOnce});

  const read = async () => ({secrets: await credentials.read(), config: await preferences.read()});

  async function change<T>(work: (lock: Lock) => Promise<T>): Promise<T> {
    await Promise.all([makeDirectory(directory), loadConf()]); // both before the lock, to hold it briefly
    return withLock(join(directory, 'store.lock'), clock, warn, work);
  }

  return {
    path: credentials.path,
    settingsPath: preferences.path,

    async list() {
      const {secrets, config} = await read();
      return [...secrets]
        .map(([name, secret]) => ({name, ...secret, settings: config.accounts.get(name) ?? {}}))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    async save(account) {
      checkAccount(account);
      const {name, provider, secret, addedAt, settings} = account;
      await read(); // a damaged store is refused before anything is made
      await change(async lock => {
        const {secrets, config} = await read();
        const accounts = new Map(config.accounts);
        if (Object.keys(settings).length > 0) accounts.set(name, {...settings});
        else accounts.delete(name);
        const changed = accounts.size > 0 || config.accounts.size > 0;
        if (changed) await preferences.write({...config, accounts}, lock);
        try {
          await credentials.write(new Map(secrets).set(name, {provider, secret, addedAt}), lock);
        } catch (error) {
          // New settings must not stay with an old secret. If this fails too, the first failure is the one to report.
          if (changed) await preferences.write(config, lock).catch(() => undefined);
          throw error;
        }
      });
    },

    async remove(name) {
      if (!(await read()).secrets.has(name)) return false;
      return change(async lock => {
        const {secrets, config} = await read();
        const [left, accounts] = [new Map(secrets), new Map(config.accounts)];
        // The secret goes first: settings that lost their account are harmless.
        const found = left.delete(name);
        if (found) await credentials.write(left, lock);
        if (accounts.delete(name)) await preferences.write({...config, accounts}, lock);
        return found;
      });
    },
  };
}

/** Parents that are missing are made private too; a folder that exists keeps its mode. */
async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, {recursive: true, mode: 0o700});
  } catch (error) {
    throw storeFault(error, directory, 'written');
  }
}

function once(warn: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return message => {
    if (said.has(message)) return;
    said.add(message);
    warn(message);
  };
}
