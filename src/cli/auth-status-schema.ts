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

const ORIGIN = described('an environment variable, store, command or demo', TEXT);
const ADDED = described('when it was stored', nullable(INSTANT));

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
        source: ORIGIN,
        key: described('masked', nullable(TEXT)),
        works: described('null with --offline', nullable(FLAG)),
        identity: nullable(TEXT),
        reads: described('what the key may read; null if nobody was asked', nullable(list(TEXT))),
        error: nullable(TEXT),
        added_at: ADDED,
        base_url: TEXT,
        settings: dictionary(TEXT),
      }),
    ),
  },
);

/** The JSON of `usage accounts list`. */
export const ACCOUNTS_SCHEMA = jsonDocument(
  'usage/accounts@1',
  'usage accounts list: what reports are made from',
  {
    generated_at: INSTANT,
    accounts: list(
      object({
        account: TEXT,
        provider: TEXT,
        source: ORIGIN,
        added_at: ADDED,
        base_url: TEXT,
        settings: dictionary(TEXT),
      }),
    ),
  },
);
