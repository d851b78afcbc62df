import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const INPUTS = ['src', 'scripts', 'package.json', 'package-lock.json'];
const OUTPUTS = ['dist/main.js', 'build/meta.json'];

/** vitest's globalSetup of the e2e tests: they run what is shipped, so it must not be older than its source. */
export async function setup(): Promise<void> {
  const built = await Promise.all(OUTPUTS.map(path => changedAt(join(ROOT, path))));
  const changed = await Promise.all(INPUTS.map(path => newestIn(join(ROOT, path))));
  if (Math.min(...built) > Math.max(...changed)) return;
  await execa(process.execPath, ['scripts/build.js'], {cwd: ROOT});
}

/** Milliseconds since 1970; 0 if there is no such file. */
async function changedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}

/** Folders count too: a file that was removed shows nowhere else. */
async function newestIn(path: string): Promise<number> {
  const at = await changedAt(path);
  if (!(await stat(path)).isDirectory()) return at;
  const entries = await readdir(path, {recursive: true});
  return Math.max(at, ...(await Promise.all(entries.map(entry => changedAt(join(path, entry))))));
}
