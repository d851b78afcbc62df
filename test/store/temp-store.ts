import {mkdtemp, realpath, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {onTestFinished} from 'vitest';
import {instant} from '../../src/core/instant.ts';
import type {StoredAccount} from '../../src/store/account.ts';
import {openStore} from '../../src/store/open.ts';

export const MARKER = 'sk-admin-THIS-MUST-NEVER-BE-SHOWN-3fQ9';

/** A real folder that goes away with the test. */
export async function tempDirectory(): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'usage store ')));
  onTestFinished(() => rm(directory, {recursive: true, force: true}));
  return directory;
}

/** Time that passes as fast as the event loop turns. */
export function quickClock() {
  const clock = {
    slept: 0,
    async sleep(milliseconds: number) {
      clock.slept += milliseconds;
      await setImmediate();
    },
  };
  return clock;
}

/** A store in a folder that does not exist yet, below a fresh one. */
export async function tempStore(platform = 'linux') {
  const directory = join(await tempDirectory(), 'config', 'usage-cli');
  const warnings: string[] = [];
  const clock = quickClock();
  const store = openStore({directory, platform, clock, warn: message => warnings.push(message)});
  return {store, directory, warnings, clock, lock: join(directory, 'store.lock')};
}

export const account = (name: string, changes: Partial<StoredAccount> = {}): StoredAccount => ({
  name,
  provider: 'acme',
  secret: MARKER,
  addedAt: instant(1_795_000_000_123),
  settings: {},
  ...changes,
});
