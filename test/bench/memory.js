// Peak memory of a million rows, and whether the figures are right.
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {startServer, time} from './child.js';
import {costText, DAYS, LINE_ITEMS, PROJECTS, totalText} from './million-rows.js';

const HOOK = fileURLToPath(new URL('max-rss.js', import.meta.url));
const COSTS = [
  'costs',
  '--from',
  '2024-01-01',
  '--to',
  '2026-09-26',
  '--group-by',
  'project,line-item',
  '--csv',
];

/** Runs the two reports; each gives its name, bytes at the peak, and milliseconds. Throws if a figure is wrong. */
export async function measureMemory(folder, env) {
  const server = await startServer('million.js');
  try {
    const file = join(folder, 'max-rss');
    const all = {...env, OPENAI_ADMIN_KEY: 'bench', OPENAI_BASE_URL: server.url, MAX_RSS_FILE: file};
    const run = async (name, flags, check) => {
      const ran = time([process.execPath, '--import', HOOK, 'bin/usage.js', ...COSTS, ...flags], all);
      if (ran.status !== 0) throw new Error(`${name} did not work: exit ${ran.status}\n${ran.stderr}`);
      check(ran.stdout.trimEnd().split('\n').slice(1));
      return {name, bytes: Number(await readFile(file, 'utf8')) * 1_024, took: ran.took};
    };
    return [
      await run('a million rows to 1,000 groups, CSV', [], checkGroups),
      await run('a million rows to a million, CSV', ['--bucket', 'day'], checkDays),
    ];
  } finally {
    server.stop();
  }
}

function checkGroups(lines) {
  if (lines.length !== PROJECTS.length * LINE_ITEMS.length) throw new Error(`${lines.length} groups`);
  const costs = new Set(lines.map(line => line.split(',').at(-2)));
  for (const [project, item] of [
    [0, 0],
    [17, 3],
    [39, 24],
  ])
    expectCost(costs, totalText(project, item));
}

function checkDays(lines) {
  if (lines.length !== DAYS * PROJECTS.length * LINE_ITEMS.length) throw new Error(`${lines.length} rows`);
  const costs = new Set(lines.map(line => line.split(',').at(-2)));
  for (const [day, project, item] of [
    [0, 0, 0],
    [500, 17, 3],
    [999, 39, 24],
  ])
    expectCost(costs, costText(day, project, item));
}

function expectCost(costs, cost) {
  if (!costs.has(cost)) throw new Error(`no row has the cost ${cost}`);
}
