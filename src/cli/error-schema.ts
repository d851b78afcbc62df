import {described, document, type JsonSchema, list, nullable, object, TEXT} from '../core/json-schema.ts';

const MEMBERS = {
  code: described('stable, for scripts', TEXT),
  message: TEXT,
  provider: nullable(TEXT),
  hint: described('the rule, the nearest value, what to do next', nullable(TEXT)),
};

/** What stands on stderr, in one line, when a command that was asked for JSON fails. */
export const ERROR_SCHEMA: JsonSchema = document(
  'what a command that was asked for JSON says on stderr when it fails',
  object({error: object(MEMBERS, {errors: described('all, if there are several', list(object(MEMBERS)))})}),
);
