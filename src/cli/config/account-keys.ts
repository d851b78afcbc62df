import {InputError} from '../../core/errors.ts';
import type {Driver} from '../../drivers/driver.ts';
import {parseBaseUrl} from '../../http/base-url.ts';
import {settingObjection} from '../../store/account.ts';
import {holdsSecret} from '../../store/mask.ts';
import type {AccountPreferences, Preferences} from '../../store/settings.ts';
import {parseKeyCommand} from '../key-command.ts';
import type {Key} from './key.ts';

const NOTHING: AccountPreferences = {settings: {}};

/** What can be set for an account of this provider. */
export function accountKeys(account: string, driver: Driver): Key[] {
  // The environment speaks of the account that is named like its provider.
  const before = (variable: string) => (account === driver.id ? {variable} : {});
  const at = (name: string) => `accounts.${account}.${name}`;
  const entry = ({accounts}: Preferences) => accounts.get(account) ?? NOTHING;
  return [
    {
      name: at('key-command'),
      description: `prints the ${driver.credential.label}; run without a shell, or by one behind "!"`,
      ...before(driver.credential.env),
      read: preferences => entry(preferences).keyCommand,
      set(preferences, text) {
        const keyCommand = checkText(text, at('key-command'));
        parseKeyCommand(keyCommand);
        if (holdsSecret(keyCommand)) throw secretGiven(at('key-command'), driver);
        return withEntry(preferences, account, {...entry(preferences), provider: driver.id, keyCommand});
      },
      unset(preferences) {
        const {keyCommand: _, provider: __, ...rest} = entry(preferences);
        return withEntry(preferences, account, rest);
      },
    },
    {
      name: at('base-url'),
      description: 'where its API is',
      builtIn: driver.baseUrl,
      ...before(driver.baseUrlEnv),
      read: preferences => entry(preferences).baseUrl,
      set(preferences, text) {
        parseBaseUrl(checkText(text, at('base-url')), at('base-url'));
        return withEntry(preferences, account, {...entry(preferences), baseUrl: text});
      },
      unset(preferences) {
        const {baseUrl: _, ...rest} = entry(preferences);
        return withEntry(preferences, account, rest);
      },
    },
    ...driver.settings.map(
      (setting): Key => ({
        name: at(setting.name),
        description: setting.description,
        ...before(setting.env),
        read: preferences => entry(preferences).settings[setting.name],
        set(preferences, text) {
          const value = checkText(text, at(setting.name));
          if (holdsSecret(value)) throw secretGiven(at(setting.name), driver);
          const settings = {...entry(preferences).settings, [setting.name]: value};
          return withEntry(preferences, account, {...entry(preferences), settings});
        },
        unset(preferences) {
          const {[setting.name]: _, ...settings} = entry(preferences).settings;
          return withEntry(preferences, account, {...entry(preferences), settings});
        },
      }),
    ),
  ];
}

function checkText(text: string, key: string): string {
  const objection = settingObjection(text);
  if (objection) throw new InputError(`${key} cannot be that`, {rule: objection});
  return text;
}

/** It is not repeated. */
const secretGiven = (key: string, driver: Driver): InputError =>
  new InputError(`what was given for ${key} looks like a key, and keys are no settings`, {
    rule: 'config.json holds no secret',
    hint: `store it with: usage auth login ${driver.id}; and take it out of the history of your shell`,
  });

const withEntry = (preferences: Preferences, account: string, entry: AccountPreferences): Preferences => ({
  ...preferences,
  accounts: new Map(preferences.accounts).set(account, entry),
});
