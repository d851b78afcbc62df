// A process that answers as the three providers do, from memory: node server.js <folder> <now>
// Behind it stands the demo, asked once for each URL, so that a run measures the tool and not the demo.
// Base URLs begin with /<n>/: each answer is held back n milliseconds. Prints what a client needs as one line of JSON.
import {createServer} from 'node:http';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {record} from './recorder.js';

const [folder = '.', now = ''] = process.argv.slice(2);
const outfile = join(folder, 'demo.mjs');
await build({entryPoints: ['src/demo/server.ts'], outfile, bundle: true, platform: 'node', format: 'esm'});
const {startDemo} = await import(pathToFileURL(outfile).href);
const demo = await startDemo(Date.parse(now));
const {origin} = new URL(demo.accounts[0].baseUrl);
const known = new Map();

async function ask(path, {authorization = ''}) {
  const answer = await fetch(origin + path, {headers: {authorization}});
  return {status: answer.status, body: await answer.text()};
}

const server = createServer(async (request, response) => {
  record(request, response);
  const [, delay = '0', path = '/'] = /^\/(\d+)(\/.*)$/.exec(request.url) ?? [];
  if (!known.has(path)) known.set(path, ask(path, request.headers));
  const {status, body} = await known.get(path);
  setTimeout(() => {
    response.writeHead(status, {'content-type': 'application/json'});
    response.end(body);
  }, Number(delay));
});
server.listen(0, '127.0.0.1', () => {
  const accounts = demo.accounts.map(({provider, baseUrl, secret, settings}) => ({
    provider,
    path: new URL(baseUrl).pathname,
    secret,
    settings,
  }));
  console.log(JSON.stringify({url: `http://127.0.0.1:${server.address().port}`, accounts}));
});
