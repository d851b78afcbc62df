import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import {EXIT_CODES} from '../../src/cli/guide.ts';
import {TOPICS} from '../../src/cli/topics.ts';
import {DIMENSION_NAMES, flagOf} from '../../src/core/dimension.ts';
import {parsePeriod} from '../../src/core/parse-period.ts';
import {drivers} from '../../src/drivers/index.ts';
import {usage} from '../support/context.ts';
import {NOW} from '../support/session.ts';

const topic = async (name: string): Promise<string> => {
  const {code, stdout, stderr} = await usage(`help ${name}`);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

describe.each(Object.keys(TOPICS))('usage help %s', name => {
  it('is as written down, in 80 columns', async () => {
    const text = await topic(name);
    await expect(text).toMatchFileSnapshot(`../../fixtures/golden/topics/${name}.txt`);
    expect(text.split('\n').filter(line => line.length > 80)).toEqual([]);
    expect(text.endsWith('\n')).toBe(true);
  });

  it.each([40, 60])('fits a terminal of %i columns, by COLUMNS or by itself', async width => {
    const {stdout} = await usage(`help ${name}`, {env: {COLUMNS: String(width)}});
    expect(stdout.split('\n').filter(line => line.length > width)).toEqual([]);
    expect((await usage(`help ${name}`, {columns: width})).stdout).toBe(stdout);
  });

  it('is listed by usage --help', async () => {
    const {stdout} = await usage('--help');
    expect(stdout).toContain(`usage help ${name.padEnd(12)} ${TOPICS[name]?.summary}`);
  });
});

it('periods: every form is one that is taken, and those that move say what they are today', async () => {
  const text = await topic('periods');
  const [, forms = ''] = text.split(/^--period, and .*:\n/m);
  const lines = (forms.split('\n\n')[0] ?? '').split('\n').filter(line => /^ {2}\S/.test(line));
  expect(lines.length).toBeGreaterThan(12);
  for (const line of lines) {
    const [form = '', span = ''] = line.trim().split(/\s+/);
    const {start} = parsePeriod(form, NOW);
    if (/^\d{4}/.test(span)) expect(span).toContain(new Date(start).toISOString().slice(0, 10));
  }
  expect(text).toContain('mtd         2026-11-01..2026-11-22');
});

it('group-by: every dimension, and who can split by it', async () => {
  const text = await topic('group-by');
  for (const dimension of DIMENSION_NAMES) expect(text).toMatch(new RegExp(`^  ${flagOf(dimension)} `, 'm'));
  expect(text).toMatch(/^ {2}line-item +OpenAI costs$/m);
  expect(text).toMatch(/^ {2}job +IonQ costs and usage$/m);
});

it('environment: every variable that a driver reads', async () => {
  const text = await topic('environment');
  for (const {credential, settings, baseUrlEnv} of drivers)
    for (const name of [credential.env, baseUrlEnv, ...settings.map(({env}) => env)])
      expect(text).toContain(name);
});

it('environment: every file that the store keeps', async () => {
  const folder = fileURLToPath(new URL('../../src/store', import.meta.url));
  const sources = await Promise.all(
    (await readdir(folder)).map(name => readFile(join(folder, name), 'utf8')),
  );
  const files = [...new Set(sources.join('').match(/(?<=')[a-z]+\.(?:json|lock)(?=')/g))];
  expect(files.length).toBeGreaterThanOrEqual(6);
  const text = await topic('environment');
  for (const file of files) expect(text).toMatch(new RegExp(`^  ${file} `, 'm'));
});

it('exit-codes: all of them', async () => {
  const text = await topic('exit-codes');
  for (const code of Object.keys(EXIT_CODES)) expect(text).toMatch(new RegExp(`^  ${code} `, 'm'));
});

it('a topic that there is not is wrong input that names the nearest', async () => {
  const {code, stdout, stderr} = await usage('help period');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/neither a command nor a topic[\s\S]*did you mean periods\?/);
});
