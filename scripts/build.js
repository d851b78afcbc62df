// Bundles src into dist: one entry, lazy chunks, and the licences of everything that is bundled.
import {execFile} from 'node:child_process';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {resolve} from 'node:path';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {thirdPartyNotices} from './notices.js';

const {version} = JSON.parse(await readFile('package.json', 'utf8'));

/** Only HTTP/1.1 is spoken, and merely loading undici's other half takes Node's http2 along (13 ms on Node 20). */
const withoutHttp2 = {
  name: 'without-http2',
  setup({onResolve}) {
    onResolve({filter: /\/client-h2(\.js)?$/}, () => ({path: resolve('scripts/empty.js')}));
  },
};

await rm('dist', {recursive: true, force: true});
const {metafile} = await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.18',
  minify: true,
  keepNames: false,
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  metafile: true,
  plugins: [withoutHttp2],
  define: {VERSION: JSON.stringify(version), 'process.env.NODE_ENV': '"production"'},
  // Ink loads them only when DEV is set: React's developer tools and their socket.
  alias: {'react-devtools-core': './scripts/empty.js', ws: './scripts/empty.js'},
  // CommonJS packages in an ES module bundle need a require of their own.
  banner: {js: "import {createRequire as __r} from 'node:module';const require=__r(import.meta.url);"},
});
await writeFile('dist/THIRD_PARTY_NOTICES.txt', await thirdPartyNotices(metafile));
// Which file holds what: not shipped, read by test/e2e/modules.test.ts.
await mkdir('build', {recursive: true});
await writeFile('build/meta.json', JSON.stringify(metafile));

// What `usage --help` prints, so that it need not be made anew each time.
const printHelp = "import('./dist/main.js').then(({main}) => main())";
const {stdout} = await promisify(execFile)(process.execPath, ['-e', printHelp, '--', 'usage', 'help'], {
  env: {...process.env, COLUMNS: '80', NODE_ENV: 'production'},
});
await writeFile('dist/help.txt', stdout);
