// npm run bench [-- --runs N]: start-up, waiting, memory and size, beside their goals. Never fails for being slow;
// only for a command that does not work or a figure that is wrong.
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {startServer, time} from './child.js';
import {commands} from './commands.js';
import {measureFocus} from './focus.js';
import {measure} from './measure.js';
import {measureMemory} from './memory.js';
import {goals, printTable} from './table.js';

const NOW = '2026-11-22T09:00:00Z';
const DELAY = 150;
const ENV_NAMES = {
  openai: {secret: 'OPENAI_ADMIN_KEY', base: 'OPENAI_BASE_URL', organization: 'OPENAI_ORG_ID'},
  ionq: {secret: 'IONQ_API_KEY', base: 'IONQ_BASE_URL', organization: 'IONQ_ORGANIZATION_ID'},
  miosa: {secret: 'MIOSA_API_KEY', base: 'MIOSA_BASE_URL', tenant: 'MIOSA_TENANT'},
};

const {runs} = parseArgs({options: {runs: {type: 'string', default: '15'}}}).values;
if (!/^[1-9]\d*$/.test(runs)) throw new Error('--runs takes a whole number from 1 on');

const folder = await mkdtemp(join(tmpdir(), 'usage-bench-'));
const env = {PATH: process.env.PATH, HOME: folder, USAGE_NOW: NOW, COLUMNS: '120', TERM: 'xterm-256color'};
const server = await startServer('server.js', folder, NOW);
try {
  const accounts = delay =>
    Object.fromEntries(
      server.accounts.flatMap(({provider, path, secret, settings}) => [
        [ENV_NAMES[provider].secret, secret],
        [ENV_NAMES[provider].base, `${server.url}/${delay}${path}`],
        ...Object.entries(settings).map(([name, value]) => [ENV_NAMES[provider][name], value]),
      ]),
    );
  const list = commands({
    fast: {...env, ...accounts(0)},
    slow: {...env, ...accounts(DELAY)},
    hasTerminal: hasScript(),
  });
  const times = measure(list, Number(runs));
  const memory = await measureMemory(folder, env);
  const focus = await measureFocus(folder, env);
  console.log(`Node ${process.version}, ${runs} runs in turns\n`);
  printTable(goals({times, memory, focus, packed: packedSize(), delay: DELAY}));
} finally {
  server.stop();
  await rm(folder, {recursive: true, force: true});
}

/** Only util-linux's `script` takes a command this way. */
function hasScript() {
  try {
    return time(['script', '--version'], env).stdout.includes('util-linux');
  } catch {
    return false;
  }
}

/** Bytes of the package as it would be published. */
function packedSize() {
  const {status, stdout, stderr} = time(['npm', 'pack', '--dry-run', '--json', '--ignore-scripts'], env);
  if (status !== 0) throw new Error(`npm pack did not work:\n${stderr}`);
  return JSON.parse(stdout)[0].size;
}
