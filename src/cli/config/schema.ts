import {DIMENSION_NAMES, flagOf} from '../../core/dimension.ts';
import {drivers} from '../../drivers/index.ts';
import {FORMATS} from '../../render/renderer.ts';
import {settingsJsonSchema} from '../../store/settings-schema.ts';
import {FOCUS} from '../accounts.ts';
import type {Context} from '../context.ts';
import {DEFAULT_KEYS} from './default-keys.ts';

/** A part of a JSON Schema, as far as it is looked at here. */
export interface SchemaNode {
  readonly description?: string;
  readonly properties?: {readonly [name: string]: SchemaNode};
  readonly additionalProperties?: SchemaNode | false;
  readonly items?: SchemaNode;
  readonly [keyword: string]: unknown;
}

const ids = [...drivers.map(({id}) => id as string), FOCUS];
/** A FOCUS file has two of its own. */
const settings = [
  ...new Set([...drivers.flatMap(driver => driver.settings.map(({name}) => name)), 'source', 'cost']),
];

/** Values that are not the store's business, by the name of the default. */
const VALUES: {readonly [name: string]: SchemaNode} = {
  provider: {items: {enum: ids}},
  groupBy: {items: {enum: [...DIMENSION_NAMES.map(flagOf), 'none']}},
  format: {enum: FORMATS},
};

const ACCOUNT: {readonly [name: string]: string} = {
  provider: 'whose account it is, if no key is stored for it',
  settings: 'what the provider wants to know beside the key',
  baseUrl: 'where its API is: https:, or http: on loopback',
  keyCommand: 'a command that prints the key; behind "!" a line for the shell',
};

/** The JSON Schema of config.json: its form as the store has it, and the values that can be listed. */
export function settingsSchema(): SchemaNode {
  const root: SchemaNode = {...settingsJsonSchema()};
  const {defaults = {}, accounts = {}, rates = {}, ...others} = root.properties ?? {};
  const entry = accounts.additionalProperties || {};
  return {
    ...root,
    title: 'Settings of usage (config.json)',
    properties: {
      ...others,
      $schema: {...others.$schema, description: 'where this schema is, for editors'},
      accounts: {
        ...accounts,
        description: 'settings of accounts, by name; keys are in a file of their own',
        additionalProperties: {...entry, properties: describeAccount(entry.properties ?? {})},
      },
      defaults: {
        ...defaults,
        description: 'what flags that are not given stand for',
        properties: Object.fromEntries(
          Object.entries(defaults.properties ?? {}).map(([name, node]) => [
            name,
            describeDefault(name, node),
          ]),
        ),
      },
      rates: {...rates, description: 'price of one unit of a currency in USD, as decimal text'},
    },
  };
}

function describeDefault(name: string, node: SchemaNode): SchemaNode {
  const description = DEFAULT_KEYS.find(({member}) => member === name)?.description;
  const {items, ...own} = VALUES[name] ?? {};
  return {
    ...(description !== undefined && {description}),
    ...node,
    ...own,
    ...(items && {items: {...node.items, ...items}}),
  };
}

const describeAccount = (properties: {readonly [name: string]: SchemaNode}) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, node]) => [
      name,
      {
        ...(ACCOUNT[name] !== undefined && {description: ACCOUNT[name]}),
        ...node,
        ...(name === 'provider' && {enum: ids}),
        ...(name === 'settings' && {propertyNames: {enum: settings}}),
      },
    ]),
  );

/** Prints it. */
export async function printSettingsSchema({stdout}: Context): Promise<number> {
  await stdout.write(`${JSON.stringify(settingsSchema(), null, 2)}\n`);
  return 0;
}
