import {describe, expect, test} from 'vitest';
import {demoEnv} from './providers.ts';
import {openPty, type Pty} from './pty.ts';
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

/** A shell with job control, the screen in it, and its process. */
async function inShell(): Promise<{readonly pty: Pty; readonly pid: number}> {
  const pty = openPty('bash --norc --noprofile -i', {...(await env()), PS1: 'SHELL> '});
  await pty.until(/SHELL> /);
  pty.send(`sh -c 'echo pid $$.; exec ${command('--demo')}'${ENTER}`);
  await pty.until(/\b1 of 27/);
  return {pty, pid: Number(/pid (\d+)\./.exec(pty.text())?.[1])};
}
const count = (text: string, part: string) => text.split(part).length - 1;

describe.skipIf(process.platform === 'win32')('in a shell', () => {
  test.each(['Ctrl-Z', 'SIGTSTP'])('%s gives the terminal back, and fg takes it anew', async how => {
    const {pty, pid} = await inShell();
    let at = pty.text().length;
    if (how === 'Ctrl-Z') pty.send('\u001a');
    else process.kill(pid, 'SIGTSTP');
    at = await pty.until(/Stopped[\s\S]*SHELL> /, at);
    expect(count(pty.written(), '\u001b[?1049l')).toBe(1);
    expect(pty.written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(
      pty.written().lastIndexOf('\u001b[?25l'),
    );
    pty.send(`stty -a | grep -c ' icanon'${ENTER}`);
    at = await pty.until(/\s1\r[\s\S]*SHELL> /, at);
    pty.send(`fg${ENTER}`);
    at = await pty.until(/› [\s\S]*\b1 of 27/, at);
    expect(count(pty.written(), '\u001b[?1049h')).toBe(2);
    pty.send('j'); // is not shown, and needs no Enter
    at = await pty.until(/\b2 of 27/, at);
    pty.send('q');
    at = await pty.until(/SHELL> /, at);
    expect(count(pty.written(), '\u001b[?1049l')).toBe(2);
    pty.send(`exit 0${ENTER}`);
    expect(await pty.ended).toBe(0);
  });

  test('what was stopped unasked is drawn anew when it goes on', async () => {
    const {pty, pid} = await inShell();
    let at = pty.text().length;
    process.kill(pid, 'SIGSTOP');
    at = await pty.until(/Stopped[\s\S]*SHELL> /, at);
    pty.send(`fg${ENTER}`);
    at = await pty.until(/› [\s\S]*\b1 of 27/, at);
    pty.send('j');
    at = await pty.until(/\b2 of 27/, at);
    pty.send('q');
    await pty.until(/SHELL> /, at);
  });
});

test('without a shell Ctrl-Z stops nothing: nobody could let it go on', async () => {
  const pty = openPty(command('--demo'), await env());
  let at = await pty.until(/\b1 of 27/);
  pty.send('\u001a');
  at = await pty.until(/\b1 of 27/, at);
  pty.send('j');
  await pty.until(/\b2 of 27/, at);
  pty.send('q');
  expect(await pty.ended).toBe(0);
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
