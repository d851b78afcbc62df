// Runs programs: to their end with a stopwatch, or as servers beside us.
import {spawn, spawnSync} from 'node:child_process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

const BUFFER = 1_000_000_000;

/** Runs a program to its end. `took` is in milliseconds. */
export function time([file, ...args], env) {
  const began = process.hrtime.bigint();
  const {status, stdout, stderr, error} = spawnSync(file, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: BUFFER,
    encoding: 'utf8',
  });
  if (error) throw error;
  return {took: Number(process.hrtime.bigint() - began) / 1e6, status, stdout, stderr};
}

/** Starts a server of this folder as its own process; gives the line of JSON that it prints, and a way to end it. */
export async function startServer(name, ...args) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], {stdio: ['ignore', 'pipe', 'inherit', 'ipc']});
  const started = await Promise.race([
    new Promise(resolve => createInterface(child.stdout).once('line', line => resolve(JSON.parse(line)))),
    new Promise((_, reject) => child.once('exit', code => reject(new Error(`${name} ended with ${code}`)))),
  ]);
  return {...started, stop: () => child.kill()};
}
