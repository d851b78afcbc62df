import {
  described,
  dictionary,
  FLAG,
  INSTANT,
  jsonDocument,
  list,
  nullable,
  object,
  TEXT,
} from '../core/json-schema.ts';

/** The JSON of `usage auth status`. */
export const AUTH_STATUS_SCHEMA = jsonDocument(
  'usage/auth-status@1',
  'usage auth status: where each key comes from',
  {
    generated_at: INSTANT,
    accounts: list(
      object({
        account: TEXT,
        provider: TEXT,
        source: described('an environment variable, or store', TEXT),
        key: described('masked; null if it takes a command that was not run', nullable(TEXT)),
        works: described('null with --offline', nullable(FLAG)),
        identity: nullable(TEXT),
        reads: described('what the key may read; null if nobody was asked', nullable(list(TEXT))),
        error: nullable(TEXT),
        added_at: described('when the key was stored; null if it is not', nullable(INSTANT)),
        base_url: described('where its API is', TEXT),
        settings: described('what the provider wants to know beside the key', dictionary(TEXT)),
      }),
    ),
  },
);
