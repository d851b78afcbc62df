import {described, FLAG, INSTANT, jsonDocument, list, nullable, object, TEXT} from '../core/json-schema.ts';

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
        key: described('masked', TEXT),
        works: described('null with --offline', nullable(FLAG)),
        identity: nullable(TEXT),
        error: nullable(TEXT),
      }),
    ),
  },
);
