// Runs programs: to their end with a stopwatch, or as servers beside us.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

const BUFFER = 1_000_000_000;

/** The path of a file of this folder. */
export const here = name => fileURLToPath(new URL(name, import.meta.url));

/** Runs a program to its end. `took` is in milliseconds. Throws for one that cannot be run or ends with another code than 0. */
export function time([file, ...args], {env, input, cwd} = {}) {
  const began = process.hrtime.bigint();
  const {status, stdout, stderr, error} = spawnSync(file, args, {
    env,
    cwd,
    input: input ?? '',
    maxBuffer: BUFFER,
    encoding: 'utf8',
  });
  const took = Number(process.hrtime.bigint() - began) / 1e6;
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${file} ${args.join(' ')} ended with ${status}\n${stderr}${stdout.slice(0, 500)}`);
  return {took, stdout, stderr};
}

/** Whether a program is there and runs. */
export function isThere(words, env) {
  try {
    time(words, {env});
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a server of this folder as its own process; gives the line of JSON that it prints, `take` for what it was asked
 * since the last time ({requests, most}), and a way to end it.
 */
export async function startServer(name, ...args) {
  const child = spawn(process.execPath, [here(name), ...args], {stdio: ['ignore', 'pipe', 'inherit', 'ipc']});
  const started = await Promise.race([
    new Promise(resolve => createInterface(child.stdout).once('line', line => resolve(JSON.parse(line)))),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`))),
  ]);
  const take = async () => {
    child.send('take');
    const [taken] = await once(child, 'message');
    return taken;
  };
  return {...started, take, stop: () => child.kill()};
}
