import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {drivers} from '../../src/drivers/index.ts';
import {accountsAt, closedUrl, demoEnv, serve} from './providers.ts';
import {type Env, type Ran, tempFolder, usage} from './usage.ts';

const LOUD = ['--verbose', '--debug'];
const secretsIn = (env: Env): string[] =>
  drivers.flatMap(({credential}) => env[credential.env] ?? []).concat(env.PROXY_PASSWORD ?? []);

/** Neither stream may hold a secret, or the part of one that could be guessed from. */
function expectNoSecret({stdout, stderr}: Ran, env: Env): void {
  const secrets = secretsIn(env);
  expect(secrets.length).toBeGreaterThan(0);
  for (const secret of secrets) {
    for (const shape of [
      secret,
      secret.slice(0, -6),
      Buffer.from(secret).toString('base64'),
      encodeURIComponent(secret),
    ])
      for (const text of [stdout, stderr]) expect(text.includes(shape), `${shape} in ${text}`).toBe(false);
  }
}

test.each(['table', 'json', 'csv'])('a report as %s', async format => {
  const env = await demoEnv();
  const ran = await usage(['report', '--format', format, ...LOUD], env);
  expect(ran.exitCode).toBe(0);
  expectNoSecret(ran, env);
});

test.each([[], ['--json']])('keys that are refused by a server that repeats them %s', async (...flags) => {
  const server = await serve(({headers}) => ({
    status: 401,
    headers: {'www-authenticate': `Bearer ${headers.authorization}`},
    body: {error: {message: `wrong key: ${headers.authorization}`}, message: `${headers.authorization}`},
  }));
  const env = accountsAt(server.url);
  const ran = await usage(['report', ...LOUD, ...flags], env);
  expect(ran.exitCode).toBe(4);
  expect(server.received.some(({headers}) => headers.authorization?.includes(secretsIn(env)[0] ?? '?'))).toBe(
    true,
  );
  expectNoSecret(ran, env);
});

test('answers of another shape that repeat the key', async () => {
  const server = await serve(({headers}) => ({
    body: {data: headers.authorization, has_more: headers.authorization},
  }));
  const env = accountsAt(server.url);
  const ran = await usage(['report', ...LOUD], env);
  expect(ran.exitCode).toBe(5);
  expectNoSecret(ran, env);
});

test('a provider that is down, and a proxy with a password that is down', async () => {
  const url = await closedUrl();
  const proxy = url.replace('http://', 'http://me:proxy-password-of-mine@');
  const env = {...accountsAt(url), HTTP_PROXY: proxy, PROXY_PASSWORD: 'proxy-password-of-mine'};
  const ran = await usage(['costs', '--provider', 'openai', ...LOUD], env);
  expect(ran.exitCode).toBe(5);
  expectNoSecret(ran, env);
});

test('a base URL with a password in it', async () => {
  const env = {
    OPENAI_ADMIN_KEY: 'sk-admin-0123456789abcdefghijklmnop',
    OPENAI_BASE_URL: 'https://me:url-password-of-mine@api.example.com/v1',
    PROXY_PASSWORD: 'url-password-of-mine',
  };
  const ran = await usage(['costs', ...LOUD], env);
  expect(ran.exitCode).toBe(2);
  expectNoSecret(ran, env);
});

test.each([[], ['--json'], ['--offline']])('auth status %s', async (...flags) => {
  const env = await demoEnv();
  const ran = await usage(['auth', 'status', ...flags], env);
  expect(ran.exitCode).toBe(0);
  expectNoSecret(ran, env);
});

test('a key that is typed into stdin, used, and forgotten', async () => {
  const env: Env = {...(await demoEnv()), USAGE_CONFIG_DIR: await tempFolder()};
  const {OPENAI_ADMIN_KEY: key = '', ...without} = env;
  const login = await usage(['auth', 'login', 'openai'], without, `${key}\n`);
  expect(login).toMatchObject({exitCode: 0, stdout: ''});
  const status = await usage(['auth', 'status', 'openai'], without);
  expect(status.stdout).toMatch(/^openai\n {2}ok .*\n {2}key .*, stored /);
  const report = await usage(['costs', '--provider', 'openai', ...LOUD], without);
  expect(report.exitCode).toBe(0);
  const logout = await usage(['auth', 'logout', 'openai'], without);
  expect(logout.exitCode).toBe(0);
  for (const ran of [login, status, report, logout]) expectNoSecret(ran, env);
  expect(
    (await usage(['costs', '--provider', 'openai'], {USAGE_CONFIG_DIR: env.USAGE_CONFIG_DIR ?? ''})).exitCode,
  ).toBe(4);
});

/** All files below a folder, as one text. */
async function everythingIn(folder: string): Promise<string> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = entries.filter(entry => entry.isFile());
  const texts = await Promise.all(
    files.map(({parentPath, name}) => readFile(join(parentPath, name), 'latin1')),
  );
  return texts.join('\n');
}

test('a run leaves no key in any file, and a command that it starts sees none', async () => {
  const home = await tempFolder();
  const seen = join(await tempFolder(), 'seen');
  const keys = await demoEnv();
  const env = {...keys, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), SEEN: seen};
  // What the child was called with, its environment and its stdin.
  const dump = `require('fs').writeFileSync(process.env.SEEN, JSON.stringify([process.argv, process.execArgv, process.env]) + require('fs').readFileSync(0))`;
  const script = join(home, 'dump.cjs');
  await writeFile(script, dump);
  expect((await usage(['budget', 'set', 'openai', '1'], env)).exitCode).toBe(0);
  expect((await usage(['report', '--group-by', 'project', '--json'], env)).exitCode).toBe(0);
  const ran = await usage(['budget', 'check', '--exec', `${process.execPath} ${script}`, ...LOUD], env);
  expect(ran.exitCode).toBe(7);
  expectNoSecret(ran, env);
  expectNoSecret({exitCode: 0, stdout: await readFile(seen, 'utf8'), stderr: await everythingIn(home)}, env);
});

test.each([[], ['--json']])('a crash %s', async (...flags) => {
  const folder = await tempFolder();
  const trap = join(folder, 'trap.cjs');
  // Something that nobody expects goes wrong where a key is at hand: when a header is made of it.
  await writeFile(
    trap,
    `const http = require('http'); http.request = (url, options) => { throw new TypeError('crashed at ' + url + JSON.stringify(options.headers)); };`,
  );
  const env = {...(await demoEnv()), NODE_OPTIONS: `--require ${trap}`};
  const ran = await usage(['costs', ...flags, ...LOUD], env);
  expect(ran.exitCode).not.toBe(0);
  expect(ran.stderr).toContain('crashed at');
  expectNoSecret(ran, env);
});
