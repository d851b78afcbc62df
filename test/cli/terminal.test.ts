import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {describe, expect, test} from 'vitest';
import type {Context} from '../../src/cli/context.ts';
import {run} from '../../src/cli/run.ts';
import {parseInstant} from '../../src/core/instant.ts';
import {demoEnv, serve} from '../e2e/providers.ts';
import {Terminal} from '../e2e/terminal.ts';
import {cleanEnv, type Env, NOW, tempFolder} from '../e2e/usage.ts';
import {fakeClock} from '../support/session.ts';

/** Runs a command inside this process, with a terminal for each of its streams, or as a person has it: one for both. */
async function inTerminal(argv: readonly string[], env: Env, columns = 80, isOne = false) {
  const stdout = new Terminal(columns, 24);
  const stderr = isOne ? stdout : new Terminal(columns, 24);
  const interrupt = new AbortController();
  const context: Context = {
    argv,
    // The home folder of this process is a person's.
    env: await cleanEnv({USAGE_CONFIG_DIR: join(await tempFolder(), 'config'), ...env}),
    version: '0.0.0',
    platform: process.platform,
    now: () => parseInstant(NOW)!,
    clock: fakeClock(),
    stdin: new PassThrough(),
    stdout,
    stderr,
    signal: interrupt.signal,
  };
  return {stdout, stderr, interrupt, exitCode: run(context)};
}

/** The demo, except that MIOSA's answers wait for `release`; or all of them are refused then. */
async function slowDemo({refused = false} = {}) {
  const env = await demoEnv();
  let release = () => {};
  const released = new Promise<void>(resolve => {
    release = resolve;
  });
  const behind = env.MIOSA_BASE_URL ?? '';
  const front = await serve(({path, query, headers}, _index, raw) => {
    const authorization = refused ? '' : (headers.authorization ?? '');
    void released
      .then(() => fetch(`${behind}${path}?${query}`, {headers: {authorization}}))
      .then(async answer => raw.writeHead(answer.status).end(await answer.text()));
    return undefined;
  });
  return {env: {...env, MIOSA_BASE_URL: front.url}, release};
}

describe.each([60, 80, 200])('a terminal of %d columns', columns => {
  test('gets the table that fits it, in colour', async () => {
    const {stdout, exitCode} = await inTerminal(
      ['report', '--group-by', 'project'],
      await demoEnv(),
      columns,
    );
    expect(await exitCode).toBe(0);
    const lines = stdout.screen.split('\n');
    expect(lines[0]).toContain('2026-11-01');
    expect(lines.filter(line => line.length > columns)).toEqual([]);
    expect(stdout.raw).toContain('\u001b[');
  });

  test('gets verdicts that fit it, cut between words', async () => {
    const kept = {...(await demoEnv()), USAGE_CONFIG_DIR: join(await tempFolder(), 'config')};
    await (await inTerminal(['budget', 'set', 'openai/Atlas Search', '100'], kept)).exitCode;
    const {stdout, exitCode} = await inTerminal(['budget', 'check'], kept, columns);
    expect(await exitCode).toBe(7);
    const lines = stdout.screen.split('\n');
    expect(lines.filter(line => line.length > columns)).toEqual([]);
    expect(lines.join(' ').replace(/ +/g, ' ')).toMatch(
      /^over openai\/Atlas Search: .* of \$100\.00 a month .* since /,
    );
  });
});

/** Nothing on it, the cursor where it was before, and shown. */
const UNTOUCHED = {screen: '', row: 0, column: 0, isCursorShown: true};
const stateOf = ({screen, row, column, isCursorShown}: Terminal) => ({screen, row, column, isCursorShown});

test('progress shows while it takes long, and is gone when the answer comes', async () => {
  const {env, release} = await slowDemo();
  const {stdout, stderr, exitCode} = await inTerminal(['costs'], env);
  await stderr.until(screen => /miosa 0 of \d+ requests/.test(screen));
  expect(stdout.raw).toBe('');
  release();
  expect(await exitCode).toBe(0);
  expect(stateOf(stderr)).toEqual(UNTOUCHED);
  expect(stdout.screen).toContain('Total');
});

describe('the answer is whole on the terminal that progress was drawn on', () => {
  test.each([
    [['costs']],
    [['report', '--group-by', 'project', '--top', '3']],
    [['projects']],
    [['budget', 'list']],
    [['budget', 'check']],
    [['doctor']],
  ])('%j', async argv => {
    const directory = join(await tempFolder(), 'config');
    const quick = await demoEnv();
    const kept = {USAGE_CONFIG_DIR: directory};
    for (const scope of ['openai', 'miosa'])
      await (await inTerminal(['budget', 'set', scope, '1'], {...quick, ...kept})).exitCode;
    const apart = await inTerminal(argv, {...quick, ...kept});
    await apart.exitCode;
    const {env, release} = await slowDemo();
    const together = await inTerminal(argv, {...env, ...kept}, 80, true);
    await together.stderr.until(screen => /miosa 0 of \d+ requests/.test(screen));
    release();
    expect(await together.exitCode).toBe(await apart.exitCode);
    const port = /127\.0\.0\.1:\d+|\d+ ms/g;
    const texts = [apart.stdout.screen, apart.stderr.screen].filter(Boolean);
    expect(together.stdout.screen.replace(port, '')).toBe(texts.join('\n').replace(port, ''));
    // Where the prompt of a shell goes: below the last line.
    const {row, column, isCursorShown} = together.stdout;
    expect({row, column, isCursorShown}).toEqual({
      row: together.stdout.screen.split('\n').length,
      column: 0,
      isCursorShown: true,
    });
  });
});

test('Ctrl-C while progress shows gives back the terminal as it was', async () => {
  const {env} = await slowDemo();
  const {stdout, stderr, interrupt, exitCode} = await inTerminal(['report'], env);
  await stderr.until(screen => screen.includes('miosa'));
  interrupt.abort();
  expect(await exitCode).toBe(130);
  expect(stateOf(stderr)).toEqual(UNTOUCHED);
  expect(stdout.raw).toBe('');
});

test('a failure is told in place of the progress', async () => {
  const {env, release} = await slowDemo({refused: true});
  const {stderr, exitCode} = await inTerminal(['costs', '--provider', 'miosa'], env);
  await stderr.until(screen => screen.includes('miosa 0 of'));
  release();
  expect(await exitCode).toBe(4);
  expect(stderr.screen).toMatch(/^error: MIOSA refused the key/);
  expect(stderr.isCursorShown).toBe(true);
});

test.each([['--json'], ['--csv'], ['--quiet']])('%s draws no progress', async flag => {
  const {env, release} = await slowDemo();
  const {stderr, exitCode} = await inTerminal(['costs', flag], env);
  setTimeout(release, 600); // longer than progress waits before it is drawn
  expect(await exitCode).toBe(0);
  expect(stderr.raw).not.toContain('requests');
});

test.each([[{NO_COLOR: '1'}], [{TERM: 'dumb'}]])('with %j the table is plain', async plain => {
  const env: Env = {...(await demoEnv()), ...plain};
  const {stdout, exitCode} = await inTerminal(['costs'], env);
  expect(await exitCode).toBe(0);
  expect(stdout.raw).not.toContain('\u001b');
});
