import {mkdirSync} from 'node:fs';
import {choose} from './choice.ts';
import {SCRIPTS, SHELLS} from './completion/scripts.ts';
import type {Context} from './context.ts';
import {storeDirectoryOf} from './store-directory.ts';

/** Prints the script of a shell, and sees to it that reports have a place to keep names for it. */
export async function printCompletion(shell: string, context: Context): Promise<number> {
  const script = SCRIPTS[choose('shell', shell, SHELLS)];
  try {
    mkdirSync(storeDirectoryOf(context), {recursive: true, mode: 0o700});
  } catch {
    // Then names are not completed, but everything else is.
  }
  await context.stdout.write(script);
  return 0;
}
