import {existsSync, realpathSync} from 'node:fs';
import {basename, resolve} from 'node:path';
import {InputError, UsageError} from '../core/errors.ts';
import {openSource} from '../focus/open.ts';
import {COSTS, type CostKind} from '../focus/roles.ts';
import {focusDriver, type Opened} from '../focus/source.ts';
import type {Settings} from '../store/account.ts';
import type {Account, FileSource} from './accounts.ts';
import {choose} from './choice.ts';
import type {FileOptions} from './connect.ts';
import {type FetchContext, type Fetched, fetchSource, isAddress, subjectOf} from './focus-fetch.ts';
import type {ReportFlags} from './options.ts';

/**
 * Files that `--source` names, as accounts, and the flags without them: the word also filters by a label of that name.
 * Throws InputError.
 */
export function parseSources(flags: ReportFlags): {
  readonly sources: readonly Account[] | undefined;
  readonly flags: ReportFlags;
} {
  const cost = chooseCost(flags.cost);
  const given = Array.isArray(flags.source) ? flags.source.map(String) : [];
  const files = given.filter(isFile);
  if (files.length === 0) return {sources: undefined, flags};
  const {source: _, ...rest} = flags;
  const others = given.filter(value => !isFile(value));
  if (flags.demo)
    throw new InputError('--demo and --source <file> exclude each other', {rule: 'give one of them'});
  return {
    sources: accountsOf(files, cost),
    flags: others.length > 0 ? {...rest, source: others} : rest,
  };
}

const isFile = (value: string): boolean =>
  value === '-' ||
  isAddress(value) ||
  /[/\\]|\.(?:csv|tsv|json|jsonl|ndjson|parquet|gz)$/i.test(value) ||
  existsSync(value);

const COST_KINDS = Object.keys(COSTS) as CostKind[];

/** `--cost`, which of a file's costs is meant. */
export const chooseCost = (given: string | undefined): CostKind | undefined =>
  given === undefined ? undefined : choose('--cost', given, COST_KINDS);

/** Files of the command line as accounts, named by what they are called. */
function accountsOf(files: readonly string[], cost: CostKind | undefined): Account[] {
  if (files.filter(file => file === '-').length > 1)
    throw new InputError('stdin is one source', {rule: '--source - once'});
  const places = files.map(placeOf);
  const twice = files.find((_, index) => places.indexOf(places[index] ?? '') !== index);
  if (twice !== undefined)
    throw new InputError(`--source ${subjectOf(twice)} is there twice`, {
      rule: 'each file once, or its costs would count twice',
    });
  const names = files.map(nameOf);
  return files.map((source, index) => {
    const name = names[index] ?? source;
    const before = names.slice(0, index).filter(other => other === name).length;
    return fileAccount(before === 0 ? name : `${name}-${before + 1}`, {source, ...(cost && {cost})}, 'file');
  });
}

/** The same for all spellings of a path. */
function placeOf(source: string): string {
  if (isAddress(source)) return URL.canParse(source) ? new URL(source).href : source;
  try {
    return realpathSync(source);
  } catch {
    return resolve(source);
  }
}

const nameOf = (source: string): string => {
  if (source === '-') return 'stdin';
  return isAddress(source) ? new URL(source).host : basename(source);
};

/** An account that is a file. Its driver is a stand-in until `openFiles` has looked at the file. */
function fileAccount(name: string, file: FileSource, origin: string): Account {
  const failure = new InputError('the file is not open');
  return {
    name,
    driver: focusDriver(file.source, {failure}, undefined),
    secret: async () => '',
    settings: {},
    baseUrl: new URL('file:///'),
    origin,
    file,
  };
}

/** A registered file, as config.json has it. */
export function storedFile(name: string, settings: Settings): Account {
  const {source = '', cost} = settings;
  const kind = cost === undefined ? undefined : choose(`the cost of account "${name}"`, cost, COST_KINDS);
  return fileAccount(name, {source, ...(kind && {cost: kind})}, 'config.json');
}

interface OpenFiles {
  readonly accounts: readonly Account[];
  /** Takes copies away that were made for this run. */
  close(): Promise<void>;
}

/** Opens the files among accounts. One that cannot be read fails when it is asked, and holds up no other. */
export async function openFiles(
  accounts: readonly Account[],
  wanted: FileOptions & {readonly timeout: number},
  context: FetchContext,
): Promise<OpenFiles> {
  const fetched: Fetched[] = [];
  const providers = wanted.providers && new Set(wanted.providers.map(name => name.toLowerCase()));
  const open = async (account: Account): Promise<Account> => {
    const {file, ...rest} = account;
    if (!file) return account;
    const opened = await bring(file, wanted, fetched, context);
    return {...rest, driver: focusDriver(file.source, opened, providers)};
  };
  return {
    accounts: await Promise.all(accounts.map(open)),
    close: async () => void (await Promise.all(fetched.map(one => one.dispose()))),
  };
}

async function bring(
  {source, cost}: FileSource,
  {units, timeout}: {readonly units: boolean; readonly timeout: number},
  fetched: Fetched[],
  context: FetchContext,
): Promise<Opened> {
  try {
    const copy = await fetchSource(source, timeout, context);
    fetched.push(copy);
    const opened = await openSource(copy.path, cost, units, context.signal);
    return 'failure' in opened ? failed(opened.failure, source) : opened;
  } catch (failure) {
    if (failure instanceof UsageError && !context.signal.aborted) return failed(failure, source);
    throw failure;
  }
}

/** Says of which file it is: the account bears the last part of its path only. */
function failed(failure: UsageError, source: string): Opened {
  failure.advice = {...failure.advice, subject: subjectOf(source)};
  return {failure};
}
