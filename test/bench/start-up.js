// Start-up: what it takes to print a version, a report, the first table; and how many requests the bill of a month takes.
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {bundleInk} from './ink-floor.js';
import {expect, measure} from './measure.js';
import {asJson, isReport} from './reports.js';
import {ratio} from './rows.js';

const NODE = process.execPath;
const USAGE = [NODE, 'bin/usage.js'];
const REPORT = [...USAGE, 'report', '--group-by', 'project'];

const isTable = ({stdout}) => expect(stdout.includes('Total') && stdout.includes('\u001b['), 'the table');
/** In a terminal, made by `script` of util-linux. */
const inTerminal = words => ['script', '-qec', words.map(word => `'${word}'`).join(' '), '/dev/null'];

/** @param lab folder, server, env (no delay), hasTerminal, peers, runs */
export async function startUp({folder, server, env, hasTerminal, peers, runs}) {
  await server.take();
  asJson([...REPORT, '--json'], env);
  const {requests} = await server.take();
  const file = join(folder, 'report-requests.json');
  writeFileSync(
    file,
    JSON.stringify(requests.map(({path, authorization}) => ({url: server.url + path, authorization}))),
  );
  const bareHttp = new URL('floors/http.cjs', import.meta.url).pathname;
  const ink = await bundleInk(folder);
  const commands = [
    {name: 'node', run: [NODE, '-e', '0'], env},
    {
      name: 'version',
      run: [...USAGE, '--version'],
      env,
      check: ({stdout}) => expect(/^\d+\.\d/.test(stdout), 'version'),
    },
    {
      name: 'help',
      run: [...USAGE, '--help'],
      env,
      check: ({stdout}) => expect(stdout.startsWith('Usage: '), 'help'),
    },
    {name: 'json', run: [...REPORT, '--json'], env, check: isReport},
    {
      name: 'bare http',
      run: [NODE, bareHttp, file, String(requests.length)],
      env,
      check: ({stdout}) => expect(Number(stdout) > 0, 'bare http'),
    },
    {
      name: 'bare ink',
      run: [NODE, ink],
      env,
      check: ({stdout}) => expect(stdout.includes('one line'), 'Ink'),
    },
  ];
  const terminal = [
    {name: 'node in a terminal', run: inTerminal([NODE, '-e', '0']), env},
    {name: 'bare ink in a terminal', run: inTerminal([NODE, ink]), env},
    {name: 'table', run: inTerminal(REPORT), env, check: isTable},
  ];
  const others = peers.flatMap(peer => peer.starts(env));
  const times = await measure([...commands, ...(hasTerminal ? terminal : []), ...others], runs);
  const to = (name, base = 'node') => ratio(times.get(name), times.get(base), 'node');
  const floor = (text, name, base) => `${text} ${to(name, base).text}`;
  const against = others.filter(({of}) => of === 'version').map(({name}) => `${name} ${to(name).text}`);
  return [
    {what: '`--version`', ...to('version'), goal: 1.15, floor: ['`node -e 0` 1 ×', ...against].join('; ')},
    {what: '`--help`', ...to('help'), goal: 1.15, floor: '`node -e 0` 1 ×'},
    {
      what: `report of three providers, JSON, ${requests.length} requests to loopback`,
      ...to('json'),
      goal: 1.8,
      floor: [
        floor('bare node:http, the same requests and JSON.parse', 'bare http'),
        ...others.filter(({of}) => of === 'json').map(({name}) => floor(name, name)),
      ].join('; '),
    },
    hasTerminal
      ? {
          what: 'the same as the first table on a terminal (Ink)',
          ...to('table', 'node in a terminal'),
          goal: 3,
          floor: floor('bare Ink drawing one line', 'bare ink in a terminal', 'node in a terminal'),
        }
      : {what: 'first table on a terminal (Ink)', text: 'not measured: there is no `script` here', range: ''},
  ];
}
