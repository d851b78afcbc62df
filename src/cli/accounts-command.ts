import {InputError} from '../core/errors.ts';
import {formatInstant} from '../core/instant.ts';
import {drivers} from '../drivers/index.ts';
import {alignedText} from '../render/aligned.ts';
import {messageLines} from '../render/message.ts';
import {painter} from '../render/style.ts';
import {budgetsOf, carryBudgets, orphanedBudgets} from './account-budgets.ts';
import {type Account, listAccounts, loadStore, urlText} from './accounts.ts';
import {addAccount, checkName, checkSettings} from './add-account.ts';
import {age} from './age.ts';
import {chooseDriver} from './auth.ts';
import {keptBudgets, openKept} from './budget/kept.ts';
import type {AddFlags} from './commands/accounts.ts';
import type {Context} from './context.ts';
import {parseKeyCommand} from './key-command.ts';
import {renameKept} from './remember-names.ts';
import {chooseColor} from './view-options.ts';

/** Lists the accounts that reports are made from, without asking anybody. */
export async function listKnown({json}: {readonly json?: boolean}, context: Context): Promise<number> {
  const accounts = await listAccounts(context, message => void say(`warning: ${message}`, context));
  if (json) {
    const answer = {
      schema: 'usage/accounts@1',
      generated_at: formatInstant(context.now()),
      accounts: accounts.map(toJson),
    };
    await context.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return 0;
  }
  const {isTerminal, columns} = context.stdout;
  const paint = painter(chooseColor(context.env, context.stdout, undefined));
  const rows = accounts.map(account => toRow(account, context));
  const width = isTerminal ? columns : undefined;
  await context.stdout.write(
    alignedText(rows, {head: ['Account', 'Provider', 'Key', 'Settings'], width, paint}),
  );
  if (accounts.length === 0)
    await say('no account is set up yet; add one: usage accounts add <name> --provider <provider>', context);
  return 0;
}

/** Adds an account under a name of its own. Nothing is stored if its key proves wrong. */
export async function add(name: string, flags: AddFlags, context: Context): Promise<number> {
  const own = drivers.find(({id}) => id === name)?.id;
  const driver = await chooseDriver(flags.provider ?? own, context, `usage accounts add ${name} --provider`);
  if (flags.keyCommand !== undefined) parseKeyCommand(flags.keyCommand);
  await addAccount(
    {
      driver,
      name,
      settings: checkSettings(driver, settingsOf(flags)),
      baseUrl: flags.baseUrl,
      keyCommand: flags.keyCommand,
      verify: flags.verify !== false,
      replace: false,
    },
    context,
  );
  return 0;
}

/** Gives an account another name. Its settings, its budgets and the defaults that name it go along. */
export async function rename(from: string, to: string, context: Context): Promise<number> {
  const warn = (message: string) => void say(`warning: ${message}`, context);
  const store = await loadStore(context, warn);
  const providers = await store.names();
  const names = [...providers.keys()];
  const provider = providers.get(from);
  if (provider === undefined) throw notStored(from, names, context);
  checkName(to, {id: provider});
  if (names.includes(to))
    throw new InputError(`there is an account "${to}" already`, {hint: `see: usage accounts list`});
  const kept = await keptBudgets(context, warn);
  carryBudgets(kept, from, to); // what would be refused is refused before anything is changed
  const count = budgetsOf(from, kept).length;
  if (!(await store.rename(from, to)))
    throw new InputError(`"${from}" or "${to}" was changed by another usage meanwhile`, {
      hint: 'see: usage accounts list',
    });
  if (count > 0) await (await openKept(context, warn)).change(budgets => carryBudgets(budgets, from, to));
  await renameKept(from, to, context);
  await say(`account "${from}" is "${to}" now`, context);
  if (count > 0)
    await say(
      `${count === 1 ? '1 budget goes' : `${count} budgets go`} along; who was told of them may be told once more`,
      context,
    );
  return 0;
}

/** Forgets an account: its key, its settings, and the defaults that name it. */
export async function remove(name: string, context: Context): Promise<number> {
  const warn = (message: string) => void say(`warning: ${message}`, context);
  const store = await loadStore(context, warn);
  if (!(await store.remove(name))) throw notStored(name, [...(await store.names()).keys()], context);
  await say(`removed account "${name}" with its key and its settings`, context);
  const variable = drivers.find(({id}) => id === name)?.credential.env;
  if (variable !== undefined && context.env[variable]) await say(`${variable} still holds a key`, context);
  for (const line of await orphanedBudgets(name, context)) await say(line, context);
  return 0;
}

function notStored(name: string, names: readonly string[], {env}: Context): InputError {
  const variable = drivers.find(({id}) => id === name)?.credential.env;
  const given = variable !== undefined && env[variable];
  return new InputError(`no account "${name}" is stored`, {
    rule: names.length > 0 ? names.join(', ') : 'nothing is stored',
    nearest: [name, names],
    ...(given ? {hint: `this one is made by ${variable}: unset that`} : {}),
  });
}

/** `--setting name=value`, and `--organization`, which is one of them. */
function settingsOf({organization, setting = []}: AddFlags): {readonly [name: string]: string} {
  const given = setting.map(text => {
    const [, name, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new InputError(`--setting "${text}" is no setting`, {rule: '<name>=<value>'});
    return [name, value] as const;
  });
  return Object.fromEntries([
    ...(organization === undefined ? [] : [['organization', organization]]),
    ...given,
  ]);
}

const say = (text: string, {stderr}: Context): Promise<void> =>
  stderr.write(messageLines([text], stderr.columns));

const given = ({settings, file}: Account) =>
  file ? {...file} : Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));

const toJson = (account: Account) => ({
  account: account.name,
  provider: account.driver.id,
  source: account.origin,
  added_at: account.addedAt === undefined ? null : formatInstant(account.addedAt),
  base_url: account.file || account.fault ? null : urlText(account.baseUrl),
  settings: given(account),
});

function toRow(account: Account, context: Context): string[] {
  const {name, driver, origin, addedAt, baseUrl} = account;
  if (account.file) return [name, driver.id, 'a file', account.file.source];
  const url = urlText(baseUrl);
  const settings = [
    ...Object.entries(given(account)).map(([setting, value]) => `${setting} ${value}`),
    ...(account.fault ? [account.fault.message] : url === driver.baseUrl ? [] : [`base URL ${url}`]),
  ];
  const key = addedAt === undefined ? origin : `stored ${age(addedAt, context.now())}`;
  return [name, driver.id, key, settings.join(', ')];
}
