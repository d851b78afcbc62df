import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {Reply} from '../support/loopback.ts';
import {accountsAt, serve} from './providers.ts';
import {BIN, cleanEnv, type Env, shell, start, tempFolder} from './usage.ts';

/** A server that calls `arrived` with each request, and then does what `reply` says: nothing, if it gives undefined. */
async function stalled(reply: (raw: {write(text: string): unknown}) => Reply | undefined) {
  let arrived = () => {};
  const arrival = new Promise<void>(resolve => {
    arrived = resolve;
  });
  const server = await serve((_request, _index, raw) => {
    const answer = reply(raw);
    raw.once('finish', arrived); // an answer has to be on its way to be waited after
    if (!answer) arrived();
    return answer;
  });
  return {url: server.url, arrival};
}

/** Starts a report that hangs, and sends it a signal once it waits for its provider. */
async function interrupted(
  signal: 'SIGINT' | 'SIGTERM',
  args: readonly string[],
  reply: Parameters<typeof stalled>[0] = () => undefined,
  env: Env = {},
) {
  const {url, arrival} = await stalled(reply);
  const running = start(
    process.execPath,
    [BIN, 'costs', '--provider', 'openai', ...args],
    await cleanEnv({...accountsAt(url), ...env}),
  );
  await arrival;
  running.kill(signal);
  const {exitCode, signal: killedBy, stdout, stderr} = await running;
  return {exitCode, killedBy, stdout, stderr};
}

const QUIET_END = {exitCode: 130, killedBy: undefined, stdout: '', stderr: ''};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} while a provider stalls: exit 130, nothing said`, async () => {
    expect(await interrupted(signal, [])).toEqual(QUIET_END);
  });

  test(`${signal} with --output leaves no file, and an old one as it was`, async () => {
    const folder = await tempFolder();
    const old = join(folder, 'old.csv');
    await writeFile(old, 'kept\n');
    for (const file of [old, join(folder, 'new.csv')]) {
      expect(await interrupted(signal, ['--csv', '--output', file])).toEqual(QUIET_END);
    }
    expect(await readdir(folder)).toEqual(['old.csv']);
    expect(await readFile(old, 'utf8')).toBe('kept\n');
  });

  test(`${signal} in the middle of a body`, async () => {
    const ran = await interrupted(signal, ['--json'], raw => {
      raw.write('{"data": [');
      return undefined;
    });
    expect(ran).toEqual(QUIET_END);
  });
}

test('SIGINT while it waits to try again', async () => {
  const refusal = {status: 429, headers: {'retry-after': '30'}, body: {error: {message: 'slow down'}}};
  expect(await interrupted('SIGINT', [], () => refusal)).toEqual(QUIET_END);
});

test('SIGINT of a report of all providers', async () => {
  const {url, arrival} = await stalled(() => undefined);
  const running = start(process.execPath, [BIN, 'report'], await cleanEnv(accountsAt(url)));
  await arrival;
  running.kill('SIGINT');
  expect(await running).toMatchObject({exitCode: 130, stdout: '', stderr: ''});
});

/** Without the function of the shell, so that $! is the process itself. */
const LARGE =
  '"$NODE" "$BIN" costs --demo --quiet --period 10d --bucket day --group-by project,line-item --csv';

test('SIGINT while whoever reads does not read', async () => {
  const pipe = join(await tempFolder(), 'pipe');
  // The pipe is full soon after its first byte.
  const line = `mkfifo "$PIPE"; exec 9<>"$PIPE"; ${LARGE} > "$PIPE" & head -c 1 <&9 >&2; sleep 1; kill -INT $!; wait $!`;
  expect(await shell(line, {PIPE: pipe})).toEqual({exitCode: 130, stdout: '', stderr: 'b'});
});

test('SIGINT while nothing comes in, though the other end stays open', async () => {
  const folder = await tempFolder();
  const line =
    'mkfifo "$TMPDIR/pipe"; exec 9<>"$TMPDIR/pipe"; "$NODE" "$BIN" focus import - < "$TMPDIR/pipe" & ' +
    'until [ -e "$TMPDIR"/usage-focus-*/source ]; do sleep 0.1; done; kill -INT $!; wait $!';
  expect(await shell(line, {TMPDIR: folder})).toEqual({exitCode: 130, stdout: '', stderr: ''});
  // Newer versions of Node keep what they compiled there.
  expect((await readdir(folder)).filter(name => name !== 'node-compile-cache')).toEqual(['pipe']);
});
