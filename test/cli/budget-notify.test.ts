import {chmod, readFile, writeFile} from 'node:fs/promises';
import {createServer, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import {run as runContext} from '../../src/cli/run.ts';
import {instant} from '../../src/core/instant.ts';
import {type Circumstances, contextOf, temporary, usage} from '../support/context.ts';
import {ALL, type Providers, SECRETS, startProviders} from '../support/providers.ts';
import {NOW} from '../support/session.ts';

let providers: Providers;
let directory: string;
let folder: string;
beforeEach(async () => {
  providers = await startProviders(ALL);
  folder = await temporary();
  directory = join(folder, 'config');
});
const run = (line: string | readonly string[], more: Circumstances = {}) =>
  usage(line, {env: providers.env, directory, ...more});

interface Told {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: {readonly [name: string]: unknown};
  readonly body: string;
}

/** Somebody who is told things, and what they were told. */
async function receiver(answer: (response: ServerResponse, told: number) => void = r => void r.end('ok')) {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      told.push({method: request.method, path: request.url, headers: request.headers, body});
      answer(response, told.length);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/SECRET-PATH?t=SECRET`, told};
}

async function spentOf(): Promise<number> {
  await run('budget set openai 1000000');
  const {stdout} = await run('budget check --json');
  return Number(JSON.parse(stdout).rows[0].spent);
}

describe('--notify', () => {
  it('posts once for each line and period, and says what it is about', async () => {
    const spent = await spentOf();
    const {url, told} = await receiver();
    const set = (amount: number) => run(`budget set openai ${amount.toFixed(2)}`);
    await set(spent * 1.5);
    expect((await run(`budget check --notify ${url}`)).code).toBe(0);
    expect(told).toEqual([]); // below all lines

    await set(spent * 1.2); // 83 %
    for (const _ of [1, 2]) expect((await run(`budget check --notify ${url}`)).code).toBe(0);
    expect(told).toHaveLength(1);
    const [{method, headers, body}] = told as [Told];
    expect([method, headers['content-type']]).toEqual(['POST', 'application/json']);
    const sent = JSON.parse(body);
    expect(sent).toMatchObject({
      schema: 'usage/budget-notification@1',
      what: 'spent',
      threshold_percent: 80,
      budget: {scope: 'openai', state: 'warning', currency: 'USD', result: 'within'},
    });
    expect(sent.text).toMatch(/^Budget openai: 80% reached: \$[\d,.]+ of \$[\d,.]+ a month \(83\.3%\)/);
    for (const secret of Object.values(SECRETS)) expect(body + JSON.stringify(headers)).not.toContain(secret);

    await set(spent * 0.9); // over: a new amount has lines of its own
    for (const _ of [1, 2]) expect((await run(`budget check --notify ${url}`)).code).toBe(7);
    expect(told).toHaveLength(2);
    expect(JSON.parse(told[1]!.body)).toMatchObject({threshold_percent: 100, budget: {state: 'exceeded'}});
  });

  it('tells each receiver, and again in the next period', async () => {
    await run('budget set openai 1 --period day');
    const [a, b] = [await receiver(), await receiver()];
    await run(`budget check --notify ${a.url}`);
    await run(`budget check --notify ${a.url} --notify ${b.url}`);
    expect([a.told.length, b.told.length]).toEqual([1, 1]);
    const {context} = await contextOf(`budget check --notify ${a.url}`, {env: providers.env, directory});
    const tomorrow = instant(NOW - 24 * 3_600_000); // yesterday is another period, too
    expect(await runContext({...context, now: () => tomorrow})).toBe(7);
    expect(a.told.length).toBe(2);
  });

  it('the highest line is told, and those below it with it', async () => {
    const spent = await spentOf();
    await run(`budget set openai ${(spent * 1.05).toFixed(2)} --warn 10,50`);
    const {url, told} = await receiver();
    for (const _ of [1, 2]) await run(`budget check --notify ${url}`);
    expect(told.map(({body}) => JSON.parse(body).threshold_percent)).toEqual([90]);
    await run(`budget check --at 95 --notify ${url}`);
    expect(told.map(({body}) => JSON.parse(body).threshold_percent)).toEqual([90, 95]);
  });

  it('a projection is told apart from what is spent', async () => {
    const spent = await spentOf();
    await run(`budget set openai ${(spent * 1.3).toFixed(2)}`); // about 1.4 is projected
    const {url, told} = await receiver();
    for (const _ of [1, 2]) expect((await run(`budget check --forecast --notify ${url}`)).code).toBe(7);
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0]!.body)).toMatchObject({what: 'projected', threshold_percent: 100});
  });

  it('the shape of Slack holds the text alone', async () => {
    await run('budget set openai 1');
    const {url, told} = await receiver();
    await run(`budget check --notify ${url} --notify-as slack`);
    expect(Object.keys(JSON.parse(told[0]!.body))).toEqual(['text']);
    expect(JSON.parse(told[0]!.body).text).toMatch(/^Budget openai: beyond 100%: /);
  });

  it.each<[string, (response: ServerResponse) => void, RegExp]>([
    ['refuses', response => void response.writeHead(500).end(), /answered 500/],
    [
      'redirects',
      response => void response.writeHead(302, {location: 'http://127.0.0.1:1/'}).end(),
      /answered 302: redirects are not followed/,
    ],
    ['hangs up', response => void response.destroy(), /broke off the connection/],
  ])('who %s is told again, and it is said without the address', async (_, answer, says) => {
    await run('budget set openai 1000000 --warn 0.01');
    const {url, told} = await receiver((response, count) =>
      count === 1 ? answer(response) : response.end(),
    );
    const failed = await run(`budget check --notify ${url}`);
    expect(failed.code).toBe(5);
    expect(failed.stdout).toContain('within   openai');
    expect(failed.stderr).toMatch(says);
    expect(failed.stderr).not.toContain('SECRET');
    expect((await run(`budget check --notify ${url}`)).code).toBe(0);
    expect((await run(`budget check --notify ${url}`)).code).toBe(0);
    expect(told).toHaveLength(2);
  });

  it('over stays over when nobody can be told', async () => {
    await run('budget set openai 1');
    const {code, stderr} = await run('budget check --notify http://127.0.0.1:1/x');
    expect(code).toBe(7);
    expect(stderr).toContain('nobody was told: 127.0.0.1:1 cannot be reached (ECONNREFUSED)');
  });

  it('what is remembered names nobody', async () => {
    await run('budget set openai 1');
    const {url} = await receiver();
    await run(`budget check --notify ${url}`);
    const text = await readFile(join(directory, 'notified.json'), 'utf8');
    expect(text).not.toMatch(/openai|127\.0\.0\.1|SECRET/);
  });

  it('a damaged memory is refused before anybody is told', async () => {
    await run('budget set openai 1');
    await writeFile(join(directory, 'notified.json'), '{"version": 1', {mode: 0o600});
    const {url, told} = await receiver();
    const {code, stderr} = await run(`budget check --notify ${url}`);
    expect(code).toBe(3);
    expect(stderr).toContain('notified.json is cut off');
    expect(told).toEqual([]);
  });

  it.each([
    ['http://example.com/x', 'https:'],
    ['ftp://127.0.0.1/x', 'https:'],
    ['https://user:pass@example.com/x', 'without user and password'],
    ['nonsense', 'https:'],
  ])('%s is refused', async (url, rule) => {
    await run('budget set openai 1');
    const {code, stdout, stderr} = await run(`budget check --notify ${url}`);
    expect({code, stdout}).toEqual({code: 2, stdout: ''});
    expect(stderr).toContain(rule);
    expect(stderr).not.toContain('pass@');
    expect(providers.paths('openai')).toEqual([]);
  });

  it('--notify-as is one of its words, and goes with --notify', async () => {
    expect((await run('budget check --notify https://x.example --notify-as slak')).stderr).toContain(
      'did you mean slack?',
    );
    expect((await run('budget check --notify-as slack')).stderr).toContain('needs --notify');
  });
});

describe('--exec', () => {
  /** A program that keeps what it gets: words, stdin, environment. */
  async function program(body = ''): Promise<{readonly path: string; read(): Promise<string>}> {
    const path = join(folder, 'keep it.sh');
    const out = join(folder, 'kept');
    await writeFile(path, `#!/bin/sh\n{ echo "$1|$2"; cat; env; } >> "${out}"\n${body}\n`);
    await chmod(path, 0o755);
    return {path, read: () => readFile(out, 'utf8')};
  }
  const check = (command: string) =>
    run(['budget', 'check', '--exec', command], {env: {...providers.env, PATH: process.env.PATH}});

  it('runs a command without a shell, with the JSON on stdin and no key, once', async () => {
    await run('budget set openai 1');
    const {path, read} = await program();
    for (const _ of [1, 2]) expect((await check(`"${path}" 'a b' $HOME;x`)).code).toBe(7);
    const lines = (await read()).split('\n');
    expect(lines[0]).toBe('a b|$HOME;x');
    expect(JSON.parse(lines[1]!)).toMatchObject({budget: {scope: 'openai'}, threshold_percent: 100});
    expect(lines.filter(line => line.startsWith('a b|'))).toHaveLength(1);
    for (const secret of Object.values(SECRETS)) expect(lines.join('\n')).not.toContain(secret);
  });

  it.each([
    ['exit 3', /keep it\.sh exited with 3/],
    ['kill -9 $$', /was ended by SIGKILL/],
  ])('one that fails (%s) is said and run again', async (body, says) => {
    await run('budget set openai 1000000 --warn 0.01');
    const {path, read} = await program(body);
    for (const _ of [1, 2]) {
      const {code, stderr} = await check(`'${path}'`);
      expect(code).toBe(5);
      expect(stderr).toMatch(says);
    }
    expect((await read()).match(/budget-notification/g)).toHaveLength(2);
  });

  it('one that is not there, and one that does not read, are no harm', async () => {
    await run('budget set openai 1');
    expect((await check('/nowhere/to/be/found')).stderr).toContain('/nowhere/to/be/found was not found');
    expect((await check('true')).stderr).not.toContain('nobody was told');
  });

  it('an open quote is refused before anything is asked', async () => {
    await run('budget set openai 1');
    const {code, stderr} = await check('say "hello');
    expect(code).toBe(2);
    expect(stderr).toContain('quote that is not closed');
  });
});
