import {flagOf} from '../../core/dimension.ts';
import {InputError} from '../../core/errors.ts';
import type {Instant} from '../../core/instant.ts';
import {parsePeriod} from '../../core/parse-period.ts';
import {drivers} from '../../drivers/index.ts';
import {FORMATS} from '../../render/renderer.ts';
import type {Defaults} from '../../store/settings.ts';
import {choose, chooseAll, splitList, wholeNumber} from '../choice.ts';
import {parseGroupBy} from '../parse-query.ts';

/** What a value is checked against beside its own form. */
export interface Scene {
  readonly now: Instant;
  /** Accounts that there are, wherever their keys come from. */
  readonly accounts: readonly {
    readonly name: string;
    readonly provider: string;
    /** Whether a key is stored for it. */
    readonly stored: boolean;
  }[];
}

/** A flag that may have a default, and the checks that the flag itself is put to. */
export interface DefaultKey<M extends keyof Defaults = keyof Defaults> {
  readonly member: M;
  /** As people write it behind `defaults.`: the flag without its dashes. */
  readonly name: string;
  readonly description: string;
  /** What counts if nothing is set, where that is the same everywhere. */
  readonly builtIn?: string;
  /** Throws InputError that calls the value by `key`. */
  parse(text: string, key: string, scene: Scene): Required<Defaults>[M];
}

const define = <M extends keyof Defaults>(key: DefaultKey<M>): DefaultKey<M> => key;

/** None of them is no default: what stands for all is that nothing is set. */
function chooseSome<const T extends string>(key: string, text: string, valid: readonly T[]): T[] {
  const given = splitList(text);
  if (given.length > 0 && valid.length > 0) return chooseAll(key, given, valid);
  if (given.length > 0)
    throw new InputError(`${key} "${text}" is not known: no account is set up yet`, {
      hint: 'add it first: usage accounts add <name> --provider <provider>',
    });
  throw new InputError(`${key} is empty`, {
    ...(valid.length > 0 && {rule: `some of ${valid.join(', ')}`}),
    hint: `for all of them: usage config unset ${key}`,
  });
}

export const DEFAULT_KEYS = [
  define({
    member: 'provider',
    name: 'provider',
    description: 'providers that reports are about (comma list); all if not set',
    parse: (text, key) =>
      chooseSome(
        key,
        text,
        drivers.map(({id}) => id),
      ),
  }),
  define({
    member: 'account',
    name: 'account',
    description: 'accounts that reports are about (comma list); all if not set',
    parse: (text, key, {accounts}) =>
      chooseSome(
        key,
        text,
        accounts.map(({name}) => name),
      ),
  }),
  define({
    member: 'groupBy',
    name: 'group-by',
    description: 'what reports are grouped by (comma list), or none',
    builtIn: 'provider',
    parse(text, key) {
      const dimensions = parseGroupBy(splitList(text), key);
      return dimensions.length === 0 ? ['none'] : dimensions.map(flagOf);
    },
  }),
  define({
    member: 'period',
    name: 'period',
    description: 'the period of reports, as --period takes it',
    builtIn: 'mtd',
    parse(text, _, {now}) {
      parsePeriod(text, now);
      return text;
    },
  }),
  define({
    member: 'compare',
    name: 'compare',
    description: 'what reports of costs are set against: previous, none, or any period',
    parse(text, _, {now}) {
      if (text !== 'previous' && text !== 'none') parsePeriod(text, now);
      return text;
    },
  }),
  define({
    member: 'format',
    name: 'format',
    description: `how answers are written: ${FORMATS.join(', ')}`,
    builtIn: 'table',
    parse: (text, key) => choose(key, text, FORMATS),
  }),
  define({
    member: 'timeout',
    name: 'timeout',
    description: 'seconds for each request',
    builtIn: '30',
    parse: (text, key) => wholeNumber(key, text, 1, 3_600),
  }),
  define({
    member: 'concurrency',
    name: 'concurrency',
    description: 'requests in flight for each provider',
    builtIn: '8',
    parse: (text, key) => wholeNumber(key, text, 1, 64),
  }),
  define({
    member: 'billingCycleDay',
    name: 'billing-cycle-day',
    description: 'day of the month on which your billing months begin, for budgets',
    builtIn: '1',
    parse: (text, key) => wholeNumber(key, text, 1, 31),
  }),
] as const;
