// Waiting: how many requests a question takes, and how long while every answer is held back.
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {here, time} from './child.js';
import {expect, measure} from './measure.js';
import {asJson, isReport} from './reports.js';
import {milliseconds} from './rows.js';

const NODE = process.execPath;
const USAGE = [NODE, 'bin/usage.js'];
const MONTH = [...USAGE, 'costs', '--provider', 'openai', '--period', '30d', '--json'];
const YEAR = [...USAGE, 'usage', '--provider', 'openai', '--period', '365d', '--bucket', 'day', '--json'];
const PROVIDERS = ['openai', 'ionq', 'miosa'];

/** How many requests a month of bills takes. */
export async function countRequests({server, env, peers}) {
  const count = async run => {
    await server.take();
    await run();
    return (await server.take()).requests.length;
  };
  const ours = await count(() => asJson(MONTH, env));
  const others = [];
  for (const {name, month} of peers)
    if (month)
      others.push(`${name} ${await count(() => time(month(env, server), {env: month.env(env, server)}))}`);
  return [
    {
      what: '30 days of OpenAI costs',
      value: ours,
      text: `${ours} request${ours === 1 ? '' : 's'}`,
      goal: 1,
      floor: others.join('; '),
    },
  ];
}

/**
 * A year of usage, and several accounts at once, with so many milliseconds before every answer.
 * @param lab folder, server, slow and fast (environments), delay, peers, rounds
 */
export async function waiting({folder, server, fast, slow, two, delay, peers, rounds}) {
  await server.take();
  asJson(YEAR, slow);
  const {requests} = await server.take();
  const file = join(folder, 'year-requests.json');
  const urls = requests.map(({path, authorization}) => ({url: server.url + path, authorization}));
  writeFileSync(file, JSON.stringify(urls));
  const check = accounts => ran => isReport(ran, accounts);
  const report = provider => [...USAGE, 'report', '--period', '2026', '--json', '--provider', provider];
  // What earlier commands had open at once is none of its business.
  const counted = {
    before: () => server.take(),
    check: async ran => {
      check(1)(ran);
      return (await server.take()).most;
    },
  };
  const commands = [
    {name: 'year', run: YEAR, env: slow, ...counted},
    {name: 'year without waiting', run: YEAR, env: fast, check: check(1)},
    {name: 'year, 32', run: [...YEAR, '--concurrency', '32'], env: slow, ...counted},
    {name: 'year, 32, without waiting', run: [...YEAR, '--concurrency', '32'], env: fast, check: check(1)},
    {
      name: 'sequential',
      run: [NODE, here('floors/http.cjs'), file, '1'],
      env: slow,
      check: ({stdout}) => expect(Number(stdout) > 0, 'sequential'),
    },
    ...PROVIDERS.map(name => ({name, run: report(name), env: slow, check: check(1)})),
    {name: 'all', run: report(PROVIDERS.join(',')), env: slow, check: check(3)},
    {name: 'two accounts', run: YEAR, env: two, check: check(2)},
    ...peers.flatMap(peer => peer.year?.({env: slow, requests: urls}) ?? []),
  ];
  const times = await measure(commands, rounds, 0);
  const part = (name, base) => times.get(name).median / times.get(base).median;
  const sdk = times.get('openai 7, one after the other');
  const slowest = PROVIDERS.reduce((a, b) => (times.get(a).median > times.get(b).median ? a : b));
  const trips = (times.get('year, 32').median - times.get('year, 32, without waiting').median) / delay;
  const more = (name, base) => {
    const value = (part(name, base) - 1) * 100;
    return {
      value,
      text: `${value >= 0 ? '+' : ''}${value.toFixed(1)} %`,
      range: milliseconds(times.get(name)),
      goal: 5,
    };
  };
  const sequential = part('year', 'sequential');
  return [
    {
      what: `a year of all kinds of OpenAI usage by day, ${requests.length} requests of ${delay} ms, ${Math.max(...times.get('year').kept)} at a time`,
      value: sequential,
      text: `1/${(1 / sequential).toFixed(1)} of one after the other`,
      range: milliseconds(times.get('year')),
      goal: 1 / 7,
      floor: [
        `bare node:http, one after the other ${milliseconds(times.get('sequential'))}`,
        ...(sdk ? [`openai 7, one after the other ${milliseconds(sdk)}`] : []),
        `${Math.ceil(requests.length / 8)} round trips are ${Math.ceil(requests.length / 8) * delay} ms`,
      ].join('; '),
      goalText: '1/7',
    },
    {
      what: `the same with \`--concurrency 32\`, ${Math.max(...times.get('year, 32').kept)} at a time`,
      value: trips,
      text: `start-up + ${trips.toFixed(1)} round trips`,
      range: milliseconds(times.get('year, 32')),
      goal: 5,
      floor: `${Math.ceil(requests.length / 32)} round trips; without waiting ${milliseconds(times.get('year, 32, without waiting'))}`,
    },
    {
      what: 'three providers at once, against the slowest alone',
      ...more('all', slowest),
      goalText: '5 %',
      floor: `${slowest} alone ${milliseconds(times.get(slowest))}`,
    },
    {
      what: 'two accounts of one provider, against one alone',
      ...more('two accounts', 'year'),
      goalText: '5 %',
      floor: `one alone ${milliseconds(times.get('year'))}`,
    },
  ];
}
