// Bundles src into dist: one entry, lazy chunks, what V8 compiled of them, and the licences of all that is bundled.
import {execFile} from 'node:child_process';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname} from 'node:path';
import {promisify} from 'node:util';
import {build, transform} from 'esbuild';
import {thirdPartyNotices} from './notices.js';
import * as plugins from './plugins.js';

const {version} = JSON.parse(await readFile('package.json', 'utf8'));
const target = 'node20.18';
const run = promisify(execFile);

const shared = {
  bundle: true,
  platform: 'node',
  target,
  minify: true,
  keepNames: false,
  legalComments: 'none',
  plugins: Object.values(plugins),
  define: {VERSION: JSON.stringify(version), 'process.env.NODE_ENV': '"production"'},
};

/** bin/load.js reads ASCII, which is fastest; esbuild escapes everything but regular expressions. */
const inAscii = code =>
  code.replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

await rm('dist', {recursive: true, force: true});
await rm('build', {recursive: true, force: true});
const {metafile, outputFiles} = await build({
  ...shared,
  entryPoints: ['src/main.ts', 'src/index.ts'],
  outdir: 'dist',
  splitting: true, // which esbuild does for ES modules only
  format: 'esm',
  chunkNames: 'chunks/[name]-[hash]',
  metafile: true,
  write: false,
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
  await writeFile(path, inAscii(code));
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

// The manual, from the same texts; what makes it is not shipped.
await build({...shared, entryPoints: ['src/cli/manual.ts'], outfile: 'build/manual.cjs', format: 'cjs'});
const {manualPage} = createRequire(import.meta.url)('../build/manual.cjs');
await mkdir('man', {recursive: true});
await writeFile('man/usage.1', await manualPage(version));

// The types of the library: one file, which must stand alone.
await run(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'scripts/types.json']);
const types = await readFile('build/types/index.d.ts', 'utf8');
if (/\bfrom\s+['"]|\bimport\(/.test(types))
  throw new Error('src/index.ts gives away types from elsewhere, which are not shipped');
await writeFile('dist/index.d.ts', types);

// What V8 compiles of the bundle; without it everything works, slower.
await run(process.execPath, ['scripts/compile.js'], {
  env: {PATH: process.env.PATH, NODE_ENV: 'production'},
  maxBuffer: 100 * 1024 * 1024,
});
