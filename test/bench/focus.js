// Speed and memory of FOCUS, out and in, and whether the figures are right.
import {readFile, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {startServer, time} from './child.js';
import {ROWS, serviceTotal, writeFocusFile} from './focus-file.js';

const HOOK = fileURLToPath(new URL('max-rss.js', import.meta.url));
const FASTEST = fileURLToPath(new URL('fastest-csv.js', import.meta.url));

/** Each gives milliseconds and bytes at the peak. Throws if a run does not work or a figure is wrong. */
export async function measureFocus(folder, env) {
  const rss = join(folder, 'max-rss');
  const run = async (words, more = {}) => {
    const ran = time([process.execPath, '--import', HOOK, ...words], {...env, ...more, MAX_RSS_FILE: rss});
    if (ran.status !== 0)
      throw new Error(`${words.join(' ')} did not work: exit ${ran.status}\n${ran.stderr}`);
    return {...ran, bytes: Number(await readFile(rss, 'utf8')) * 1_024};
  };
  const exported = join(folder, 'export.csv');
  const server = await startServer('million.js');
  let out;
  try {
    const words = [
      'bin/usage.js',
      'focus',
      '--from',
      '2024-01-01',
      '--to',
      '2026-09-26',
      '--output',
      exported,
    ];
    out = await run(words, {OPENAI_ADMIN_KEY: 'bench', OPENAI_BASE_URL: server.url});
  } finally {
    server.stop();
  }
  if ((await stat(exported)).size < 300 * ROWS) throw new Error('the export is too small');
  await rm(exported);

  const file = join(folder, 'cloud.csv');
  await writeFocusFile(file);
  const fastest = await run([FASTEST, file]);
  const report = ['costs', '--source', file, '--period', '2026-10', '--group-by', 'service', '--csv'];
  const read = await run(['bin/usage.js', ...report]);
  const costs = new Set(
    read.stdout
      .trimEnd()
      .split('\n')
      .map(line => line.split(',').at(-2)),
  );
  for (const service of [0, 17, 39])
    if (!costs.has(serviceTotal(service))) throw new Error(`no service costs ${serviceTotal(service)}`);
  await rm(file);
  return {out, fastest, read};
}
