import {described, type JsonSchema, jsonDocument, list, object, TEXT} from '../../core/json-schema.ts';

/** Text, a list of texts, a number, or null where nothing is set. */
const VALUE: JsonSchema = {
  anyOf: [{type: 'string'}, {type: 'number'}, {type: 'array', items: TEXT}, {type: 'null'}],
};

/** The JSON of `usage config get|set|unset|list|path`. */
export const CONFIG_SCHEMA = jsonDocument(
  'usage/config@1',
  'usage config: settings, and what counts where none is set',
  {path: TEXT},
  {},
  {
    settings: list(
      object({
        key: TEXT,
        value: VALUE,
        built_in: described('what counts without it', VALUE),
        description: TEXT,
      }),
    ),
  },
);
