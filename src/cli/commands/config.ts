import type {Command} from 'commander';
import type {Run} from './run.ts';

const EXIT_CODES = `Exit codes: 0 done, 2 unknown setting or wrong value, 3 config.json cannot be
  read or written`;

const KEYS = `Settings:
    defaults.<flag>              what a flag that is not given means: provider,
                                 account, group-by, period, compare, format,
                                 timeout, concurrency, billing-cycle-day
    rates.<currency>             price of one unit in USD, for budgets
    accounts.<name>.key-command  a command that prints the key of an account
    accounts.<name>.base-url     where its API is
    accounts.<name>.<setting>    what else its provider wants to know`;

/** `usage config get|set|unset|list|path|edit|schema`. */
export function addConfig(program: Command, run: Run): void {
  const config = program
    .command('config')
    .summary('defaults of flags, settings of accounts, exchange rates')
    .description(
      'Settings: kept in config.json, which holds no secret. A flag goes before the environment, and that before a setting.',
    )
    .addHelpText('after', `\n${KEYS}`);
  const get = config.command('get [key]').summary('print one setting, or all').option('--json', 'as JSON');
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
    .option('--json', 'print the setting as JSON')
    .addHelpText(
      'after',
      `\nExamples:\n  usage config set defaults.group-by project,model\n  usage config set accounts.work.key-command "pass show work/key"\n  usage config set rates.EUR 1.0853\n\n${EXIT_CODES}`,
    );
  set.action(() => {
    const [key = '', ...values] = set.args;
    const flags = set.opts<{json?: boolean}>();
    run(async context => (await import('../config/command.ts')).setSetting(key, values, flags, context));
  });
  const unset = config
    .command('unset <key>')
    .summary('forget a setting')
    .option('--json', 'print the setting as JSON');
  unset.action(() => {
    const [key = ''] = unset.args;
    const flags = unset.opts<{json?: boolean}>();
    run(async context => (await import('../config/command.ts')).unsetSetting(key, flags, context));
  });
  const list = config
    .command('list')
    .summary('print all settings, and what counts where nothing is set')
    .option('--json', 'as JSON');
  list.action(() => {
    const flags = list.opts<{json?: boolean}>();
    run(async context => (await import('../config/command.ts')).listSettings(flags, context));
  });
  const path = config.command('path').summary('print where config.json is').option('--json', 'as JSON');
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
  edit.action(() => {
    const {resume} = edit.opts<{resume?: string}>();
    run(async context => (await import('../config/edit.ts')).editSettings(resume, context));
  });
  config
    .command('schema')
    .summary('print the JSON Schema of config.json')
    .action(() => run(async context => (await import('../config/schema.ts')).printSettingsSchema(context)));
}
