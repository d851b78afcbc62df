import {
  described,
  INSTANT,
  type JsonSchema,
  jsonDocument,
  list,
  nullable,
  object,
  TEXT,
} from '../../core/json-schema.ts';

const NUMBER: JsonSchema = {type: 'number'};
const INTEGER: JsonSchema = {type: 'integer'};
const FINDINGS = list(
  object({check: TEXT, state: TEXT, message: TEXT, fix: described('what to do about it', nullable(TEXT))}),
);

/** The JSON of `usage doctor`. */
export const DOCTOR_SCHEMA = jsonDocument(
  'usage/doctor@1',
  'usage doctor: what is wrong, and how to mend it',
  {
    generated_at: INSTANT,
    version: TEXT,
    exit_code: INTEGER,
    findings: described('about this machine', FINDINGS),
    accounts: list(
      object({
        account: TEXT,
        provider: TEXT,
        source: TEXT,
        key: described('masked', nullable(TEXT)),
        identity: nullable(TEXT),
        base_url: TEXT,
        proxy: nullable(TEXT),
        newest_day: described('YYYY-MM-DD', nullable(TEXT)),
        clock_skew_seconds: described('how far this machine is ahead', nullable(INTEGER)),
        findings: FINDINGS,
        requests: list(object({path: TEXT, status: nullable(INTEGER), milliseconds: NUMBER})),
      }),
    ),
  },
);
