import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {demoEnv} from './providers.ts';
import {BIN, cleanEnv, start, tempFolder, usage} from './usage.ts';

/** Long enough that a kill may hit its writing. */
const LARGE = [
  'costs',
  '--quiet',
  '--period',
  '30d',
  '--bucket',
  'day',
  '--group-by',
  'project,line-item',
  '--csv',
];

test('kill -9 at any moment leaves the old file or the new one, whole', {timeout: 180_000}, async () => {
  const env = await demoEnv();
  const folder = await tempFolder();
  const file = join(folder, 'costs.csv');
  const began = performance.now();
  const {stdout: whole} = await usage(LARGE, env);
  const took = performance.now() - began;
  expect(whole.length).toBeGreaterThan(100_000);
  const seen = new Set<string>();
  // The last rounds are let live, so that both ends are met for certain.
  for (let round = 0; round < 14; round++) {
    await writeFile(file, 'old\n');
    const running = start(process.execPath, [BIN, ...LARGE, '--output', file], await cleanEnv(env));
    const killer =
      round < 12 ? setTimeout(() => running.kill('SIGKILL'), took * (0.3 + round * 0.07)) : undefined;
    await running;
    clearTimeout(killer);
    const left = await readFile(file, 'utf8');
    expect(left === 'old\n' || left === whole).toBe(true);
    seen.add(left);
    // What a killed run leaves behind is hidden, and never the file itself.
    for (const name of await readdir(folder)) expect(name).toMatch(/^(costs\.csv|\.costs\.csv\.\w+\.tmp)$/);
  }
  expect(seen).toEqual(new Set(['old\n', whole]));
});

test('two runs into one file leave the answer of one of them, whole', async () => {
  const env = await demoEnv();
  const file = join(await tempFolder(), 'costs.csv');
  const {stdout: whole} = await usage(LARGE, env);
  const ran = await Promise.all([1, 2].map(() => usage([...LARGE, '--output', file], env)));
  expect(ran.map(({exitCode}) => exitCode)).toEqual([0, 0]);
  expect(await readFile(file, 'utf8')).toBe(whole);
});
