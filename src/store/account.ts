import * as z from 'zod/mini';
import {InputError} from '../core/errors.ts';
import {type Instant, parseInstant, utc} from '../core/instant.ts';

/** A login: whose API it is for, what opens it, and settings that are no secret. */
export interface StoredAccount {
  /** What `--account` calls it; unique in the store. */
  readonly name: string;
  /** Id of the driver. The store does not know which ids there are. */
  readonly provider: string;
  /** None if a command gives it. */
  readonly secret?: string;
  /** When the secret was saved first or last, as the caller says; whole milliseconds. */
  readonly addedAt?: Instant;
  /** By the names in `Driver.settings`, such as `organization`. */
  readonly settings: Settings;
  readonly baseUrl?: string;
  /** A command line whose output is the secret; it goes before a stored one. */
  readonly keyCommand?: string;
}

export type Settings = {readonly [name: string]: string};

const NAME_RULE =
  'a name has 1 to 64 characters: a-z, 0-9, dot, dash and underscore, the first a letter or a digit';
const SECRET_RULE = 'a secret has 1 to 8192 printable ASCII characters and no space';
const SETTINGS_RULE = 'a setting has a plain name, and 1 to 1024 characters on one line';

/** These forbid `__proto__`; they are also what keeps control characters out of headers and terminals. */
export const nameSchema = z.string().check(z.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/));
export const secretSchema = z.string().check(z.regex(/^[\x21-\x7e]{1,8192}$/));
/** U+FFFD is what is left of bytes that were no UTF-8. */
export const settingSchema = z.string().check(z.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029\ufffd]{1,1024}$/u));
export const settingsSchema = z.record(z.string().check(z.regex(/^[A-Za-z][\w-]{0,63}$/)), settingSchema);
/** RFC 3339 text in the file, since people may look into it. */
export const instantSchema = z.pipe(
  z.string(),
  z.transform((text, context): Instant => {
    const at = parseInstant(text);
    if (at !== undefined) return at;
    context.issues.push({code: 'custom', message: 'is no RFC 3339 instant', input: text});
    return z.NEVER;
  }),
);

const FIELDS = [
  ['name', nameSchema, NAME_RULE],
  ['provider', nameSchema, NAME_RULE],
  ['secret', z.optional(secretSchema), SECRET_RULE],
  ['settings', settingsSchema, SETTINGS_RULE],
  ['baseUrl', z.optional(settingSchema), SETTINGS_RULE],
  ['keyCommand', z.optional(settingSchema), SETTINGS_RULE],
] as const;

/** Throws InputError, naming the field and the rule but not the value, if the store could not read it back. */
export function checkAccount(account: StoredAccount): void {
  for (const [field, schema, rule] of FIELDS) {
    if (!schema.safeParse(account[field]).success)
      throw new InputError(`the account's ${field} cannot be stored`, {rule});
  }
  if (account.secret === undefined && account.keyCommand === undefined)
    throw new InputError('an account needs a secret or a key command');
  const at = account.addedAt;
  if (at === undefined && account.secret === undefined) return;
  if (at === undefined || !Number.isInteger(at) || at < utc(1, 1) || at >= utc(10_000, 1)) {
    throw new InputError("the account's addedAt cannot be stored", {
      rule: 'whole milliseconds, years 1 to 9999',
    });
  }
}

/** Why a text cannot be a secret at all, whatever the provider; undefined if it can. */
export const secretObjection = (text: string): string | undefined =>
  secretSchema.safeParse(text).success ? undefined : SECRET_RULE;

/** Why a text cannot be the name of an account; undefined if it can. */
export const nameObjection = (text: string): string | undefined =>
  nameSchema.safeParse(text).success ? undefined : NAME_RULE;

/** Why a text cannot be the value of a setting; undefined if it can. */
export const settingObjection = (text: string): string | undefined =>
  settingSchema.safeParse(text).success ? undefined : '1 to 1024 characters on one line';
