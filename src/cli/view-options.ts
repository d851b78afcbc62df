import {InputError} from '../core/errors.ts';
import {FORMATS, type Format} from '../render/renderer.ts';
import {choose} from './choice.ts';
import type {Context} from './context.ts';
import {PAGE_WIDTH} from './page.ts';

/** Plain text has no window; this many columns fit most. */
const PIPE_WIDTH = 120;
const MIN_WIDTH = 40;
const MAX_WIDTH = 400;

/** Flags that choose a format. */
interface FormatFlags {
  readonly format?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** Which format is asked for. `--json` and `--csv` are short forms; two different wishes are an InputError. */
export function chooseFormat({format, json, csv}: FormatFlags): Format {
  const wishes = [
    ...(format === undefined ? [] : [choose('--format', format, FORMATS)]),
    ...(json ? ['json' as const] : []),
    ...(csv ? ['csv' as const] : []),
  ];
  const [first = 'table', second] = [...new Set(wishes)];
  if (second)
    throw new InputError(`--format ${first} and ${second} exclude each other`, {rule: 'give one format'});
  return first;
}

/** `COLUMNS` wins, then the terminal's width. */
export function chooseWidth({env, stdout}: Context): number {
  const given = /^\d{1,4}$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : undefined;
  const width = given || stdout.columns || (stdout.isTerminal ? 80 : PIPE_WIDTH);
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width));
}

/** Help is written for a page; it gives way to what is narrower. */
export const chooseHelpWidth = (context: Context): number => Math.min(PAGE_WIDTH, chooseWidth(context));

/** `--no-color` and `NO_COLOR` win over `FORCE_COLOR`, which wins over what the stream is. */
export function chooseColor(
  env: Context['env'],
  stream: {readonly isTerminal: boolean},
  flag: boolean | undefined,
): boolean {
  if (flag === false || env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return stream.isTerminal && env.TERM !== 'dumb';
}
