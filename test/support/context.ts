import {mkdtemp, realpath, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {expect, onTestFinished} from 'vitest';
import {ClosedPipeError, type Context, type Output} from '../../src/cli/context.ts';
import {run} from '../../src/cli/run.ts';
import {parseRaw} from './fixtures.ts';
import {SECRETS} from './providers.ts';
import {expectValidJson} from './schemas.ts';
import {fakeClock, NOW} from './session.ts';

export interface Trial {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  readonly env?: {readonly [name: string]: string | undefined};
  /** What comes in through a pipe. */
  readonly stdin?: string;
  /** Makes stdout a terminal of so many columns. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
  /** How often stdout may be written to before its reader goes away. */
  readonly reads?: number;
  readonly clock?: Context['clock'];
  /** The folder of the store; one that is fresh and does not exist yet if left out. */
  readonly directory?: string;
}

/** A real folder that goes away with the test. */
export async function temporary(): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'usage cli ')));
  onTestFinished(() => rm(directory, {recursive: true, force: true}));
  return directory;
}

/** A context at nine in the morning of 22 November 2026, and what is written in it. A text is split at spaces. */
export async function contextOf(
  line: string | readonly string[],
  {env = {}, stdin = '', columns, signal, reads, clock, directory}: Circumstances = {},
): Promise<{readonly context: Context; readonly out: readonly string[]; readonly err: readonly string[]}> {
  const out: string[] = [];
  const err: string[] = [];
  const input = new PassThrough();
  input.end(stdin);
  const context: Context = {
    argv: typeof line === 'string' ? line.split(' ').filter(Boolean) : line,
    env: {USAGE_CONFIG_DIR: directory ?? join(await temporary(), 'config'), ...env},
    version: '1.2.3',
    platform: process.platform,
    now: () => NOW,
    clock: clock ?? fakeClock(),
    stdin: input,
    stdout: output(out, columns, reads),
    stderr: output(err, undefined),
    signal: signal ?? new AbortController().signal,
  };
  return {context, out, err};
}

/** Runs a command line in this process, and sees to it that no planted key is in anything it says. */
export async function usage(
  line: string | readonly string[],
  circumstances: Circumstances = {},
): Promise<Trial> {
  const {context, out, err} = await contextOf(line, circumstances);
  const code = await run(context);
  const {reads} = circumstances;
  const trial = {code, stdout: out.join(''), stderr: err.join('')};
  for (const secret of Object.values(SECRETS)) {
    expect(trial.stdout).not.toContain(secret);
    expect(trial.stderr).not.toContain(secret);
  }
  if (reads === undefined) await expectValidJson(context.argv, trial);
  return trial;
}

function output(into: string[], columns: number | undefined, reads = Number.POSITIVE_INFINITY): Output {
  return {
    isTerminal: columns !== undefined,
    columns,
    terminal: undefined,
    write: async chunk => {
      if (into.length >= reads) throw new ClosedPipeError();
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      if (text !== '') into.push(text);
    },
  };
}

export type Row = {readonly [key: string]: string | null};

/** The JSON envelope, with figures as their exact text. */
export interface Envelope {
  readonly schema: string;
  readonly rows: readonly Row[];
  readonly totals: readonly {
    readonly currency: string;
    readonly cost: string;
    readonly previous_cost?: string;
    readonly change?: string;
  }[];
  readonly sources: readonly {
    readonly provider: string;
    readonly account: string;
    readonly status: string;
    readonly requests: string;
    readonly retries: string;
    readonly error?: {readonly code: string; readonly message: string; readonly hint?: string};
  }[];
  readonly notices: readonly {
    readonly level: string;
    readonly code: string;
    readonly provider?: string;
    readonly account?: string;
    readonly message: string;
  }[];
  readonly [member: string]: unknown;
}

/** Reads JSON so that no digit is lost: every number becomes its text. */
export const exactJson = (text: string): unknown => asText(parseRaw(text));
export const envelope = ({stdout}: Trial): Envelope => exactJson(stdout) as Envelope;

function asText(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.replace(/^@@raw:/, '');
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]));
}

/** Runs a command line that must succeed and gives its JSON. */
export async function answered(line: string, circumstances: Circumstances = {}): Promise<Envelope> {
  const trial = await usage(`${line} --json`, circumstances);
  expect(trial.stderr).toBe('');
  expect(trial.code).toBe(0);
  return envelope(trial);
}
