import {chmod, copyFile, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {execa} from 'execa';
import {onTestFinished} from 'vitest';

const CHILD = fileURLToPath(new URL('store-child.mjs', import.meta.url));
const ENTRY = fileURLToPath(new URL('../../src/store/open.ts', import.meta.url));

/** Bundles the store far from any node_modules, so that other processes can run it, and `external` cannot be loaded. */
export async function bundleStore(external: string[] = []): Promise<string> {
  const outdir = await mkdtemp(join(tmpdir(), 'usage-bundle-'));
  onTestFinished(() => rm(outdir, {recursive: true, force: true}));
  await build({
    entryPoints: [ENTRY],
    outdir,
    outExtension: {'.js': '.mjs'},
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    external,
    banner: {
      js: 'import {createRequire} from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  // Whoever runs it need not be me.
  await chmod(outdir, 0o755);
  await copyFile(CHILD, join(outdir, 'store-child.mjs'));
  return join(outdir, 'open.mjs');
}

export type Job =
  | {
      readonly do: 'save';
      readonly names: readonly string[];
      readonly settings?: {readonly [name: string]: string};
    }
  | {readonly do: 'list'};

interface ChildOptions {
  /** Largest file that the process may write, in blocks of 512 bytes: what a full disk is like. */
  readonly blocks?: number;
  /** Who runs it: root may make it somebody else. */
  readonly user?: number;
}

/** Starts a process that does one job on a store and prints the outcome as JSON, one line for each account saved. */
export function startChild(bundle: string, directory: string, job: Job, {blocks, user}: ChildOptions = {}) {
  const node = [
    process.execPath,
    join(dirname(bundle), 'store-child.mjs'),
    bundle,
    directory,
    JSON.stringify(job),
  ];
  const [file, ...args] =
    blocks === undefined ? node : ['sh', '-c', `ulimit -f ${blocks} && exec "$@"`, 'sh', ...node];
  return execa(file ?? '', args, {
    reject: false,
    env: {NODE_NO_WARNINGS: '1'},
    cwd: '/',
    ...(user && {uid: user, gid: user}),
  });
}
