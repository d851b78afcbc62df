// Bundles src into dist: one entry, lazy chunks, what V8 compiled of them, and the licences of all that is bundled.
import {execFile} from 'node:child_process';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {promisify} from 'node:util';
import {build, transform} from 'esbuild';
import {thirdPartyNotices} from './notices.js';
import * as plugins from './plugins.js';

const {version} = JSON.parse(await readFile('package.json', 'utf8'));
const target = 'node20.18';
const run = promisify(execFile);

await rm('dist', {recursive: true, force: true});
const {metafile, outputFiles} = await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true, // which esbuild does for ES modules only
  format: 'esm',
  platform: 'node',
  target,
  minify: true,
  keepNames: false,
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  metafile: true,
  write: false,
  plugins: Object.values(plugins),
  define: {VERSION: JSON.stringify(version), 'process.env.NODE_ENV': '"production"'},
});
// CommonJS, since only its loader takes code that V8 has compiled before, on Node 20.
for (const {path, text} of outputFiles) {
  const {code} = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target,
    minify: true,
    supported: {'dynamic-import': false},
  });
  await mkdir(dirname(path), {recursive: true});
  await writeFile(path, code);
}
await writeFile('dist/package.json', '{"type": "commonjs"}\n');
await writeFile('dist/THIRD_PARTY_NOTICES.txt', await thirdPartyNotices(metafile));
// Which file holds what: not shipped, read by test/e2e/modules.test.ts.
await mkdir('build', {recursive: true});
await writeFile('build/meta.json', JSON.stringify(metafile));

// What `usage --help` prints, so that it need not be made anew each time.
const printHelp = "require('./dist/main.js').main()";
const {stdout} = await run(process.execPath, ['-e', printHelp, '--', 'usage', 'help'], {
  env: {...process.env, COLUMNS: '80', NODE_ENV: 'production'},
});
await writeFile('dist/help.txt', stdout);
// What V8 compiles of the bundle; without it everything works, slower.
await run(process.execPath, ['scripts/compile.js'], {
  env: {PATH: process.env.PATH, NODE_ENV: 'production'},
  maxBuffer: 100 * 1024 * 1024,
});
