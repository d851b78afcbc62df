import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {onTestFinished} from 'vitest';
import {expectValidJson} from '../support/schemas.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const BIN = join(ROOT, 'bin/usage.js');
/** The clock of all runs here. */
export const NOW = '2026-11-22T09:00:00Z';

export type Env = {readonly [name: string]: string};

export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder that is gone after the test. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usage-e2e-'));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

/** The environment of a person who has no account; nothing of whoever runs the tests gets in. */
export const cleanEnv = async (env: Env = {}): Promise<Env> => ({
  PATH: process.env.PATH ?? '',
  HOME: await tempFolder(),
  TZ: 'America/St_Johns',
  USAGE_NOW: NOW,
  ...env,
});

/** Starts a program with exactly this environment. What comes back has all that was written, final newlines included. */
export const start = (file: string, args: readonly string[], env: Env, input?: string) =>
  execa(file, args, {
    ...(input === undefined ? {stdin: 'ignore'} : {input}),
    env,
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: 50_000_000,
  });

/** Runs the shipped command to its end, without stdin unless there is input. */
export async function usage(args: readonly string[], env: Env = {}, input?: string): Promise<Ran> {
  const ran = await start(process.execPath, [BIN, ...args], await cleanEnv(env), input);
  await expectValidJson(args, ran);
  return {exitCode: ran.exitCode, stdout: ran.stdout, stderr: ran.stderr};
}

/** Runs a line of bash in which `usage` is the shipped command; `pipefail` is on. */
export async function shell(line: string, env: Env = {}): Promise<Ran> {
  const script = `set -o pipefail; usage() { "$NODE" "$BIN" "$@"; }; ${line}`;
  const ran = await start('bash', ['-c', script], {...(await cleanEnv(env)), NODE: process.execPath, BIN});
  return {exitCode: ran.exitCode, stdout: ran.stdout, stderr: ran.stderr};
}
