import {mkdir, readFile, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {demoEnv} from './providers.ts';
import {cleanEnv, NOW, ROOT, start, tempFolder, usage} from './usage.ts';

/** A project of somebody else that has the package. */
async function project(): Promise<string> {
  const folder = await tempFolder();
  await mkdir(join(folder, 'node_modules'));
  await symlink(ROOT, join(folder, 'node_modules/usage-cli'));
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  return folder;
}

async function run(code: string, env = {}) {
  const folder = await project();
  await writeFile(join(folder, 'index.js'), code);
  return start(process.execPath, [join(folder, 'index.js')], await cleanEnv(env));
}

test('the example of the README prints what was billed', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const [, example = ''] = /^```js\n(.*?)^```/ms.exec(readme) ?? [];
  expect(example).toContain("from 'usage-cli'");
  const env = await demoEnv();
  // The example is about today; what the demo has is about another day.
  const {exitCode, stdout, stderr} = await run(
    example.replace("period: 'last-month'", "period: '2026-10'"),
    env,
  );
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
  const told = await usage(['costs', '--period', '2026-10', '--provider', 'openai', '--json'], env);
  expect(stdout).toContain(
    `cost: '${/"totals": \[\s*\{"currency": "USD", "cost": ([\d.]+)/.exec(told.stdout)?.[1]}'`,
  );
  expect(stdout).toMatch(/^Atlas Search \d+\.\d+ USD$/m);
});

test('it loads nothing before it is asked, and leaves the process free to end', async () => {
  const {exitCode, stdout} = await run(`
    import {report, costs, usage, ReportError} from 'usage-cli';
    const {rows} = await report({demo: true, groupBy: ['project'], now: new Date('${NOW}')});
    const error = await costs({period: 'nope', demo: true}).catch(error => error);
    console.log(rows.length > 5, error instanceof ReportError, error.code, typeof usage);
  `);
  expect({exitCode, stdout}).toEqual({exitCode: 0, stdout: 'true true input function\n'});
});

test('its types stand alone, and catch what is wrong', async () => {
  const folder = await project();
  const check = async (code: string) => {
    await writeFile(join(folder, 'index.ts'), code);
    const options = [
      '--ignoreConfig',
      '--strict',
      '--noEmit',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      '',
    ];
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    return start(process.execPath, [tsc, ...options, join(folder, 'index.ts')], await cleanEnv());
  };
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const [, example = ''] = /^```js\n(.*?)^```/ms.exec(readme) ?? [];
  const shown = await check(
    `declare const process: {env: {[name: string]: string | undefined}};\n${example}`,
  );
  expect({exitCode: shown.exitCode, stdout: shown.stdout}).toEqual({exitCode: 0, stdout: ''});
  const right = await check(`
    import {report, type Report, type ReportRow} from 'usage-cli';
    const made: Report<ReportRow> = await report({demo: true, groupBy: ['line-item'], filters: {project: ['Alpha']}});
    export const costs: (string | null)[] = made.rows.map(({cost}) => cost);
  `);
  expect({exitCode: right.exitCode, stdout: right.stdout}).toEqual({exitCode: 0, stdout: ''});
  const wrong = await check(`
    import {report} from 'usage-cli';
    await report({demo: true, groupBy: ['projects']});
    export const sum: number = (await report({demo: true})).rows[0].cost;
  `);
  expect(wrong.exitCode).not.toBe(0);
  expect(wrong.stdout).toMatch(/"projects"' is not assignable[\s\S]*'number'/);
});
