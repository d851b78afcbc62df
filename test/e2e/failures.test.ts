import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {accountsAt, closedUrl, demoEnv, serve} from './providers.ts';
import {tempFolder, usage} from './usage.ts';

const COSTS = ['costs', '--group-by', 'provider,project', '--period', 'last-month', '--csv'];

/** Lines of CSV that begin with a provider. */
const rowsOf = (csv: string, ...providers: readonly string[]): string[] =>
  csv.split('\n').filter(line => providers.some(provider => line.startsWith(`${provider},`)));

test('one provider down: exit 6, the others whole, and stderr says what is missing', async () => {
  const env = await demoEnv();
  const whole = await usage(COSTS, env);
  expect(whole.exitCode).toBe(0);
  const part = await usage(COSTS, {...env, IONQ_BASE_URL: await closedUrl()});
  expect(part.exitCode).toBe(6);
  expect(rowsOf(whole.stdout, 'ionq').length).toBeGreaterThan(1);
  expect(rowsOf(part.stdout, 'ionq')).toEqual([]);
  expect(rowsOf(part.stdout, 'openai', 'miosa')).toEqual(rowsOf(whole.stdout, 'openai', 'miosa'));
  expect(part.stderr).toMatch(/^missing: IonQ .*ECONNREFUSED/m);
  expect(part.stderr).not.toContain('Warning:'); // Node's own
});

test('in JSON the envelope says it, and stderr has one object', async () => {
  const env = {...(await demoEnv()), MIOSA_API_KEY: 'msk_of_nobody'};
  const {exitCode, stdout, stderr} = await usage(['report', '--json'], env);
  expect(exitCode).toBe(6);
  expect(JSON.parse(stdout)).toMatchObject({
    sources: [
      {provider: 'openai', status: 'ok'},
      {provider: 'ionq', status: 'ok'},
      {provider: 'miosa', status: 'failed', error: {code: 'credential_refused'}},
    ],
  });
  expect(JSON.parse(stderr)).toMatchObject({error: {code: 'credential_refused', provider: 'miosa'}});
});

test('--strict prints nothing and writes nothing', async () => {
  const folder = await tempFolder();
  const env = {...(await demoEnv()), OPENAI_BASE_URL: await closedUrl()};
  const {exitCode, stdout} = await usage([...COSTS, '--strict', '--output', join(folder, 'costs.csv')], env);
  expect({exitCode, stdout, files: await readdir(folder)}).toEqual({exitCode: 5, stdout: '', files: []});
});

test('every provider down: exit 5, nothing on stdout, each named on stderr', async () => {
  const {exitCode, stdout, stderr} = await usage(['report'], accountsAt(await closedUrl()));
  expect({exitCode, stdout}).toEqual({exitCode: 5, stdout: ''});
  const errors = stderr.split('\n').filter(line => line !== '' && !line.startsWith('  '));
  expect(errors).toEqual(
    ['OpenAI', 'IonQ', 'MIOSA'].map(title => expect.stringMatching(`^error: ${title} .*ECONNREFUSED`)),
  );
});

test('every key refused: exit 4', async () => {
  const server = await serve(() => ({status: 401, body: {error: {message: 'no such key'}}}));
  const {exitCode, stdout, stderr} = await usage(['report', '--json'], accountsAt(server.url));
  expect({exitCode, stdout}).toEqual({exitCode: 4, stdout: ''});
  expect(JSON.parse(stderr)).toMatchObject({error: {code: 'credential_refused', provider: 'openai'}});
});

test('a body that is cut is no smaller total', async () => {
  const cut = await serve((_request, _index, raw) => {
    raw.writeHead(200, {'content-type': 'application/json', 'content-length': '1000'});
    raw.write('{"data": [');
    raw.destroy();
    return undefined;
  });
  const env = {...(await demoEnv()), OPENAI_BASE_URL: cut.url};
  const {exitCode, stdout} = await usage(COSTS, env);
  expect(exitCode).toBe(6);
  expect(rowsOf(stdout, 'openai')).toEqual([]);
});
