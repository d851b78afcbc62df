// Bundles floors/ink.js the way the tool itself is bundled, without its compiled code. Gives the path of the program.
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {build} from 'esbuild';
import * as plugins from '../../scripts/plugins.js';
import {here} from './child.js';

export async function bundleInk(folder) {
  const outfile = join(folder, 'ink', 'ink.cjs');
  await build({
    entryPoints: [here('floors/ink.js')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    minify: true,
    plugins: Object.values(plugins),
    define: {'process.env.NODE_ENV': '"production"'},
    logLevel: 'error',
  });
  await mkdir(join(folder, 'ink'), {recursive: true});
  await writeFile(join(folder, 'ink', 'yoga.wasm'), await readFile('dist/chunks/yoga.wasm'));
  return outfile;
}
