import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {accountsAt, closedUrl} from './providers.ts';
import {tempFolder, usage} from './usage.ts';

test.each([
  [['reprot'], 'did you mean report?'],
  [['nonsense'], 'valid: '],
  [['report', '--periode', '7d'], 'did you mean --period?'],
  [['report', '--period', '2026-13'], 'valid: '],
  [['report', '--group-by', 'projekt'], 'did you mean project?'],
  [['costs', '--fields', 'coast'], 'did you mean cost?'],
  [['costs', '--format', 'yaml'], 'valid: '],
  [['costs', '--csv', '--format', 'tsv'], 'give one format'],
  [['costs', '--period', '7d', '--from', '2026-11-01'], 'exclude each other'],
  [['costs', '--timeout', 'soon'], '--timeout'],
  [['usage', 'completion'], 'did you mean completions?'],
  [['--providers', 'openai'], 'did you mean --provider?'],
  [['auth', 'logni'], ''],
])('usage %j is refused with exit 2 and a way out', async (args, says) => {
  const {exitCode, stdout, stderr} = await usage(args);
  expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''});
  expect(stderr).toMatch(/^error: .+\n( {2}.+\n)+$/);
  expect(stderr).toContain(says);
});

test.each([['--json'], ['--format', 'json'], ['--format=json'], ['-f', 'json']])(
  'with %s %s the error is one JSON object on stderr',
  async (...flags) => {
    const {exitCode, stdout, stderr} = await usage(['report', '--period', 'sometime', ...flags]);
    expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''});
    expect(stderr).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'input',
        message: expect.stringContaining('sometime'),
        provider: null,
        hint: expect.stringContaining('mtd'),
      },
    });
  },
);

test('a wrong flag is found before anybody is asked', async () => {
  const env = accountsAt(await closedUrl());
  const {exitCode, stderr} = await usage(['costs', '--sort', 'colour'], env);
  expect(exitCode).toBe(2);
  expect(stderr).not.toContain('cannot be reached');
});

test('USAGE_NOW that is no instant is refused', async () => {
  const {exitCode, stderr} = await usage(['costs', '--demo'], {USAGE_NOW: 'yesterday'});
  expect(exitCode).toBe(2);
  expect(stderr).toContain('USAGE_NOW');
});

test('without a credential it is exit 4, with the ways to set one', async () => {
  const {exitCode, stdout, stderr} = await usage(['report']);
  expect({exitCode, stdout}).toEqual({exitCode: 4, stdout: ''});
  for (const way of ['OPENAI_ADMIN_KEY', 'IONQ_API_KEY', 'MIOSA_API_KEY', 'usage auth login', '--demo'])
    expect(stderr).toContain(way);
});

test('a store that cannot be read is exit 3, and stays as it is', async () => {
  const folder = await tempFolder();
  const file = join(folder, 'credentials.json');
  await writeFile(file, '{"accounts": [', {mode: 0o600});
  const {exitCode, stdout, stderr} = await usage(['report'], {USAGE_CONFIG_DIR: folder});
  expect({exitCode, stdout}).toEqual({exitCode: 3, stdout: ''});
  expect(stderr).toContain('credentials.json');
  expect(await readFile(file, 'utf8')).toBe('{"accounts": [');
});

test('an output that cannot be written is exit 3, before anybody is asked', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'taken'));
  for (const path of [join(folder, 'taken'), join(folder, 'nowhere', 'costs.csv')]) {
    const {exitCode, stdout, stderr} = await usage(
      ['costs', '--csv', '--output', path],
      accountsAt(await closedUrl()),
    );
    expect({exitCode, stdout}).toEqual({exitCode: 3, stdout: ''});
    expect(stderr).not.toContain('cannot be reached');
  }
});
