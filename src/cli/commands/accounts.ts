import type {Command} from 'commander';
import {gather} from '../choice.ts';
import type {ValueSource} from '../completion/value.ts';
import {guide} from '../guide.ts';
import type {Run} from './run.ts';

export interface AddFlags {
  readonly provider?: string;
  readonly keyCommand?: string;
  readonly organization?: string;
  readonly setting?: readonly string[];
  readonly baseUrl?: string;
  readonly verify?: boolean;
}

const accountNames: ValueSource = async typed =>
  (await import('../completion/known.ts')).storedAccounts(typed);

/** `usage accounts list|add|rename|remove`. */
export function addAccounts(program: Command, run: Run): void {
  const accounts = program
    .command('accounts')
    .summary('several accounts of one provider, by name')
    .description(
      'Accounts: what reports are made from. Every report asks all of them side by side; --account picks some.',
    );
  guide(accounts, {
    examples: ['usage accounts', 'pass show <entry> | usage accounts add extra --provider <provider>'],
    exitCodes: [0, 2, 3, 4, 5, 130],
    meant: 'list',
  });
  const list = accounts
    .command('list')
    .summary('which accounts there are, without asking anybody')
    .option('--json', 'as JSON');
  guide(list, {
    examples: ['usage accounts list', "usage accounts list --json | jq -r '.accounts[].account'"],
    exitCodes: [0, 2, 3],
    json: async () => (await import('../accounts-schema.ts')).ACCOUNTS_SCHEMA,
  });
  list.action(() => {
    const flags = list.opts<{json?: boolean}>();
    run(async context => (await import('../accounts-command.ts')).listKnown(flags, context));
  });
  const add = accounts
    .command('add <name>')
    .summary('add an account; its key is read hidden from the terminal, from stdin or from a command')
    .description('Adds an account; its key is read hidden from the terminal, from stdin or from a command.')
    .option('--provider <id>', 'whose account it is')
    .option('--key-command <command>', 'a command that prints the key, instead of a stored one')
    .option('--organization <id>', 'organization id, where a provider has them')
    .option('--setting <name=value>', 'another setting of the provider; repeatable', gather)
    .option('--base-url <url>', 'where its API is')
    .option('--no-verify', 'add it without asking the provider whether the key works');
  guide(add, {
    examples: [
      'pass show <entry> | usage accounts add lab --provider <provider>',
      'usage accounts add eu --provider <provider> --key-command "pass show <entry>"',
    ],
    exitCodes: [0, 2, 3, 4, 5, 130],
    values: {'--setting': async typed => (await import('../completion/known.ts')).settingNames(typed)},
    topics: ['environment'],
  });
  add.action(() => {
    const [name = ''] = add.args;
    const flags = add.opts<AddFlags>();
    run(async context => (await import('../accounts-command.ts')).add(name, flags, context));
  });
  const rename = accounts
    .command('rename <name> <new-name>')
    .summary('give an account another name')
    .description('Gives an account another name.');
  guide(rename, {
    examples: ['usage accounts rename lab research', 'usage accounts rename eu europe'],
    exitCodes: [0, 2, 3],
    values: {name: accountNames},
  });
  rename.action(() => {
    const [from = '', to = ''] = rename.args;
    run(async context => (await import('../accounts-command.ts')).rename(from, to, context));
  });
  const remove = accounts
    .command('remove <name>')
    .summary('forget an account: its key and its settings')
    .description('Forgets an account: its key and its settings.');
  guide(remove, {
    examples: ['usage accounts remove research', 'usage accounts remove europe'],
    exitCodes: [0, 2, 3],
    values: {name: accountNames},
  });
  remove.action(() => {
    const [name = ''] = remove.args;
    run(async context => (await import('../accounts-command.ts')).remove(name, context));
  });
}
