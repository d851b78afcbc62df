// What people would use instead, installed into a temporary folder from the npm registry: only with --peers.
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {here, time} from './child.js';
import {expect} from './measure.js';

const NODE = process.execPath;
/** Dates of their own, since they read the clock of the machine. */
const MONTH = ['--from', '2026-10-24', '--to', '2026-11-23'];

const PEERS = [
  {name: 'ccusage 20', spec: 'ccusage@20', bin: 'ccusage/src/cli.js'},
  {name: 'llm-cost-cli 0.2', spec: 'llm-cost-cli@0.2.1', bin: 'llm-cost-cli/dist/index.mjs', asks: true},
  {name: 'llm-usage-metrics 0.8', spec: 'llm-usage-metrics@0.8.0', bin: 'llm-usage-metrics/dist/index.js'},
  {name: 'openai 7', spec: 'openai@7', sdk: true},
];

/** Installs the peers; `said` holds a sentence for each that cannot take part. */
export function installPeers(folder, env) {
  const peers = [];
  const said = [];
  for (const peer of PEERS) {
    const home = join(folder, 'peers', peer.name.replace(/\W+/g, '-'));
    try {
      mkdirSync(home, {recursive: true});
      writeFileSync(join(home, 'package.json'), '{"private": true}\n');
      const flags = [
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--fetch-retries=1',
        '--fetch-timeout=20000',
      ];
      time(['npm', 'install', ...flags, peer.spec], {env: installEnv(home), cwd: home});
    } catch (error) {
      said.push(
        `${peer.name} could not be installed: ${
          String(error.message)
            .split('\n')
            .find(line => /npm error/.test(line)) ?? error.message
        }`,
      );
      continue;
    }
    const modules = join(home, 'node_modules');
    const bin = peer.bin && join(modules, peer.bin);
    if (bin) {
      try {
        time([NODE, bin, '--version'], {env});
      } catch (error) {
        said.push(`${peer.name} does not run here: ${String(error.message).split('\n')[1]}`);
        continue;
      }
    }
    peers.push({...peer, ...weigh(modules), ...partOf(peer, modules, bin)});
  }
  return {peers, said};
}

/** Without what an outer npm tells an inner one: it would install into the project that we are in. */
const installEnv = home => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_(local_)?prefix|package)|^INIT_CWD$/.test(name),
    ),
  ),
  PWD: home,
});

/** What a peer can be measured by. */
function partOf({name, asks, sdk}, modules, bin) {
  const redirect = ['--import', here('redirect.js')];
  const asked = {
    month: Object.assign(() => [NODE, ...redirect, bin, 'cost', '--provider', 'openai', ...MONTH, '--json'], {
      env: envOf,
    }),
  };
  const starts = env => [
    ...(bin ? [{name, of: 'version', run: [NODE, bin, '--version'], env}] : []),
    ...(asks
      ? [
          {
            name: `${name}, JSON of OpenAI's costs alone`,
            of: 'json',
            run: asked.month(),
            env: envOf(env),
            check: ({stdout}) => expect(JSON.parse(stdout).length > 0, name),
          },
        ]
      : []),
  ];
  const year = ({env, requests}) => [
    {
      name: `${name}, one after the other`,
      run: [NODE, here('sdk.js'), join(modules, 'openai', 'index.mjs')],
      env: {
        ...env,
        SDK_KEY: requests[0].authorization.replace('Bearer ', ''),
        SDK_BASE: requests[0].url.replace(/\/organization.*/, ''),
      },
      check: ({stdout}) => expect(Number(stdout) > 0, name),
    },
  ];
  return {starts: sdk ? () => [] : starts, ...(asks ? asked : {}), ...(sdk ? {year} : {})};
}

/** Where redirect.js sends what goes to api.openai.com. */
function envOf(env) {
  return {
    ...env,
    LLM_COST_OPENAI_API_KEY: env.OPENAI_ADMIN_KEY,
    REDIRECT_TO: env.OPENAI_BASE_URL.replace(/\/v1$/, ''),
  };
}

function weigh(modules) {
  let packages = 0;
  let bytes = 0;
  for (const path of readdirSync(modules, {recursive: true})) {
    const file = join(modules, path);
    const info = statSync(file, {throwIfNoEntry: false});
    if (!info?.isFile() || path.startsWith('.')) continue;
    bytes += info.size;
    if (
      /(^|node_modules\/)(@[^/]+\/)?[^/]+\/package\.json$/.test(path) &&
      JSON.parse(readFileSync(file, 'utf8')).version
    )
      packages++;
  }
  return {packages, bytes};
}
