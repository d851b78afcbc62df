import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {BIN, cleanEnv, ROOT, start, usage} from './usage.ts';

const manifest: unknown = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));

test.each(['--version', '-V'])('%s is the version of the package and nothing else', async flag => {
  const ran = await usage([flag]);
  expect(manifest).toMatchObject({version: ran.stdout.trim()});
  expect(ran).toEqual({exitCode: 0, stdout: `${ran.stdout.trim()}\n`, stderr: ''});
});

test('the file itself can be run', async () => {
  const {exitCode, stderr} = await start(BIN, ['--version'], await cleanEnv());
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
});

test('without accounts, usage alone says how to begin', async () => {
  const {exitCode, stdout, stderr} = await usage([]);
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
  expect(stdout.split('\n')).toHaveLength(4);
  expect(stdout).toContain('usage auth login');
  expect(stdout).toContain('--demo');
});
