import {described, FLAG, INSTANT, jsonDocument, list, nullable, object, TEXT} from '../core/json-schema.ts';
import {ACCOUNT_MEMBERS} from './accounts-schema.ts';

/** The JSON of `usage auth status`. */
export const AUTH_STATUS_SCHEMA = jsonDocument(
  'usage/auth-status@1',
  'usage auth status: where each key comes from, and what it may read',
  {
    generated_at: INSTANT,
    accounts: list(
      object({
        ...ACCOUNT_MEMBERS,
        key: described(
          'masked; null if there is none, or the command that prints it was not run',
          nullable(TEXT),
        ),
        works: described('null with --offline', nullable(FLAG)),
        identity: described('whose key it is', nullable(TEXT)),
        reads: described(
          'costs, usage, or "costs and usage"; null if nobody was asked',
          nullable(list(TEXT)),
        ),
        error: nullable(TEXT),
      }),
    ),
  },
);
