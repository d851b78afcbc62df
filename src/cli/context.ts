import type {Instant} from '../core/instant.ts';
import type {Clock} from '../http/clock.ts';
import type {JobControl} from '../interactive/job-control.ts';
import type {PromptIo} from './prompt.ts';

/** A stream to write to, without the process behind it. */
export interface Output {
  readonly isTerminal: boolean;
  /** Width in columns, if it is a terminal that says so. */
  readonly columns: number | undefined;
  /** Resolves when it is taken. Rejects with ClosedPipeError if nobody reads any more. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** The terminal itself, for Ink to draw on; only if it is one. */
  readonly terminal: NodeJS.WriteStream | undefined;
}

/** The reader of a pipe went away, as `head` does: not an error, but no reason to go on. */
export class ClosedPipeError extends Error {}

/** Everything a command touches. Only main.ts makes a real one. */
export interface Context {
  /** Without `node` and the script. */
  readonly argv: readonly string[];
  readonly env: {readonly [name: string]: string | undefined};
  readonly version: string;
  readonly platform: string;
  /** The clock that reports are made by: `USAGE_NOW`, or when the command started. */
  now(): Instant;
  /** The clock that requests are timed by. */
  readonly clock: Clock;
  /** stdin as a terminal that keys come from; left out where it is none. */
  readonly keyboard?: NodeJS.ReadStream | undefined;
  /** Keys and prompts; or what comes in through a pipe. */
  readonly stdin: PromptIo['stdin'] & AsyncIterable<Uint8Array | string>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** How a shell stops the process and lets it go on; left out where there is no such thing. */
  readonly jobControl?: JobControl | undefined;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}
