import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {describe, expect, it} from 'vitest';
import type {Context} from '../../src/cli/context.ts';
import {run} from '../../src/cli/run.ts';
import {Terminal} from '../e2e/terminal.ts';
import {contextOf, temporary} from '../support/context.ts';
import {ALL, SECRETS, startProviders} from '../support/providers.ts';

/** The keyboard of a terminal, which keeps book of its mode. */
class Keyboard extends PassThrough {
  readonly isTTY = true;
  readonly modes: boolean[] = [];
  setRawMode(raw: boolean) {
    this.modes.push(raw);
  }
}

const UP = '\u001b[A';
const DOWN = '\u001b[B';
const QUESTION = 'Which provider?';

/** A person at a terminal who runs a command line. */
async function sit(line: string, env: {readonly [name: string]: string} = {}, columns = 80) {
  const directory = join(await temporary(), 'config');
  const {context, out} = await contextOf(line, {env, directory});
  const [keyboard, screen] = [new Keyboard(), new Terminal(columns, 24)];
  const seated: Context = {...context, stdin: keyboard, stderr: screen};
  return {keyboard, screen, out, directory, exitCode: run(seated)};
}

const urlsOf = (env: {readonly [name: string]: string}) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name.endsWith('_BASE_URL')));

describe('usage auth login at a terminal', () => {
  it.each<[string, string[], 'openai' | 'ionq' | 'miosa']>([
    ['Enter', ['\r'], 'openai'],
    ['down and Enter', [DOWN, '\r'], 'ionq'],
    ['j, j and Enter', ['jj', '\r'], 'miosa'],
    ['up from the first', [UP, '\n'], 'miosa'],
    ['down past the last', [DOWN, DOWN, '\u001bOB', DOWN, '\r'], 'ionq'],
    ['a number', ['3', '\r'], 'miosa'],
    ['a number that there is not', ['9', '\r'], 'openai'],
    ['keys that mean nothing', ['xyz\u001b[C\u001b[5~é', 'k', 'k', '\r'], 'ionq'],
  ])('lets a person pick by %s, and then asks for the key', async (_, keys, provider) => {
    const env = urlsOf((await startProviders(ALL)).env);
    const {keyboard, screen, out, directory, exitCode} = await sit('auth login', env);
    await screen.until(text => text.includes(QUESTION));
    for (const key of keys) keyboard.write(key);
    await screen.until(text => /API key: ?$/.test(text));
    expect(screen.screen).not.toContain(QUESTION);
    expect(screen.screen).toMatch(/Make one at https:\/\//);
    keyboard.write(`${SECRETS[provider]}\r`);
    expect(await exitCode).toBe(0);
    expect(screen.screen).toMatch(/logged in to .* as account/);
    expect(screen.raw).not.toContain(SECRETS[provider]);
    expect(out).toEqual([]);
    expect(keyboard.modes).toEqual([true, false, true, false]);
    expect(screen.isCursorShown).toBe(true);
    const {accounts} = JSON.parse(await readFile(join(directory, 'credentials.json'), 'utf8'));
    expect(accounts).toMatchObject({[provider]: {provider, secret: SECRETS[provider]}});
  });

  it.each(['CI', 'CONTINUOUS_INTEGRATION'])(
    'asks for its name where %s keeps Ink from drawing',
    async variable => {
      const {screen, keyboard, exitCode} = await sit('auth login', {[variable]: '1'});
      expect(await exitCode).toBe(2);
      expect(screen.screen).toMatch(/which provider\?\n +valid: usage auth login openai\|ionq\|miosa/);
      expect(keyboard.modes).toEqual([]);
    },
  );

  it('shows the mark where it is, on a narrow screen too', async () => {
    const {keyboard, screen, exitCode} = await sit('auth login', {}, 40);
    await screen.until(text => text.includes('❯ 1  OpenAI'));
    keyboard.write(DOWN);
    await screen.until(text => text.includes('❯ 2  IonQ'));
    expect(screen.screen).not.toContain('❯ 1');
    expect(screen.screen.split('\n').every(line => line.length <= 40)).toBe(true);
    keyboard.write('q');
    await exitCode;
  });

  it.each([
    ['q', 'q'],
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('leaves the screen as it was at %s', async (_, key) => {
    const {keyboard, screen, directory, exitCode} = await sit('auth login');
    await screen.until(text => text.includes(QUESTION));
    keyboard.write(key);
    expect(await exitCode).toBe(130);
    expect([screen.screen, screen.row, screen.column, screen.isCursorShown]).toEqual(['', 0, 0, true]);
    expect(keyboard.modes).toEqual([true, false]);
    await expect(readFile(directory)).rejects.toThrow('ENOENT');
  });

  it('gives the terminal back when the line hangs up', async () => {
    const {keyboard, screen, exitCode} = await sit('auth login');
    await screen.until(text => text.includes(QUESTION));
    keyboard.end();
    expect(await exitCode).toBe(2);
    expect(screen.screen).toMatch(/^error: the input ended before Enter/);
    expect(keyboard.modes).toEqual([true, false]);
  });

  it('picks for accounts add as well', async () => {
    const env = urlsOf((await startProviders(ALL)).env);
    const {keyboard, screen, exitCode} = await sit('accounts add lab', env);
    await screen.until(text => text.includes(QUESTION));
    keyboard.write('3\r');
    await screen.until(text => /API key: ?$/.test(text));
    keyboard.write(`${SECRETS.miosa}\r`);
    expect(await exitCode).toBe(0);
    expect(screen.screen).toMatch(/as account "lab"/);
  });
});
