/** A JSON Schema, draft 2020-12. */
export type JsonSchema = {readonly [keyword: string]: unknown};

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

export const TEXT: JsonSchema = {type: 'string'};
export const COUNT: JsonSchema = {type: 'integer', minimum: 0};
export const FLAG: JsonSchema = {type: 'boolean'};
/** RFC 3339, in UTC. */
export const INSTANT: JsonSchema = {type: 'string', format: 'date-time'};
/** A number whose text is the exact decimal: a reader that makes a double of it may round. */
export const DECIMAL: JsonSchema = {type: 'number'};

export const oneOf = (words: readonly string[]): JsonSchema => ({enum: words});
const exactly = (value: string): JsonSchema => ({const: value});
export const list = (items: JsonSchema): JsonSchema => ({type: 'array', items});
export const nullable = (schema: JsonSchema): JsonSchema =>
  typeof schema.type === 'string'
    ? {...schema, type: [schema.type, 'null']}
    : {anyOf: [schema, {type: 'null'}]};
export const described = (description: string, schema: JsonSchema): JsonSchema => ({...schema, description});

/** An object with these members, all of them always there but the optional ones. Others may be added by later versions. */
export const object = (
  members: {readonly [key: string]: JsonSchema},
  optional: {readonly [key: string]: JsonSchema} = {},
): JsonSchema => ({
  type: 'object',
  properties: {...members, ...optional},
  required: Object.keys(members),
});

/** An object with keys that nobody knows beforehand. */
export const dictionary = (values: JsonSchema): JsonSchema => ({
  type: 'object',
  additionalProperties: values,
});

/** A schema that stands for itself. */
export const document = (title: string, schema: JsonSchema): JsonSchema => ({
  $schema: DIALECT,
  title,
  ...schema,
});

/** The schema of a versioned document, which says in its member `schema` what it is: `usage/costs@1`. */
export const jsonDocument = (
  schema: string,
  title: string,
  members: {readonly [key: string]: JsonSchema},
  more: JsonSchema = {},
  optional: {readonly [key: string]: JsonSchema} = {},
): JsonSchema => document(title, {...object({schema: exactly(schema), ...members}, optional), ...more});
