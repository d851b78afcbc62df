// Speed and memory of FOCUS, out and in, and whether the figures are right.
import {readFileSync} from 'node:fs';
import {rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {here} from './child.js';
import {ROWS, serviceTotal, writeFocusFile} from './focus-file.js';
import {expect, measure} from './measure.js';
import {milliseconds, ratio} from './rows.js';

const MB = 1_000_000;
const EXPORT = ['bin/usage.js', 'focus', '--from', '2024-01-01', '--to', '2026-09-26', '--output'];
const IMPORT = ['--period', '2026-10', '--group-by', 'service', '--csv'];

/** @param lab folder, bare (an environment without accounts), million (the server of a million rows), rounds */
export async function focus({folder, bare, million, rounds}) {
  const rss = join(folder, 'max-rss');
  const exported = join(folder, 'export.csv');
  const file = join(folder, 'cloud.csv');
  await writeFocusFile(file);
  const command = (name, words, env, check) => ({
    name,
    run: [process.execPath, '--import', here('max-rss.js'), ...words],
    env: {...bare, ...env, MAX_RSS_FILE: rss},
    async check(ran) {
      await check(ran);
      return Number(readFileSync(rss, 'utf8')) * 1_024;
    },
  });
  const account = {OPENAI_ADMIN_KEY: 'bench', OPENAI_BASE_URL: million.url};
  const times = await measure(
    [
      command('export', [...EXPORT, exported], account, async () => {
        expect((await stat(exported)).size > 300 * ROWS, 'the export is too small');
        await rm(exported);
      }),
      command('reader', [here('fastest-csv.js'), file], {}, ({stdout}) =>
        expect(Number(stdout) > 0, 'rows read'),
      ),
      command('import', ['bin/usage.js', 'costs', '--source', file, ...IMPORT], {}, checkServices),
    ],
    rounds,
    0,
  );
  await rm(file);
  const peak = name => `${(Math.max(...times.get(name).kept) / MB).toFixed(0)} MB at the peak`;
  const rate = ROWS / times.get('export').median;
  return [
    {
      what: `1,000,000 charges → FOCUS 1.4, CSV, ${peak('export')}`,
      value: rate,
      text: `${rate.toFixed(0)}k rows/s`,
      range: milliseconds(times.get('export')),
      goal: 100,
      goalText: '100k',
      atLeast: true,
    },
    {
      what: `a FOCUS file of 1,000,000 rows → by service, ${peak('import')}`,
      ...ratio(times.get('import'), times.get('reader'), 'the reader'),
      goal: 3,
      floor: `the fastest CSV reader (udsv), doing nothing else ${milliseconds(times.get('reader'))}`,
    },
  ];
}

function checkServices({stdout}) {
  const lines = stdout.trimEnd().split('\n');
  const costs = new Set(lines.map(line => line.split(',').at(-2)));
  for (const service of [0, 17, 39])
    expect(costs.has(serviceTotal(service)), `no service costs ${serviceTotal(service)}`);
}
