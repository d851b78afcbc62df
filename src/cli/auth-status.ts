import {InterruptedError, UsageError} from '../core/errors.ts';
import {addDays, formatInstant, startOfDay} from '../core/instant.ts';
import {drivers} from '../drivers/index.ts';
import {type Block, blockText} from '../render/blocks.ts';
import {sanitize} from '../render/sanitize.ts';
import {painter} from '../render/style.ts';
import {maskSecret} from '../store/mask.ts';
import {type Account, listAccounts, urlText} from './accounts.ts';
import {age} from './age.ts';
import {choose} from './choice.ts';
import {connect} from './connect.ts';
import type {Context} from './context.ts';
import {probe} from './probe.ts';
import {chooseColor} from './view-options.ts';

interface Status {
  readonly account: Account;
  /** As it may be shown; null if it takes a command that was not run. */
  readonly key: string | null;
  /** Null if nobody was asked. */
  readonly works: boolean | null;
  readonly identity: string | null;
  /** What the key may read: `costs`, `usage`. */
  readonly reads: readonly string[] | null;
  readonly error: UsageError | undefined;
}

/**
 * Where each key comes from and, unless offline, whose it is and what it may read. Gives 0 if all may be used, 4 if
 * one is missing or refused, 5 if one could not be proved.
 */
export async function status(
  only: string | undefined,
  flags: {readonly offline?: boolean; readonly json?: boolean},
  context: Context,
): Promise<number> {
  const all = await listAccounts(
    context,
    message => void context.stderr.write(`warning: ${sanitize(message)}\n`),
  );
  const accounts = all.filter(({file}) => !file); // files have no key
  const unset = missing(accounts);
  const known = [...accounts.map(({name}) => name), ...unset.map(({title}) => title)];
  if (only !== undefined) choose('account', only, known);
  const shown = unset.filter(({title}) => only === undefined || title === only);
  const asked = accounts.filter(({name}) => only === undefined || name === only);
  const statuses = await Promise.all(
    asked.map(account => (flags.offline ? offline(account) : online(account, context))),
  );
  if (flags.json) {
    const answer = {
      schema: 'usage/auth-status@1',
      generated_at: formatInstant(context.now()),
      accounts: statuses.map(toJson),
    };
    await context.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  } else {
    const {isTerminal, columns} = context.stdout;
    const blocks = [...statuses.map(found => toBlock(found, context)), ...shown];
    const paint = painter(chooseColor(context.env, context.stdout, undefined));
    await context.stdout.write(blockText(blocks, isTerminal ? columns : undefined, paint));
  }
  const isMissing = only !== undefined && shown.length > 0;
  return Math.max(isMissing ? 4 : 0, ...statuses.flatMap(({error}) => error?.exitCode ?? []));
}

async function offline(account: Account): Promise<Status> {
  const nothing = {account, works: null, identity: null, reads: null};
  if (account.fault) return {...nothing, key: null, error: account.fault};
  const key = account.origin === 'key-command' ? null : maskSecret(await account.secret());
  return {...nothing, key, error: undefined};
}

async function online(account: Account, context: Context): Promise<Status> {
  let key: string | null = null;
  const {connected, close} = await connect([account], context, {
    timeout: 30,
    concurrency: 4,
    onNotice: () => undefined,
  });
  try {
    key = maskSecret(await account.secret());
    const [only] = connected;
    if (!only) throw new Error('no account was connected');
    const identity = await account.driver.identify(only.session);
    const today = startOfDay(context.now());
    const readings = await probe(only, {start: addDays(today, -1), end: today}, context.now());
    const error = readings.find(reading => reading.error)?.error;
    const reads = readings.filter(reading => !reading.error).map(({what}) => what);
    return {account, key, works: error === undefined, identity, reads, error};
  } catch (error) {
    if (!(error instanceof UsageError) || error instanceof InterruptedError || context.signal.aborted)
      throw error;
    return {account, key, works: false, identity: null, reads: null, error};
  } finally {
    await close();
  }
}

const settingsOf = ({settings}: Account) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));

const toJson = ({account, key, works, identity, reads, error}: Status) => ({
  account: account.name,
  provider: account.driver.id,
  source: account.origin,
  key,
  works,
  identity,
  reads,
  error: error ? sanitize(error.message) : null,
  added_at: account.addedAt === undefined ? null : formatInstant(account.addedAt),
  base_url: account.fault ? null : urlText(account.baseUrl),
  settings: settingsOf(account),
});

function toBlock({account, key, works, identity, reads, error}: Status, context: Context): Block {
  const {name, driver, origin, addedAt, baseUrl} = account;
  const stored = addedAt === undefined ? `from ${origin}` : `stored ${age(addedAt, context.now())}`;
  const settings = Object.entries(settingsOf(account)).map(([setting, value]) => `${setting} ${value}`);
  const url = urlText(baseUrl);
  return {
    title: name === driver.id ? name : `${name} (${driver.id})`,
    items: [
      ...(identity !== null ? [{label: works ? 'ok' : 'key ok', text: identity}] : []),
      ...(error ? [{label: 'FAILED', text: error.message, tone: 'bold' as const}] : []),
      ...(error?.advice.hint ? [{label: '', text: error.advice.hint}] : []),
      {label: 'key', text: key === null ? stored : `${key}, ${stored}`},
      ...(reads && reads.length > 0 ? [{label: 'reads', text: reads.join(', ')}] : []),
      ...(settings.length > 0 ? [{label: 'settings', text: settings.join(', ')}] : []),
      ...(url === driver.baseUrl ? [] : [{label: 'base URL', text: url}]),
    ],
  };
}

/** Providers that have no account. */
const missing = (accounts: readonly Account[]): Block[] =>
  drivers
    .filter(({id}) => !accounts.some(({driver}) => driver.id === id))
    .map(({id, credential}) => ({
      title: id,
      items: [{label: 'not set up', text: `set ${credential.env} or run usage auth login ${id}`}],
    }));
