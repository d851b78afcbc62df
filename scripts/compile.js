// Runs the bundle on the demo and keeps what V8 compiled on the way, for bin/load.js.
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join, relative, resolve} from 'node:path';
import {compiledFor, compiledName, loader} from '../bin/load.js';

const RUNS = [
  ['report', '--group-by', 'project', '--demo', '--json'],
  ['report', '--demo'],
  ['usage', '--demo', '--csv', '--quiet'],
  ['costs', '--demo', '--bucket', 'day', '--format', 'table'],
  ['__complete', 'bash', 'usage costs --period ', ''],
];

process.env.FORCE_COLOR = '1'; // a table in a pipe is then drawn as on a terminal
const bundle = resolve('dist');
const scripts = new Map();
const load = loader(bundle, compiledFor(bundle), (path, script) => scripts.set(path, script));
const {main} = load(join(bundle, 'main.js'));

for (const words of RUNS) {
  process.argv = [process.execPath, 'usage', ...words];
  const code = await main();
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`);
}
// The demo can wait for a compiler: nobody's cron asks it.
const {outputs} = JSON.parse(await readFile('build/meta.json', 'utf8'));
const isDemo = path => outputs[relative('.', path)]?.entryPoint === 'src/demo/server.ts';
const folder = compiledFor(bundle);
await mkdir(folder, {recursive: true});
for (const [path, script] of [...scripts].filter(([path]) => !isDemo(path)))
  await writeFile(join(folder, compiledName(bundle, path)), script.createCachedData());
