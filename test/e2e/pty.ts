import {execa} from 'execa';
import {onTestFinished} from 'vitest';
import type {Env} from './usage.ts';

/** A program on a terminal of the system, as a person has it before them. */
export interface Pty {
  /** Everything that it has written, escape sequences included. */
  written(): string;
  /** The same without them. */
  text(): string;
  /** Presses keys. */
  send(keys: string): void;
  /** Resolves when the text behind `from` has this in it; gives where that ends. Rejects when it takes too long. */
  until(wanted: RegExp, from?: number): Promise<number>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | undefined>;
}

const PATIENCE_MS = 20_000;
/** Colours, titles, and what else there is besides text. */
const ESCAPE = /\u001b(?:\[[\d;?>=]*[A-Za-z]|\][^\u0007]*\u0007|\([AB]|[=>])/g;

/** Starts a line of sh on a terminal of 80 by 24, by util-linux's script. */
export function openPty(line: string, env: Env, columns = 80, rows = 24): Pty {
  const run = execa('script', ['-qfec', `stty cols ${columns} rows ${rows}; exec ${line}`, '/dev/null'], {
    env,
    extendEnv: false,
    reject: false,
    buffer: false,
  });
  onTestFinished(() => void run.kill('SIGKILL'));
  let raw = '';
  const text = () => raw.replace(ESCAPE, '');
  const waiting = new Set<() => void>();
  run.stdout.on('data', (chunk: Buffer) => {
    raw += chunk.toString();
    for (const look of waiting) look();
  });
  return {
    written: () => raw,
    text,
    send: keys => void run.stdin.write(keys),
    until: (wanted, from = 0) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = wanted.exec(text().slice(from));
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(from + found.index + found[0].length);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(
            new Error(
              `${wanted} did not come; there was ${JSON.stringify(text().slice(from).slice(-2_000))}`,
            ),
          );
        }, PATIENCE_MS);
        waiting.add(look);
        look();
      }),
    ended: run.then(({exitCode}) => exitCode),
  };
}
