import {
  described,
  type JsonSchema,
  jsonDocument,
  list,
  nullable,
  object,
  TEXT,
} from '../../core/json-schema.ts';

const PATH = described('where config.json is, whether it is there or not', TEXT);
const VALUE: JsonSchema = {
  anyOf: [TEXT, {type: 'number'}, list(TEXT), {type: 'null'}],
  description: 'null if it is not set',
};

/** The JSON of `usage config get|set|unset|list`. */
export const CONFIG_SCHEMA = jsonDocument('usage/config@1', 'usage config: settings', {
  path: PATH,
  settings: list(
    object({
      key: TEXT,
      value: VALUE,
      built_in: described('what counts if it is not set, where that is the same everywhere', nullable(TEXT)),
      description: TEXT,
    }),
  ),
});

/** The JSON of `usage config path`. */
export const CONFIG_PATH_SCHEMA = jsonDocument(
  'usage/config-path@1',
  'usage config path: where settings are',
  {
    path: PATH,
  },
);
