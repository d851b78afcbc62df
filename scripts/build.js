// Bundles src into dist: one entry, lazy chunks, and the licences of everything that is bundled.
import {readFile, rm, writeFile} from 'node:fs/promises';
import {build} from 'esbuild';
import {thirdPartyNotices} from './notices.js';

const {version} = JSON.parse(await readFile('package.json', 'utf8'));

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
  define: {VERSION: JSON.stringify(version), 'process.env.NODE_ENV': '"production"'},
  // Ink loads them only when DEV is set: React's developer tools and their socket.
  alias: {'react-devtools-core': './scripts/empty.js', ws: './scripts/empty.js'},
  // CommonJS packages in an ES module bundle need a require of their own.
  banner: {js: "import {createRequire as __r} from 'node:module';const require=__r(import.meta.url);"},
});
await writeFile('dist/THIRD_PARTY_NOTICES.txt', await thirdPartyNotices(metafile));
