import {describe, expect, test} from 'vitest';
import {demoEnv} from './providers.ts';
import {openPty} from './pty.ts';
import {BIN, cleanEnv, start} from './usage.ts';

const command = (flags = '') => `"${process.execPath}" "${BIN}" report --interactive ${flags}`;
const DOWN = '\u001b[B';
const ENTER = '\r';
const ESCAPE = '\u001b';

const env = async () => ({...(await cleanEnv(await demoEnv())), TERM: 'xterm-256color', LANG: 'C.UTF-8'});

describe.each([
  [80, 24],
  [40, 20],
  [200, 50],
])('on a terminal of %d by %d', (columns, rows) => {
  test('rows move, open and close, and quitting leaves the screen as it was', async () => {
    const pty = openPty(command('--period last-month'), await env(), columns, rows);
    await pty.until(/› .*Atlas Search/);
    expect(pty.written()).toContain('\u001b[?1049h');
    let at = pty.text().length;
    pty.send(DOWN);
    at = await pty.until(/\b2 of \d+/, at);
    pty.send('k');
    at = await pty.until(/\b1 of \d+/, at);
    pty.send(ENTER);
    at = await pty.until(/all › Atlas Search[\s\S]*Line item/, at);
    pty.send(ENTER);
    at = await pty.until(/› 2026-10-01/, at);
    pty.send(ESCAPE);
    at = await pty.until(/Line item/, at);
    pty.send('/embed');
    at = await pty.until(/\/embed/, at);
    pty.send(ENTER);
    at = await pty.until(/rows with "embed"/, at);
    pty.send('q');
    expect(await pty.ended).toBe(0);
    const last = pty.written().slice(pty.written().indexOf('rows with "embed"'));
    expect(last).toContain('\u001b[?1049l');
    expect(last).toContain('\u001b[?25h');
    // Nothing that would clear what scrolled off the first screen.
    expect(pty.written()).not.toContain('\u001b[3J');
  });
});

test('Ctrl-C ends it with 130 and gives the screen back', async () => {
  const pty = openPty(command(), await env());
  await pty.until(/› /);
  pty.send('\u0003');
  expect(await pty.ended).toBe(130);
  expect(pty.written()).toContain('\u001b[?1049l');
});

test('the demo can be walked through', async () => {
  const pty = openPty(command('--demo'), await env());
  await pty.until(/› /);
  pty.send('g');
  const at = await pty.until(/Group by/);
  pty.send(`${DOWN}${DOWN}`);
  pty.send('q');
  await pty.until(/› .*Atlas Search/, at);
  pty.send('q');
  expect(await pty.ended).toBe(0);
});

test.each([
  ['stdout', `${command('--demo')} | cat`],
  ['stdin', `echo | ${command('--demo')}`],
])('with %s in a pipe it is wrong input, at once', async (_what, line) => {
  const {exitCode, stdout, stderr} = await start('bash', ['-o', 'pipefail', '-c', line], await env());
  expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''});
  expect(stderr).toMatch(/--interactive needs a terminal/);
});
