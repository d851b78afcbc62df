import * as z from 'zod/mini';
import {formatInstant} from '../core/instant.ts';
import {instantSchema, nameSchema, type StoredAccount, secretSchema} from './account.ts';
import type {Format} from './document.ts';

/** The secret half of an account. */
type Credential = Required<Pick<StoredAccount, 'provider' | 'secret' | 'addedAt'>>;

/** By account name. A Map, so that an account may be called `constructor`. */
type Credentials = ReadonlyMap<string, Credential>;

const file = z.strictObject({
  version: z.literal(1),
  accounts: z.record(
    nameSchema,
    z.strictObject({provider: nameSchema, secret: secretSchema, addedAt: instantSchema}),
  ),
});

/** credentials.json: secrets and nothing that a person would publish. */
export const CREDENTIALS: Format<Credentials> = {
  name: 'credentials.json',
  rule: '{"version": 1, "accounts": {<name>: {"provider": …, "secret": …, "addedAt": <RFC 3339>}}}',
  empty: new Map(),
  schema: z.pipe(
    file,
    z.transform(({accounts}): Credentials => new Map(Object.entries(accounts))),
  ),
  encode: credentials => ({
    version: 1,
    accounts: Object.fromEntries(
      [...credentials].map(([name, {provider, secret, addedAt}]) => [
        name,
        {provider, secret, addedAt: formatInstant(addedAt)},
      ]),
    ),
  }),
};
