import * as z from 'zod/mini';
import {type Currency, type Decimal, parseDecimal} from '../core/money.ts';
import {nameSchema, type Settings, settingSchema, settingsSchema} from './account.ts';
import type {Format} from './document.ts';

/** What config.json holds: everything but secrets. Writers change their own part and hand the others on. */
export interface Preferences {
  /** `$schema`, by which editors know what belongs there. */
  readonly schema?: string;
  /** By account name; an account with nothing to remember has no entry. */
  readonly accounts: ReadonlyMap<string, AccountPreferences>;
  readonly defaults: Defaults;
  /** Price of one unit of a currency in USD: positive and exact. There is none for USD itself. */
  readonly rates: ReadonlyMap<Currency, Decimal>;
}

export interface AccountPreferences {
  /** Id of the driver, for an account that has no stored secret: one with a key command. */
  readonly provider?: string;
  /** By the names in `Driver.settings`. */
  readonly settings: Settings;
  /** Instead of the driver's own; as typed, whoever uses it checks it. */
  readonly baseUrl?: string;
  /** A command line whose output is the secret, instead of a stored one. */
  readonly keyCommand?: string;
}

/** What flags that are not given stand for, in the words of the flags. The store checks their form, the CLI their sense. */
export interface Defaults {
  readonly provider?: readonly string[];
  readonly account?: readonly string[];
  readonly groupBy?: readonly string[];
  readonly period?: string;
  readonly compare?: string;
  readonly format?: string;
  /** Seconds for each request. */
  readonly timeout?: number;
  /** Requests in flight for each provider. */
  readonly concurrency?: number;
  /** 1 to 31: the day of the month on which billing months begin; in a shorter month its last day. */
  readonly billingCycleDay?: number;
}

const word = z.string().check(z.regex(/^[A-Za-z0-9][\w.:-]{0,127}$/));
const words = z.array(word).check(z.minLength(1), z.maxLength(100));
const whole = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max));

const defaultsSchema = z.strictObject({
  provider: z.optional(words),
  account: z.optional(words),
  groupBy: z.optional(words),
  period: z.optional(word),
  compare: z.optional(word),
  format: z.optional(word),
  timeout: z.optional(whole(1, 3_600)),
  concurrency: z.optional(whole(1, 64)),
  billingCycleDay: z.optional(whole(1, 31)),
});

const accountSchema = z.strictObject({
  provider: z.optional(nameSchema),
  settings: z.optional(settingsSchema),
  baseUrl: z.optional(settingSchema),
  keyCommand: z.optional(settingSchema),
});

/** `(?!USD$)`: what prices are in has none itself. */
const currencySchema = z.string().check(z.regex(/^(?!USD$)[A-Z][A-Z0-9_]{0,63}$/));
/** Text, because JSON numbers become floats in many hands; and never 0. */
const rateSchema = z.pipe(
  z.string().check(z.regex(/^(?!0+(\.0+)?$)\d{1,30}(\.\d{1,30})?$/)),
  z.transform((text, context): Decimal => {
    const rate = parseDecimal(text);
    if (rate !== undefined) return rate;
    context.issues.push({code: 'custom', message: 'is no price', input: text});
    return z.NEVER;
  }),
);

/** The file as it is written. */
export const SETTINGS_FILE = z.strictObject({
  $schema: z.optional(settingSchema),
  version: z.literal(1),
  accounts: z.optional(z.record(nameSchema, accountSchema)),
  defaults: z.optional(defaultsSchema),
  rates: z.optional(z.record(currencySchema, rateSchema)),
});

/** config.json: fit to be published with somebody's dotfiles. */
export const PREFERENCES: Format<Preferences> = {
  name: 'config.json',
  rule: 'as this prints: usage config schema',
  remedy: 'mend it: usage config edit; or move it away',
  empty: {accounts: new Map(), defaults: {}, rates: new Map()},
  schema: z.pipe(
    SETTINGS_FILE,
    z.transform(
      ({$schema: schema, accounts = {}, defaults = {}, rates = {}}): Preferences => ({
        ...(schema !== undefined && {schema}),
        accounts: new Map(
          Object.entries(accounts).map(([name, account]) => [name, {settings: {}, ...present(account)}]),
        ),
        defaults: present(defaults),
        rates: new Map(Object.entries(rates)),
      }),
    ),
  ),
  encode: ({schema, accounts, defaults, rates}) => ({
    ...(schema !== undefined && {$schema: schema}),
    version: 1,
    accounts: Object.fromEntries(
      [...accounts]
        .filter(([, account]) => !isEmptyAccount(account))
        .map(([name, {settings, ...rest}]) => [
          name,
          {...rest, ...(Object.keys(settings).length > 0 && {settings})},
        ]),
    ),
    ...(Object.keys(defaults).length > 0 && {defaults}),
    ...(rates.size > 0 && {rates: Object.fromEntries(rates)}),
  }),
};

const isEmptyAccount = ({settings, ...rest}: AccountPreferences): boolean =>
  Object.keys(settings).length === 0 && Object.keys(rest).length === 0;

/** An object whose optional members are there or not, never undefined. */
type Present<T> = {[K in keyof T]: Exclude<T[K], undefined>};

function present<T extends object>(object: T): Present<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Present<T>;
}
