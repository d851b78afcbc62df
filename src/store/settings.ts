import * as z from 'zod/mini';
import {nameSchema, type Settings, settingsSchema} from './account.ts';
import type {Format} from './document.ts';

/** What config.json holds. Writers change their own part and hand the others on. */
interface Preferences {
  /** Settings by account name; an account without any has no entry. */
  readonly accounts: ReadonlyMap<string, Settings>;
}

const file = z.strictObject({
  version: z.literal(1),
  accounts: z.record(nameSchema, z.strictObject({settings: settingsSchema})),
});

/** config.json: fit to be published with somebody's dotfiles. */
export const PREFERENCES: Format<Preferences> = {
  name: 'config.json',
  rule: '{"version": 1, "accounts": {<name>: {"settings": {<setting>: <text>}}}}',
  empty: {accounts: new Map()},
  schema: z.pipe(
    file,
    z.transform(
      ({accounts}): Preferences => ({
        accounts: new Map(Object.entries(accounts).map(([name, account]) => [name, account.settings])),
      }),
    ),
  ),
  encode: ({accounts}) => ({
    version: 1,
    accounts: Object.fromEntries([...accounts].map(([name, settings]) => [name, {settings}])),
  }),
};
