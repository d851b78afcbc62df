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

/** The JSON of `usage accounts list`. */
export const ACCOUNTS_SCHEMA = jsonDocument(
  'usage/accounts@1',
  'usage accounts: what reports are made from',
  {
    generated_at: INSTANT,
    accounts: list(
      object({
        account: TEXT,
        provider: TEXT,
        source: described('where the key comes from: an environment variable, a command, or store', TEXT),
        added_at: described('when the key was stored; null if it is not', nullable(INSTANT)),
        base_url: described('where its API is', TEXT),
        settings: described('what the provider wants to know beside the key', dictionary(TEXT)),
      }),
    ),
  },
);
