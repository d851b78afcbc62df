// The fault laboratory on demand: npm run test:faults -- [--seed N] [--runs N]. Bundled first, for TypeScript's sake.
import {build} from 'esbuild';

await build({
  entryPoints: ['test/faults/main.ts'],
  outfile: 'build/faults.js',
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'error',
});
process.setSourceMapsEnabled(true);
const {main} = await import('../../build/faults.js');
process.exitCode = await main(process.argv.slice(2), text => process.stdout.write(text));
