import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {ROOT, usage} from '../e2e/usage.ts';

const GOLDEN = join(ROOT, 'fixtures/golden/help');
const WIDTH = 80;

/** Headings that commands stand under: every other one is of flags, examples or topics. */
const COMMANDS = /^(Reports|Providers and accounts|This tool|Commands):\n/;

/** Names of the subcommands that a help text lists; a list ends with the first empty line. */
function listed(help: string): string[] {
  const sections = help.split(/^(?=\S.*:\n)/m).filter(section => COMMANDS.test(section));
  return sections
    .flatMap(section => [...(section.split('\n\n')[0] ?? '').matchAll(/^ {2}([a-z][a-z-]*)/gm)])
    .flatMap(([, name = '']) => (name === 'help' ? [] : [name]));
}

/** The help of a command and of everything below it, by the words that call it. */
async function helps(words: readonly string[] = []): Promise<Map<string, string>> {
  const {exitCode, stdout, stderr} = await usage([...words, '--help'], {COLUMNS: String(WIDTH)});
  expect({words, exitCode, stderr}).toEqual({words, exitCode: 0, stderr: ''});
  const below = await Promise.all(listed(stdout).map(name => helps([...words, name])));
  return new Map([[['usage', ...words].join('-'), stdout], ...below.flatMap(map => [...map])]);
}

test('every command has help, as written down', async () => {
  const all = await helps();
  expect(all.size).toBeGreaterThan(5);
  for (const [name, text] of all) await expect.soft(text).toMatchFileSnapshot(join(GOLDEN, `${name}.txt`));
  const known = new Set([...all.keys()].map(name => `${name}.txt`));
  expect((await readdir(GOLDEN).catch(() => [])).filter(file => !known.has(file))).toEqual([]);
});

test('no line of help is wider than the terminal', async () => {
  const wide = [...(await helps())].flatMap(([name, text]) =>
    text.split('\n').flatMap(line => (line.length > WIDTH ? [`${name}: ${line}`] : [])),
  );
  expect(wide).toEqual([]);
});

test.each([40, 60])('in a terminal of %i columns usage --help is made anew for it', async width => {
  for (const words of [['--help'], ['help'], ['budget', '--help']]) {
    const {exitCode, stdout} = await usage(words, {COLUMNS: String(width)});
    expect(exitCode).toBe(0);
    const page = await usage(words);
    expect(stdout.split('\n').filter(line => line.length > width)).toEqual([]);
    expect(stdout.split(/[\s\\]+/)).toEqual(page.stdout.split(/[\s\\]+/));
  }
});

test.each([['help'], ['-h'], ['help', 'report'], ['report', '-h'], ['auth', 'help', 'login']])(
  'usage %s %s %s is help too, on stdout',
  async (...words) => {
    const {exitCode, stdout, stderr} = await usage(words);
    expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
    expect(stdout).toMatch(/^Usage: usage /);
  },
);
