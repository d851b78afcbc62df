import {chmod, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {temporary, usage} from '../support/context.ts';

// What a newcomer did, and was told nothing or something untrue.

describe('a bare group does what it is there for', () => {
  it.each([
    ['config', /^Setting +From/],
    ['auth', /^openai\n {2}not set up/],
    ['config --json', /"settings"/],
  ])('usage %s', async (line, expected) => {
    const {code, stdout} = await usage(line);
    expect(code).toBe(0);
    expect(stdout).toMatch(expected);
  });
});

it.each([
  ['config nonsense', 'no command of usage config'],
  ['auth nonsense', 'no command of usage auth'],
  ['auth status inoq', 'did you mean ionq?'],
  ['auth logout', 'usage auth logout <account>'],
  ['report --demo --compare prevoius', 'did you mean previous?'],
  ['report --demo --period 2026-02-30', '2026-02 has the days 01 to 28'],
])('usage %s is told: %s', async (line, told) => {
  const {code, stdout, stderr} = await usage(line);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(told);
});

it.each(['--provider', '--account'])('%s without a value is empty, and not a contradiction', async flag => {
  const {code, stderr} = await usage(['report', '--demo', flag, '']);
  expect(code).toBe(2);
  expect(stderr).toContain(`${flag} is empty`);
});

it('a provider asked for by name that is not set up is told, with exit 4', async () => {
  const {code, stdout} = await usage('auth status ionq');
  expect([code, stdout]).toEqual([4, 'ionq\n  not set up  set IONQ_API_KEY or run usage auth login ionq\n']);
});

it('a key of the wrong kind in the environment goes to nobody', async () => {
  const env = {OPENAI_ADMIN_KEY: `sk-proj-${'x'.repeat(30)}`};
  const {code, stderr} = await usage('costs', {env});
  expect(code).toBe(4);
  expect(stderr).toContain('OPENAI_ADMIN_KEY: This is a project key');
});

it.skipIf(process.getuid?.() === 0)('a file that may not be written is not replaced', async () => {
  const file = join(await temporary(), 'kept.csv');
  await writeFile(file, 'kept');
  await chmod(file, 0o400);
  expect((await usage(`costs --demo --csv --output ${file}`)).code).toBe(3);
  expect(await readFile(file, 'utf8')).toBe('kept');
});
