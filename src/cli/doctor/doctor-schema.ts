import {
  COUNT,
  described,
  INSTANT,
  jsonDocument,
  list,
  nullable,
  object,
  oneOf,
  TEXT,
} from '../../core/json-schema.ts';

const FINDINGS = list(
  object({
    check: oneOf(['store', 'account', 'key', 'reach', 'role', 'figures', 'clock']),
    state: described(
      'an error must be mended, a warning should be',
      oneOf(['ok', 'note', 'warning', 'error']),
    ),
    message: TEXT,
    fix: described('what to do about it', nullable(TEXT)),
  }),
);

/** The JSON of `usage doctor`. */
export const DOCTOR_SCHEMA = jsonDocument(
  'usage/doctor@1',
  'usage doctor: what is wrong, and how to mend it',
  {
    generated_at: INSTANT,
    version: TEXT,
    exit_code: oneOf([0, 3, 4, 5]),
    findings: described('about this machine', FINDINGS),
    accounts: list(
      object({
        account: TEXT,
        provider: TEXT,
        source: TEXT,
        key: described('masked', nullable(TEXT)),
        identity: nullable(TEXT),
        base_url: described('null for a file', nullable(TEXT)),
        proxy: described('what its requests go through', nullable(TEXT)),
        newest_day: described('the last day with figures, of the last seven', nullable(TEXT)),
        clock_skew_seconds: described('above 0 if this machine is ahead', nullable({type: 'integer'})),
        findings: FINDINGS,
        requests: list(
          object({
            path: described('with its query', TEXT),
            status: described('null if no answer came', nullable(COUNT)),
            milliseconds: COUNT,
          }),
        ),
      }),
    ),
  },
);
