// npm run bench [-- --runs N] [--peers] [--markdown]: see README.md beside this. Never fails for being slow; only for a
// command that does not work or a figure that is wrong.
import {mkdtemp, rm} from 'node:fs/promises';
import {cpus, tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {isThere, startServer, time} from './child.js';
import {focus} from './focus.js';
import {installPeers} from './peers.js';
import {markdown, plain} from './rows.js';
import {size} from './size.js';
import {startUp} from './start-up.js';
import {throughput} from './throughput.js';
import {countRequests, waiting} from './waiting.js';
import {writers} from './writers.js';

const NOW = '2026-11-22T09:00:00Z';
const DELAY = 150;
const ENV_NAMES = {
  openai: {secret: 'OPENAI_ADMIN_KEY', base: 'OPENAI_BASE_URL', organization: 'OPENAI_ORG_ID'},
  ionq: {secret: 'IONQ_API_KEY', base: 'IONQ_BASE_URL', organization: 'IONQ_ORGANIZATION_ID'},
  miosa: {secret: 'MIOSA_API_KEY', base: 'MIOSA_BASE_URL', tenant: 'MIOSA_TENANT'},
};

const {values: flags} = parseArgs({
  options: {
    runs: {type: 'string', default: '15'},
    peers: {type: 'boolean', default: false},
    markdown: {type: 'boolean', default: false},
  },
});
if (!/^[1-9]\d*$/.test(flags.runs)) throw new Error('--runs takes a whole number from 1 on');
const runs = Number(flags.runs);
/** What takes seconds is run less often. */
const rounds = Math.ceil(runs / 5);

const folder = await mkdtemp(join(tmpdir(), 'usage-bench-'));
const bare = {
  PATH: process.env.PATH,
  HOME: folder,
  USAGE_CONFIG_DIR: join(folder, 'none'),
  USAGE_NOW: NOW,
  COLUMNS: '120',
  TERM: 'xterm-256color',
};
const server = await startServer('server.js', folder, NOW);
let million;
try {
  const fast = {...bare, ...accounts(0)};
  const slow = {...bare, ...accounts(DELAY)};
  const two = {...slow, USAGE_CONFIG_DIR: join(folder, 'store')};
  time([process.execPath, 'bin/usage.js', 'auth', 'login', 'openai', '--name', 'second'], {
    env: {...two, OPENAI_BASE_URL: fast.OPENAI_BASE_URL, OPENAI_ADMIN_KEY: ''},
    input: `${two.OPENAI_ADMIN_KEY}\n`,
  });
  const {peers, said} = flags.peers ? installPeers(folder, fast) : {peers: [], said: []};
  million = await startServer('million.js', join(folder, 'pages'));
  const hasTerminal = isThere(['script', '-qec', 'true', '/dev/null'], bare);
  const lines = [
    ...(await startUp({folder, server, env: fast, hasTerminal, peers, runs})),
    ...(await countRequests({server, env: fast, peers})),
    ...(await waiting({folder, server, fast, slow, two, delay: DELAY, peers, rounds})),
    ...(await throughput({folder, bare, million, rounds})),
    ...(await focus({folder, bare, million, rounds})),
    ...(await writers({folder, rounds})),
    ...size({env: bare, peers}),
  ];
  for (const sentence of said) console.error(sentence);
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} cores, Node ${process.version}`;
  console.log(
    `Measured on ${date}, ${machine}, medians of ${runs} interleaved runs (${rounds} where a run takes seconds).\n`,
  );
  console.log(flags.markdown ? markdown(lines) : plain(lines));
} finally {
  server.stop();
  million?.stop();
  await rm(folder, {recursive: true, force: true});
}

/** The environment of all three accounts, with so many milliseconds before every answer. */
function accounts(delay) {
  return Object.fromEntries(
    server.accounts.flatMap(({provider, path, secret, settings}) => [
      [ENV_NAMES[provider].secret, secret],
      [ENV_NAMES[provider].base, `${server.url}/${delay}${path}`],
      ...Object.entries(settings).map(([name, value]) => [ENV_NAMES[provider][name], value]),
    ]),
  );
}
