import {
  described,
  dictionary,
  INSTANT,
  jsonDocument,
  list,
  nullable,
  object,
  TEXT,
} from '../core/json-schema.ts';

/** What every listing says of an account. */
export const ACCOUNT_MEMBERS = {
  account: TEXT,
  provider: TEXT,
  source: described('an environment variable, store, key-command, demo, or config.json for a file', TEXT),
  added_at: described('when its key was stored', nullable(INSTANT)),
  base_url: described('null for a file, and where it is wrong', nullable(TEXT)),
  settings: dictionary(TEXT),
};

/** The JSON of `usage accounts list`. */
export const ACCOUNTS_SCHEMA = jsonDocument(
  'usage/accounts@1',
  'usage accounts list: what reports are made from',
  {generated_at: INSTANT, accounts: list(object(ACCOUNT_MEMBERS))},
);
