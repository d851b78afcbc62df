import type {Command} from 'commander';
import type {ValueSource} from '../completion/value.ts';
import {guide} from '../guide.ts';
import {entries} from '../page.ts';
import type {Run} from './run.ts';

const KEYS = entries('Settings', [
  [
    'defaults.<flag>',
    'what a flag that is not given means: provider, account, group-by, period, compare, format, timeout, concurrency, billing-cycle-day',
  ],
  ['rates.<currency>', 'price of one unit in USD, for budgets'],
  ['accounts.<name>.key-command', 'a command that prints the key of an account'],
  ['accounts.<name>.base-url', 'where its API is'],
  ['accounts.<name>.<setting>', 'what else its provider wants to know'],
]);

const json = async () => (await import('../config/config-schema.ts')).CONFIG_SCHEMA;
const settings = () => import('../completion/settings.ts');
const keys: ValueSource = async typed => (await settings()).settingKeys(typed);

/** `usage config get|set|unset|list|path|edit|schema`. */
export function addConfig(program: Command, run: Run): void {
  const config = program
    .command('config')
    .summary('defaults of flags, settings of accounts, exchange rates')
    .description(
      'Settings: kept in config.json, which holds no secret. A flag goes before the environment, and that before a setting.',
    );
  guide(config, {
    examples: [
      'usage config',
      'usage config set defaults.period last-month',
      'usage config unset defaults.period',
    ],
    exitCodes: [0, 2, 3],
    meant: 'list',
    notes: [KEYS],
  });
  const get = config
    .command('get [key]')
    .summary('print one setting, or all')
    .description('Prints one setting, or all.')
    .option('--json', 'as JSON');
  guide(get, {
    examples: ['usage config get defaults.period', 'usage config get --json | jq .settings'],
    exitCodes: [0, 2, 3],
    json,
    values: {key: keys},
  });
  get.action(() => {
    const [key] = get.args;
    const flags = get.opts<{json?: boolean}>();
    run(async context => {
      const {getSetting, listSettings} = await import('../config/command.ts');
      return key === undefined ? listSettings(flags, context) : getSetting(key, flags, context);
    });
  });
  const set = config
    .command('set <key> <value...>')
    .summary('change a setting')
    .description('Changes a setting, once it is checked.')
    .option('--json', 'print the setting as JSON');
  guide(set, {
    examples: [
      'usage config set defaults.group-by project,model',
      'usage config set accounts.<provider>.key-command "pass show <entry>"',
      'usage config set rates.EUR 1.0853',
    ],
    exitCodes: [0, 2, 3],
    json,
    values: {key: keys, value: async typed => (await settings()).settingValues(typed)},
    topics: ['periods', 'group-by'],
  });
  set.action(() => {
    const [key = '', ...values] = set.args;
    const flags = set.opts<{json?: boolean}>();
    run(async context => (await import('../config/command.ts')).setSetting(key, values, flags, context));
  });
  const unset = config
    .command('unset <key>')
    .summary('forget a setting')
    .description('Forgets a setting: what is built in counts again.')
    .option('--json', 'print the setting as JSON');
  guide(unset, {
    examples: ['usage config unset defaults.group-by', 'usage config unset rates.EUR'],
    exitCodes: [0, 2, 3],
    json,
    values: {key: async typed => (await settings()).keysThatAreSet(typed)},
  });
  unset.action(() => {
    const [key = ''] = unset.args;
    const flags = unset.opts<{json?: boolean}>();
    run(async context => (await import('../config/command.ts')).unsetSetting(key, flags, context));
  });
  const list = config
    .command('list')
    .summary('print all settings, and what counts where nothing is set')
    .description('Prints all settings, and what counts where nothing is set.')
    .option('--json', 'as JSON');
  guide(list, {
    examples: ['usage config list', "usage config list --json | jq '.settings[] | select(.value)'"],
    exitCodes: [0, 2, 3],
    json,
  });
  list.action(() => {
    const flags = list.opts<{json?: boolean}>();
    run(async context => (await import('../config/command.ts')).listSettings(flags, context));
  });
  const path = config
    .command('path')
    .summary('print where config.json is')
    .description('Prints where config.json is.')
    .option('--json', 'as JSON');
  guide(path, {
    examples: ['usage config path', 'usage config path --json | jq -r .path'],
    exitCodes: [0, 2, 3],
    json: async () => (await import('../config/config-schema.ts')).CONFIG_PATH_SCHEMA,
  });
  path.action(() => {
    const flags = path.opts<{json?: boolean}>();
    run(async context => (await import('../config/command.ts')).printPath(flags, context));
  });
  const edit = config
    .command('edit')
    .summary('open config.json in VISUAL or EDITOR')
    .description(
      'Opens a copy of config.json in VISUAL or EDITOR and puts it in place if it is right. A text that is not stays where it is.',
    )
    .option('--resume <file>', 'go on with a text that was refused');
  guide(edit, {
    examples: ['usage config edit', 'EDITOR=nano usage config edit'],
    exitCodes: [0, 2, 3],
    topics: ['environment'],
  });
  edit.action(() => {
    const {resume} = edit.opts<{resume?: string}>();
    run(async context => (await import('../config/edit.ts')).editSettings(resume, context));
  });
  const schema = config
    .command('schema')
    .summary('print the JSON Schema of config.json')
    .description('Prints the JSON Schema of config.json.');
  guide(schema, {
    examples: ['usage config schema', 'usage config schema > config.schema.json'],
    exitCodes: [0, 2],
  });
  schema.action(() =>
    run(async context => (await import('../config/schema.ts')).printSettingsSchema(context)),
  );
}
