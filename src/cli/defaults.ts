import {type Advice, InputError, StoreError} from '../core/errors.ts';
import type {Instant} from '../core/instant.ts';
import type {Defaults} from '../store/settings.ts';
import type {ReportFlags} from './options.ts';

/** Flags with the defaults of config.json filled in, and which of them were. */
export interface Filled {
  readonly flags: ReportFlags;
  /** As flags: `--group-by project`. */
  readonly applied: readonly string[];
}

interface Rule {
  readonly member: Exclude<keyof Defaults, 'billingCycleDay'>;
  /** Whether the flags have said it already, in these or in other words. */
  said(flags: ReportFlags): boolean;
}

const asked = ({provider, account, demo}: ReportFlags): boolean =>
  provider !== undefined || account !== undefined || demo === true;

const RULES: readonly Rule[] = [
  // One of the two is given: the other would only take away from it. The demo has accounts of its own.
  {member: 'provider', said: asked},
  {member: 'account', said: asked},
  {member: 'groupBy', said: ({groupBy}) => groupBy !== undefined},
  {member: 'period', said: ({period, from, to}) => (period ?? from ?? to) !== undefined},
  {member: 'compare', said: ({compare}) => compare !== undefined},
  {member: 'format', said: ({format, json, csv}) => format !== undefined || json === true || csv === true},
  {member: 'timeout', said: ({timeout}) => timeout !== undefined},
  {member: 'concurrency', said: ({concurrency}) => concurrency !== undefined},
];

/**
 * Fills in what no flag says. Throws StoreError for a default that no flag would take, such as one that somebody wrote
 * into the file by hand.
 * @param without defaults that this command has no flag for
 */
export async function fillIn(
  flags: ReportFlags,
  defaults: Defaults,
  now: Instant,
  without: readonly (keyof Defaults)[] = [],
): Promise<Filled> {
  const members = RULES.filter(
    ({member, said}) => defaults[member] !== undefined && !without.includes(member) && !said(flags),
  ).map(({member}) => member);
  if (members.length === 0) return {flags, applied: []};
  const [{DEFAULT_KEYS}, {textOf}] = await Promise.all([
    import('./config/default-keys.ts'),
    import('./config/key.ts'),
  ]);
  const filled: {[flag: string]: unknown} = {...flags};
  const applied: string[] = [];
  for (const {member, name, parse} of DEFAULT_KEYS) {
    const value = members.some(one => one === member) ? defaults[member] : undefined;
    if (value === undefined) continue;
    const text = textOf(value);
    try {
      // Which accounts there are is not known yet; an account that is gone is refused when it is looked for.
      if (member !== 'account') parse(text, `defaults.${name}`, {now, accounts: []});
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new StoreError(`config.json: ${error.message}`, {
        ...error.advice,
        hint: `change it: usage config set defaults.${name} <value>; or forget it: usage config unset defaults.${name}`,
      });
    }
    filled[member] = typeof value === 'number' ? text : value;
    applied.push(`--${name} ${text}`);
  }
  return {flags: filled, applied};
}

/** Runs what may fail because of a default; then the error says that nobody typed it. */
export async function blamingDefaults<T>(applied: readonly string[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError && applied.length > 0) {
      const origin = `config.json adds ${applied.join(', ')} (usage config list)`;
      const {hint} = error.advice;
      const advice: Advice = {...error.advice, hint: hint ? `${hint}; ${origin}` : origin};
      error.advice = advice;
    }
    throw error;
  }
}
