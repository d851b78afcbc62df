import {described, jsonDocument, list, nullable, object, TEXT} from '../../core/json-schema.ts';

const PATH = {path: described('where config.json is, or would be', TEXT)};
const VALUE = {type: ['string', 'integer', 'array', 'null'], items: TEXT};

/** The JSON of `usage config path`. */
export const CONFIG_PATH_SCHEMA = jsonDocument('usage/config-path@1', 'usage config path', PATH);

/** The JSON of `usage config get|set|unset|list`. */
export const CONFIG_SCHEMA = jsonDocument(
  'usage/config@1',
  'usage config: settings, those that were asked for or changed',
  {
    ...PATH,
    settings: list(
      object({
        key: TEXT,
        value: described('as config.json has it; null if it is not set', VALUE),
        built_in: described('what counts if it is not set, where that is always the same', nullable(TEXT)),
        description: TEXT,
      }),
    ),
  },
);
