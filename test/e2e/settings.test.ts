import {chmod, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {demoEnv} from './providers.ts';
import {type Env, shell, tempFolder, usage} from './usage.ts';

describe('settings', () => {
  test('of many processes at the same time are all kept', {timeout: 180_000}, async () => {
    const env = {USAGE_CONFIG_DIR: await tempFolder()};
    const names = Array.from({length: 24}, (_, index) => `UNIT_${index}`);
    for (let first = 0; first < names.length; first += 8) {
      const runs = await Promise.all(
        names
          .slice(first, first + 8)
          .map(name => usage(['config', 'set', `rates.${name}`, `0.${first + 1}`], env)),
      );
      expect(runs.map(({exitCode}) => exitCode)).toEqual(runs.map(() => 0));
    }
    const {rates} = JSON.parse(await readFile(join(env.USAGE_CONFIG_DIR, 'config.json'), 'utf8'));
    expect(Object.keys(rates).sort()).toEqual([...names].sort());
    expect(await readdir(env.USAGE_CONFIG_DIR)).toEqual(['config.json']);
  });

  test('go through an editor, and through pipes', async () => {
    const env = {USAGE_CONFIG_DIR: await tempFolder()};
    const line = [
      'usage config set period mtd',
      "EDITOR='sed -i s/mtd/7d/' usage config edit",
      'usage config get period',
      'usage config list --json | jq -r ".settings[] | select(.value) | .key" || true',
      'usage config list | head -1',
    ].join(' && ');
    const {exitCode, stdout} = await shell(line, env);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^7d\n/);
    expect(stdout).toMatch(/\nSetting +From +Value\n$/);
  });

  test('decide what a report is', async () => {
    const env: Env = {...(await demoEnv()), USAGE_CONFIG_DIR: await tempFolder()};
    for (const [key, value] of [
      ['format', 'csv'],
      ['group-by', 'project'],
      ['period', 'yesterday'],
      ['provider', 'miosa'],
    ] as const)
      expect((await usage(['config', 'set', key, value], env)).exitCode).toBe(0);
    const typed = await usage(
      ['costs', '--csv', '--group-by', 'project', '--period', 'yesterday', '--provider', 'miosa'],
      await demoEnv(),
    );
    expect(typed.stdout).toMatch(/^provider,account,project_id/);
    expect((await usage(['costs'], env)).stdout).toBe(typed.stdout);
  });
});

test('a key that a command prints is seen nowhere', async () => {
  const {OPENAI_ADMIN_KEY: key = '', ...env} = {...(await demoEnv()), USAGE_CONFIG_DIR: await tempFolder()};
  const file = join(await tempFolder(), 'my key');
  await writeFile(file, `${key}\n`);
  await chmod(file, 0o600);
  const ran = [];
  for (const words of [
    ['accounts', 'add', 'work', '--provider', 'openai', '--key-command', `cat "${file}"`],
    ['accounts', 'list'],
    ['accounts', 'list', '--json'],
    ['config', 'list'],
    ['auth', 'status', '--json'],
    ['doctor'],
    ['doctor', '--json'],
    ['costs', '--account', 'work', '--verbose', '--debug'],
  ]) {
    const outcome = await usage(words, env);
    expect([words, outcome.exitCode]).toEqual([words, 0]);
    ran.push(outcome);
  }
  expect(key.length).toBeGreaterThan(10);
  for (const {stdout, stderr} of ran) expect(stdout + stderr).not.toContain(key);
  expect(ran[5]?.stdout).toMatch(/from key-command: organization /);
  const wrong = await usage(['costs', '--account', 'work'], {...env, PATH: '/nowhere'});
  expect([wrong.exitCode, wrong.stderr]).toEqual([4, expect.stringContaining('cat was not found')]);
});

test('usage doctor --demo finds nothing to mend', async () => {
  const {exitCode, stdout, stderr} = await usage(['doctor', '--demo']);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/\nNothing to mend\.\n$/);
  expect(stdout).not.toContain('\u001b');
});
