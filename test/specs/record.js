// Runs the shipped command against the demo, and notes what it asked and what came back.
import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import {build} from 'esbuild';

const NOW = '2026-11-22T09:00:00Z';
/** Chosen to use every endpoint, grouping, filter and width that the drivers know. */
const COMMANDS = [
  ['report', '--group-by', 'project'],
  ['costs', '--group-by', 'line-item,api-key', '--period', '2026', '--bucket', 'month'],
  ['costs', '--project', 'Atlas Search', '--group-by', 'none'],
  ['usage', '--group-by', 'model,user,api-key', '--period', '2d', '--bucket', 'hour'],
  [
    'usage',
    'completions',
    '--group-by',
    'batch,service-tier',
    '--no-batch',
    '--model',
    'gpt-5',
    '--period',
    '2d',
  ],
  ['usage', 'images', '--group-by', 'size,source', '--period', 'last-month'],
  ['usage', 'qpu', '--group-by', 'job', '--period', '30d'],
  ['usage', 'qpu', '--group-by', 'user', '--bucket', 'week', '--period', 'qtd'],
  ['usage', '--bucket', 'minute', '--period', 'today'],
  ['auth', 'status'],
  ['projects', '--period', 'last-month'],
  ['projects', 'show', 'openai/Atlas Search'],
  ['projects', 'show', 'ionq/Catalyst Screening'],
];

/** Exchanges with the three imitated providers: `{from, provider, path, query, status, body}`. */
export async function recordDemo() {
  const folder = await mkdtemp(join(tmpdir(), 'usage-specs-'));
  const outfile = join(folder, 'demo.mjs');
  try {
    await build({
      entryPoints: ['src/demo/server.ts'],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
    const {startDemo} = await import(pathToFileURL(outfile).href);
    return await recordAll(await startDemo(Date.parse(NOW)), folder);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function recordAll(demo, folder) {
  const exchanges = [];
  const front = createServer(async (request, response) => {
    const account = demo.accounts.find(({baseUrl}) => request.url.startsWith(new URL(baseUrl).pathname));
    // Pages of an older version beside the base URL are passed on; the specifications do not have them.
    const {origin, pathname} = new URL((account ?? demo.accounts[0]).baseUrl);
    const {authorization = ''} = request.headers;
    const answer = await fetch(origin + request.url, {headers: {authorization}});
    const text = await answer.text();
    const url = new URL(request.url, origin);
    if (account) {
      exchanges.push({
        from: 'demo',
        provider: account.provider,
        path: url.pathname.slice(pathname.length),
        query: url.searchParams,
        status: answer.status,
        body: JSON.parse(text),
      });
    }
    response.writeHead(answer.status, {'content-type': 'application/json'}).end(text);
  });
  await new Promise(resolve => front.listen(0, '127.0.0.1', resolve));
  const env = {
    ...environment(demo, front.address().port),
    PATH: process.env.PATH,
    HOME: folder,
    USAGE_NOW: NOW,
  };
  try {
    for (const words of COMMANDS)
      await promisify(execFile)(process.execPath, ['bin/usage.js', ...words], {env, maxBuffer: 100_000_000});
  } finally {
    front.closeAllConnections();
    front.close();
    await demo.close();
  }
  return exchanges;
}

const NAMES = {
  openai: ['OPENAI_ADMIN_KEY', 'OPENAI_BASE_URL', 'OPENAI_ORG_ID'],
  ionq: ['IONQ_API_KEY', 'IONQ_BASE_URL', 'IONQ_ORGANIZATION_ID'],
  miosa: ['MIOSA_API_KEY', 'MIOSA_BASE_URL', ''],
};

/** Each account of the demo, with its base URL at our port. */
const environment = ({accounts}, port) =>
  Object.fromEntries(
    accounts.flatMap(({provider, baseUrl, secret, settings}) => {
      const [key, base, organization] = NAMES[provider];
      const named = settings.organization ? [[organization, settings.organization]] : [];
      return [[key, secret], [base, `http://127.0.0.1:${port}${new URL(baseUrl).pathname}`], ...named];
    }),
  );
