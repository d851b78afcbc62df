#!/usr/bin/env node
// CommonJS (see package.json beside it): Node's loader of ES modules takes longer to start than a version to print.
const {existsSync, readFileSync} = require('node:fs');
const {join} = require('node:path');

/** The text of what needs no program: made by the build, or undefined. */
function snapshot([word, ...more]) {
  if (more.length > 0) return undefined;
  if (word === '--version' || word === '-V') return `${require('../package.json').version}\n`;
  if ((word === '--help' || word === '-h' || word === 'help') && !isNarrow()) {
    return readFileSync(join(__dirname, '../dist/help.txt'), 'utf8');
  }
  return undefined;
}

/** The snapshot has 80 columns. `COLUMNS` wins, as it does for tables; a pipe is as wide as one likes. */
function isNarrow() {
  const {COLUMNS = ''} = process.env;
  const width = (/^\d{1,4}$/.test(COLUMNS) && Number(COLUMNS)) || process.stdout.columns;
  return width < 80;
}

async function run() {
  process.env.NODE_ENV ??= 'production'; // React and Ink load their small builds
  const bundle = join(__dirname, '../dist');
  const {compiledFor, loader} = require('./load.js');
  const compiled = compiledFor(bundle);
  let load = require;
  if (existsSync(compiled)) load = loader(bundle, compiled);
  else require('node:module').enableCompileCache?.(); // Node 22 and later
  process.exitCode = await load(join(bundle, 'main.js')).main();
  // After Ctrl-C, what is still to be read or written is of no interest to anybody, and would keep the process.
  if (process.exitCode === 130) process.exit();
}

const text = snapshot(process.argv.slice(2));
if (text === undefined) {
  run();
} else {
  process.stdout.on('error', () => {}); // a closed pipe is no error
  process.stdout.write(text);
}
