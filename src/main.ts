import {ClosedPipeError, type Context, type Output} from './cli/context.ts';
import {run} from './cli/run.ts';
import {systemClock} from './clock.ts';
import {InputError, StoreError} from './core/errors.ts';
import {type Instant, parseInstant} from './core/instant.ts';

/** Set by the build from package.json. */
declare const VERSION: string;

/** The process edge: makes the real Context, runs, gives the exit code. Nothing else here knows the process. */
export async function main(): Promise<number> {
  const interrupt = new AbortController();
  let signals = 0;
  const onSignal = () => {
    interrupt.abort();
    // Whoever presses Ctrl-C again and again wants out at once. Not at the second: conf raises signals once more.
    if (++signals > 2) process.kill(process.pid, 'SIGKILL');
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const started = systemClock.now();
  let fixed: Instant | undefined;
  let stderr: Output | undefined;
  // Getters, because opening a stream of the process takes longer than printing a version.
  const context: Context = {
    argv: process.argv.slice(2),
    env: process.env,
    version: VERSION,
    platform: process.platform,
    now: () => (fixed ??= fixedNow(process.env.USAGE_NOW) ?? started),
    clock: systemClock,
    get stdin() {
      return process.stdin;
    },
    get keyboard() {
      return process.stdin.isTTY ? process.stdin : undefined;
    },
    stdout: output(process.stdout, true),
    get stderr() {
      stderr ??= output(process.stderr, false);
      return stderr;
    },
    jobControl: process.platform === 'win32' ? undefined : JOB_CONTROL,
    signal: interrupt.signal,
  };
  try {
    return await run(context);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** Signals have their default actions while nobody listens: stopping, and going on. */
const JOB_CONTROL: NonNullable<Context['jobControl']> = {
  listen(asked, continued) {
    process.on('SIGTSTP', asked);
    process.on('SIGCONT', continued);
    return () => {
      process.off('SIGTSTP', asked);
      process.off('SIGCONT', continued);
    };
  },
  // The whole group, because npx or a script may stand between the shell and us, and would go on waiting.
  ask: () => void process.kill(0, 'SIGTSTP'),
  // Not SIGSTOP: without a shell that could let it go on again the system ignores this one.
  stop: () => void process.kill(process.pid, 'SIGTSTP'),
};

function fixedNow(text: string | undefined): Instant | undefined {
  if (!text) return undefined;
  const at = parseInstant(text);
  if (at !== undefined) return at;
  throw new InputError(`USAGE_NOW "${text}" is no instant`, {rule: 'RFC 3339, such as 2026-11-22T09:00:00Z'});
}

/** A stream whose reader may go away: for stdout that ends the work, for stderr it does no harm. */
function output(stream: NodeJS.WriteStream, essential: boolean): Output {
  let failed: Error | undefined;
  stream.on('error', (error: Error) => {
    failed ??= error;
  });
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.columns,
    terminal: stream.isTTY ? stream : undefined,
    write: chunk =>
      new Promise((resolve, reject) => {
        const end = (error: Error | null | undefined) =>
          error && essential ? reject(asOutputError(failed ?? error)) : resolve();
        if (failed || chunk === '') return end(failed);
        stream.write(chunk, end);
      }),
  };
}

/** Nobody reads any more: no error. A full disk, say, is one: what stands in the file is no whole answer. */
function asOutputError(error: Error): Error {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_STREAM_DESTROYED')
    return new ClosedPipeError();
  return new StoreError(`the answer could not be written to stdout (${code || error.message})`, {
    rule: 'what was written so far is not whole',
    hint: 'use --output <file>, which is written whole or not at all',
  });
}
