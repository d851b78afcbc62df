// Throughput: a million rows added up, whether that stays linear, and what it keeps in memory. Every figure is checked.
import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {here, isThere} from './child.js';
import {expect, measure} from './measure.js';
import {costText, DAYS, LINE_ITEMS, PROJECTS, totalText} from './million-rows.js';
import {asJson} from './reports.js';
import {milliseconds, ratio} from './rows.js';

const NODE = process.execPath;
const MB = 1_000_000;
const GROUPS = PROJECTS.length * LINE_ITEMS.length;
/** The sums by project and line item, as a user of jq would write them; in doubles. */
const JQ =
  'reduce (inputs.data[].results[]) as $row ({}; .[$row.project_id + $row.line_item] += $row.amount.value) | length';

/** Last day of a window of so many days. */
const lastOf = days => new Date(Date.UTC(2024, 0, days)).toISOString().slice(0, 10);
const costs = days => [
  'bin/usage.js',
  'costs',
  '--from',
  '2024-01-01',
  '--to',
  lastOf(days),
  '--group-by',
  'project,line-item',
];

/** @param lab folder, bare (an environment without accounts), million (the server of a million rows), rounds */
export async function throughput({folder, bare, million: server, rounds}) {
  const pages = join(folder, 'pages');
  const peak = join(folder, 'max-rss');
  const env = {...bare, OPENAI_ADMIN_KEY: 'bench', OPENAI_BASE_URL: server.url, MAX_RSS_FILE: peak};
  const node = [NODE, '--import', here('max-rss.js')];
  const csv = (name, days, flags, check) => ({
    name,
    run: [...node, ...costs(days), '--csv', ...flags],
    env,
    check(ran) {
      check(ran.stdout.trimEnd().split('\n').slice(1));
      return Number(readFileSync(peak, 'utf8')) * 1_024;
    },
  });
  await server.take();
  asJson([NODE, ...costs(DAYS), '--json'], env);
  const {requests} = await server.take();
  const file = join(folder, 'million-requests.json');
  writeFileSync(
    file,
    JSON.stringify(requests.map(({path}) => ({url: server.url + path, authorization: ''}))),
  );
  const files = readdirSync(pages).map(name => join(pages, name));
  const total = files.reduce((sum, path) => sum + statSync(path).size, 0);
  const bytes = ({stdout}) => expect(Number(stdout) >= total, 'bytes parsed');
  const hasJq = isThere(['jq', '--version'], bare);
  const commands = [
    csv('million', DAYS, [], checkGroups(DAYS)),
    {name: 'parse', run: [NODE, here('floors/parse.cjs'), pages], env: bare, check: bytes},
    {name: 'fetch and parse', run: [NODE, here('floors/http.cjs'), file, '6'], env: bare, check: bytes},
    csv('tenth', DAYS / 10, [], checkGroups(DAYS / 10)),
    csv('ten days', 10, ['--bucket', 'day'], checkDays(10)),
    csv('hundred days', 100, ['--bucket', 'day'], checkDays(100)),
    ...(hasJq
      ? [
          {
            name: 'jq',
            run: ['jq', '-n', JQ, ...files],
            env: bare,
            check: ({stdout}) => expect(Number(stdout) === GROUPS, 'jq'),
          },
        ]
      : []),
  ];
  const times = await measure(commands, rounds, 0);
  const memory = name => Math.max(...times.get(name).kept) / MB;
  const grown = (name, base) => {
    const value = times.get(name).median / times.get(base).median;
    return {value, text: `${value.toFixed(1)} × the time`, range: milliseconds(times.get(name)), goal: 11};
  };
  const faster = hasJq && times.get('jq').median / times.get('million').median;
  return [
    {
      what: `1,000,000 rows (${(total / MB).toFixed(0)} MB) → project × line item → CSV`,
      ...ratio(times.get('million'), times.get('parse'), '`JSON.parse`'),
      goal: 2,
      floor: `\`JSON.parse\` over the same bytes ${milliseconds(times.get('parse'))}; fetched by bare node:http and parsed ${ratio(times.get('fetch and parse'), times.get('parse'), '').text.trim()}`,
    },
    ...(hasJq
      ? [
          {
            what: 'the same, against jq doing the same sums',
            value: faster,
            text: `${faster.toFixed(1)} × as fast`,
            goal: 5,
            atLeast: true,
            floor: `jq ${milliseconds(times.get('jq'))}, in doubles, from files`,
          },
        ]
      : [{what: 'the same, against jq', text: 'not measured: there is no jq here'}]),
    {
      what: 'the same, peak memory',
      value: memory('million'),
      text: `${memory('million').toFixed(0)} MB`,
      goal: 200,
      floor: `100,000 rows ${memory('tenth').toFixed(0)} MB`,
    },
    {
      what: '100,000 → 1,000,000 rows',
      ...grown('million', 'tenth'),
      floor: `100,000 rows ${milliseconds(times.get('tenth'))}`,
    },
    {
      what: '10 → 100 daily buckets of 1,000 rows, each a line of CSV',
      ...grown('hundred days', 'ten days'),
      floor: `10 buckets ${milliseconds(times.get('ten days'))}`,
    },
  ];
}

/** The cost of each line, which is the last but one of its values. */
const costsOf = lines => new Set(lines.map(line => line.split(',').at(-2)));

const checkGroups = days => lines => {
  expect(lines.length === GROUPS, `${lines.length} groups`);
  const found = costsOf(lines);
  for (const [project, item] of [
    [0, 0],
    [17, 3],
    [39, 24],
  ])
    expect(found.has(totalText(project, item, days)), `no group has ${totalText(project, item, days)}`);
};

const checkDays = days => lines => {
  expect(lines.length === days * GROUPS, `${lines.length} rows`);
  const found = costsOf(lines);
  for (const [day, project, item] of [
    [0, 0, 0],
    [5, 17, 3],
    [days - 1, 39, 24],
  ])
    expect(found.has(costText(day, project, item)), `no row has ${costText(day, project, item)}`);
};
