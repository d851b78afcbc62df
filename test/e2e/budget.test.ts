import {chmod, readFile, writeFile} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {demoEnv, serve} from './providers.ts';
import {BIN, cleanEnv, type Env, ROOT, shell, start, tempFolder, usage} from './usage.ts';

const readme = await readFile(join(ROOT, 'README.md'), 'utf8');

/** An environment in which `usage` is a command, with a store of its own and the README's budgets in a file. */
async function readmeEnv(): Promise<{readonly env: Env; readonly folder: string}> {
  const folder = await tempFolder();
  const shim = join(folder, 'usage');
  await writeFile(shim, `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  await chmod(shim, 0o755);
  const env = await cleanEnv({
    ...(await demoEnv()),
    USAGE_CONFIG_DIR: join(folder, 'config'),
    PATH: [folder, process.env.PATH].join(delimiter),
  });
  return {env, folder};
}

const budgetLines = (): string[] =>
  readme.split('\n').flatMap(line => (/^usage budget set /.test(line) ? [line.replace(/ +#.*$/, '')] : []));

// Two hundred on the oldest Node that is supported; what keeps them apart is files, which are the same for newer ones.
const PROCESSES = process.version.startsWith('v20.') ? 200 : 40;

describe(`${PROCESSES} processes`, () => {
  test('that set a budget at the same time leave a whole store with all of them', {
    timeout: 600_000,
  }, async () => {
    const env = await cleanEnv({USAGE_CONFIG_DIR: join(await tempFolder(), 'config')});
    const scopes = Array.from({length: PROCESSES}, (_, index) => `user:u${String(index).padStart(3, '0')}`);
    const waiting = [...scopes];
    const worker = async () => {
      for (let scope = waiting.pop(); scope !== undefined; scope = waiting.pop()) {
        const {exitCode, stdout, stderr} = await start(
          process.execPath,
          [BIN, 'budget', 'set', scope, '5'],
          env,
        );
        expect({exitCode, stdout, stderr}).toEqual({
          exitCode: 0,
          stdout: '',
          stderr: `${scope}: $5.00 a month\n`,
        });
      }
    };
    await Promise.all(Array.from({length: 25}, worker));
    const {stdout} = await start(process.execPath, [BIN, 'budget', 'export'], env);
    expect(JSON.parse(stdout).budgets.map(({scope}: {scope: string}) => scope)).toEqual(scopes);
    expect(JSON.parse(await readFile(join(env.USAGE_CONFIG_DIR!, 'budgets.json'), 'utf8'))).toEqual(
      JSON.parse(stdout),
    );
  });
});

describe('what the README prints', () => {
  test('the picture of a check', async () => {
    const {env} = await readmeEnv();
    const [, line = '', picture] = /^```\n# (usage budget check [^\n]*)\n(.*?)^```/ms.exec(readme) ?? [];
    for (const set of budgetLines()) expect((await start('bash', ['-c', set], env)).exitCode).toBe(0);
    const {stdout, exitCode} = await start('bash', ['-c', line], env);
    expect({stdout, exitCode}).toEqual({stdout: picture, exitCode: 7});
  });

  test('the line for cron works as printed: it tells once, and says nothing while all is well', async () => {
    const [, line = ''] = /^5 \* \* \* \* +(usage budget check .*)$/m.exec(readme) ?? [];
    expect(line).toContain('--notify "$SLACK_HOOK"');
    const {env} = await readmeEnv();
    const hook = await serve(() => ({body: 'ok'}));
    const cron = () =>
      start('sh', ['-c', line.replaceAll('\\%', '%')], {...env, SLACK_HOOK: `${hook.url}/T000`});
    await start('bash', ['-c', 'usage budget set openai 100000'], env);
    expect(await cron()).toMatchObject({exitCode: 0, stdout: '', stderr: ''});
    expect(hook.received).toHaveLength(0);
    await start('bash', ['-c', 'usage budget set openai 100'], env);
    for (const _ of [1, 2]) {
      const {exitCode, stdout, stderr} = await cron();
      expect({exitCode, stderr}).toEqual({exitCode: 7, stderr: ''});
      expect(stdout).toMatch(/^over {5}openai: \$8,230\.04 of \$100\.00 a month .*\n$/);
    }
    expect(hook.received).toHaveLength(1);
  });

  test('the step for CI works as printed: it passes, and fails when the month is on the way beyond', async () => {
    const [, script = ''] = /^ {2}run: \|\n((?: {4}.*\n)+)/m.exec(readme) ?? [];
    expect(script).toContain('usage budget check');
    const {env, folder} = await readmeEnv();
    for (const set of budgetLines()) await start('bash', ['-c', set], env);
    await start('bash', ['-c', `cd '${folder}'; usage budget export --output budgets.json`], env);
    const elsewhere = {...env, USAGE_CONFIG_DIR: join(folder, 'runner')};
    // As GitHub runs a step.
    const step = () => start('bash', ['-e', '-c', `cd '${folder}'\n${script}`], elsewhere);
    const passed = await step();
    expect({stdout: passed.stdout, exitCode: passed.exitCode}).toMatchObject({exitCode: 0});
    const budgets = JSON.parse(await readFile(join(folder, 'budgets.json'), 'utf8'));
    budgets.budgets[0].amount = '1';
    await writeFile(join(folder, 'budgets.json'), JSON.stringify(budgets));
    expect((await step()).exitCode).toBe(7);
  });
});

describe('in a pipe', () => {
  test('a reader that goes away is no error, and JSON is one document', async () => {
    const config = {USAGE_CONFIG_DIR: join(await tempFolder(), 'config')};
    await usage(['budget', 'set', 'openai', '1'], config);
    expect(await shell('usage budget --demo --no-providers 2>/dev/null | head -1', config)).toMatchObject({
      exitCode: 0,
      stdout: 'Budgets · on 2026-11-22 (UTC)\n',
    });
    const {exitCode, stdout, stderr} = await usage(['budget', 'check', '--demo', '--json'], config);
    expect({exitCode, stderr}).toEqual({exitCode: 7, stderr: ''});
    expect(JSON.parse(stdout)).toMatchObject({schema: 'usage/budget-check@1', rows: [{result: 'over'}]});
    expect(stdout).not.toContain('\u001b');
  });
});
