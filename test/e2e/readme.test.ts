import {chmod, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {demoEnv} from './providers.ts';
import {BIN, cleanEnv, ROOT, start, usage} from './usage.ts';

/** Lines of fenced `sh` blocks that call the tool; a line that ends in a backslash goes on in the next. */
function commandsOf(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  const lines = blocks.flatMap(block => block.replace(/\\\n\s*/g, '').split('\n'));
  return [...new Set(lines.map(line => line.replace(/^\$ /, '').trim()))].filter(line =>
    /^usage( |$)/.test(line),
  );
}

const commands = commandsOf(await readFile(join(ROOT, 'README.md'), 'utf8').catch(() => ''));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usage-readme-'));
  await shim('first/usage', `exec "${process.execPath}" "${BIN}" "$@"`);
  // Where there is no jq: takes JSON, one document or one a line, and nothing else.
  const check =
    'const t = require("fs").readFileSync(0, "utf8"); try {JSON.parse(t)} catch {t.trim().split("\\n").map(JSON.parse)}';
  await shim('last/jq', `exec "${process.execPath}" -e '${check}'`);
});

afterAll(() => rm(folder, {recursive: true, force: true}));

async function shim(path: string, line: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file));
  await writeFile(file, `#!/bin/sh\n${line}\n`);
  await chmod(file, 0o755);
}

test('README.md shows commands in fenced sh blocks', () => {
  expect(commands.length).toBeGreaterThan(0);
});

test('README.md shows what the tool really prints', async () => {
  const markdown = await readFile(join(ROOT, 'README.md'), 'utf8');
  const pictures = [...markdown.matchAll(/^```\n\$ usage ([^\n]*)\n(.*?)^```/gms)];
  expect(pictures.length).toBeGreaterThan(1);
  for (const [, line = '', picture] of pictures) {
    const {stdout} = await usage(line.split(' '), {COLUMNS: '110'});
    expect(picture).toBe(stdout);
  }
});

// One after the other, with one store: a login may be followed by its logout.
test.each(commands)('%s', async line => {
  const accounts = await demoEnv();
  const env = await cleanEnv({
    ...accounts,
    USAGE_CONFIG_DIR: join(folder, 'config'),
    PATH: [join(folder, 'first'), process.env.PATH, join(folder, 'last')].join(delimiter),
  });
  const id = /auth login (\w+)/.exec(line)?.[1]?.toUpperCase();
  const key = Object.entries(accounts).find(
    ([name]) => id && name.startsWith(id) && name.endsWith('KEY'),
  )?.[1];
  const {exitCode, stderr} = await start(
    'bash',
    ['-c', `cd "${folder}"; set -o pipefail; ${line}`],
    env,
    key ?? '',
  );
  expect({line, exitCode, stderr: exitCode === 0 ? '' : stderr}).toEqual({line, exitCode: 0, stderr: ''});
});
