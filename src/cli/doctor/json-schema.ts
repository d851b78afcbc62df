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
import {CHECKS, STATES} from './finding.ts';

const WHOLE = {type: 'integer'};

const FINDINGS = list(
  object({
    check: described('what was looked at', oneOf(CHECKS)),
    state: described(
      'an error must be mended, a warning should be, a note is only good to know',
      oneOf(STATES),
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
    version: described('of usage', TEXT),
    exit_code: COUNT,
    findings: described('about this machine', FINDINGS),
    accounts: list(
      object({
        account: TEXT,
        provider: TEXT,
        source: described('where the key comes from', TEXT),
        key: described('masked; null if there is none', nullable(TEXT)),
        identity: described('whose key it is, as the provider says', nullable(TEXT)),
        base_url: described('where its API is', TEXT),
        proxy: described('without its password; null if there is none', nullable(TEXT)),
        newest_day: described(
          'the last UTC day with a figure that is not 0; null if none was found',
          nullable({type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$'}),
        ),
        clock_skew_seconds: described(
          'how far this machine is ahead of the provider; null if it does not say the time',
          nullable(WHOLE),
        ),
        findings: FINDINGS,
        requests: list(
          object({
            path: described('with its query', TEXT),
            status: described('null if no answer came', nullable(WHOLE)),
            milliseconds: COUNT,
          }),
        ),
      }),
    ),
  },
);
