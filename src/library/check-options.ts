import {DIMENSION_NAMES, dimensionOf, flagOf} from '../core/dimension.ts';
import {InputError} from '../core/errors.ts';
import type {ReportKind} from '../core/query.ts';
import type {AccountOptions, UsageOptions} from '../index.ts';

/** What a member has to be, in words and as a question. */
type Check = readonly [what: string, is: (value: unknown) => boolean];
type Checks = {readonly [name: string]: Check};

const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (is: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(is);

const TEXT: Check = ['text', isText];
const TEXTS: Check = ['a list of texts', listOf(isText)];
const NUMBER: Check = ['a number', value => typeof value === 'number'];
const SWITCH: Check = ['true or false', value => typeof value === 'boolean'];
const OBJECT: Check = ['an object', isObject];

const OPTIONS: {readonly [O in keyof Required<UsageOptions>]: Check} = {
  accounts: ['a list of {provider, secret}', listOf(isObject)],
  demo: SWITCH,
  period: TEXT,
  from: TEXT,
  to: TEXT,
  bucket: TEXT,
  groupBy: TEXTS,
  filters: ['an object of lists by dimension', isObject],
  compare: TEXT,
  sort: TEXT,
  top: NUMBER,
  strict: SWITCH,
  timeout: NUMBER,
  concurrency: NUMBER,
  now: ['a Date', value => Object.prototype.toString.call(value) === '[object Date]'],
  signal: ['an AbortSignal', value => isObject(value) && 'aborted' in value && 'addEventListener' in value],
  env: OBJECT,
  kinds: TEXTS,
};

const ACCOUNT: {readonly [O in keyof Required<AccountOptions>]: Check} = {
  provider: TEXT,
  secret: TEXT,
  name: TEXT,
  settings: OBJECT,
  baseUrl: TEXT,
};

/**
 * Holds options against their types, for callers whom no compiler tells: a filter that is misspelt and passed over
 * would make a larger total. Throws InputError, which never repeats a value: it may be a secret.
 */
export function checkOptions(report: ReportKind, options: unknown): void {
  if (!isObject(options)) throw new InputError('the options are missing', {rule: `${report}({accounts, …})`});
  const {kinds, ...others} = OPTIONS;
  checkMembers('', options, report === 'usage' ? {...others, kinds} : others);
  const {accounts = [], filters = {}} = options as UsageOptions;
  for (const [index, account] of accounts.entries()) checkMembers(`accounts[${index}].`, account, ACCOUNT);
  checkFilters(report, filters);
}

function checkFilters(report: ReportKind, filters: object): void {
  // Kinds are of usage: of money no provider says which kind it is for.
  const valid = DIMENSION_NAMES.filter(name => name !== 'kind' || report === 'usage').map(flagOf);
  // `api_key`, as rows call it, is as good as `api-key`.
  const spelt = new Map(Object.entries(filters).map(([name, value]) => [flagIn(name), value]));
  checkMembers('filters.', Object.fromEntries(spelt), Object.fromEntries(valid.map(flag => [flag, TEXTS])));
  if (spelt.size < Object.keys(filters).length)
    throw new InputError('filters name a dimension twice', {rule: 'api-key or api_key, not both'});
  const batch: unknown = spelt.get('batch');
  if (Array.isArray(batch) && (batch.length !== 1 || !['true', 'false'].includes(String(batch[0]))))
    throw new InputError('filters.batch is not what it takes', {rule: "['true'] or ['false']"});
}

function flagIn(name: string): string {
  const dimension = dimensionOf(name);
  return dimension ? flagOf(dimension) : name;
}

function checkMembers(where: string, given: object, checks: Checks): void {
  const names = Object.keys(checks);
  for (const [name, value] of Object.entries(given)) {
    const [what, is] = (Object.hasOwn(checks, name) && checks[name]) || [];
    if (!is)
      throw new InputError(`${where}${name} is no option here`, {
        rule: names.join(', '),
        nearest: [name, names],
      });
    if (value !== undefined && !is(value))
      throw new InputError(`${where}${name} is not what it takes`, {rule: what ?? ''});
  }
}
