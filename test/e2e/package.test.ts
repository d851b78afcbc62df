import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Metafile} from 'esbuild';
import {expect, test} from 'vitest';
import {cleanEnv, NOW, ROOT, start, tempFolder} from './usage.ts';

const {outputs} = JSON.parse(await readFile(join(ROOT, 'build/meta.json'), 'utf8')) as Metafile;

/** npm in the checkout, without scripts: what is there is what is packed. */
async function npm(...args: readonly string[]): Promise<string> {
  const {exitCode, stdout, stderr} = await start(
    'npm',
    [...args, '--ignore-scripts', '--offline'],
    await cleanEnv(),
  );
  expect({exitCode, stderr: exitCode === 0 ? '' : stderr}).toEqual({exitCode: 0, stderr: ''});
  return stdout;
}

test('the package has these files and not one more', async () => {
  const [packed] = JSON.parse(await npm('pack', ROOT, '--dry-run', '--json')) as [
    {files: {path: string; mode: number}[]},
  ];
  const files = packed.files.map(({path}) => path).sort();
  const chunks = Object.keys(outputs).filter(path => path.startsWith('dist/chunks/'));
  const compiled = files.filter(path => path.startsWith('dist/v8-'));
  expect(files.filter(path => !/^dist\/(chunks|v8-)/.test(path))).toEqual([
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'bin/load.js',
    'bin/package.json',
    'bin/usage.js',
    'dist/THIRD_PARTY_NOTICES.txt',
    'dist/help.txt',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/main.js',
    'dist/package.json',
    'docs/focus.md',
    'man/usage.1',
    'package.json',
  ]);
  // Chunk names change with their contents; the build says which there are.
  expect(files.filter(path => path.startsWith('dist/chunks/'))).toEqual(
    [...chunks, 'dist/chunks/yoga.wasm'].sort(),
  );
  // What V8 compiled of them, for the Node that built it.
  for (const path of compiled)
    expect(files).toContain(
      path
        .replace(/^dist\/v8-[^/]+\//, 'dist/')
        .replace('chunks-', 'chunks/')
        .replace(/\.bin$/, ''),
    );
  expect(compiled.length).toBeGreaterThan(20);
  expect(packed.files.find(({path}) => path === 'bin/usage.js')?.mode).toBe(0o755);
});

test('what the README links to is packed', async () => {
  const [{files}] = JSON.parse(await npm('pack', ROOT, '--dry-run', '--json')) as [{files: {path: string}[]}];
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const links = [...readme.matchAll(/\]\(([^):#]+)\)/g)].map(([, path]) => path);
  expect(links).toContain('docs/focus.md');
  expect(links.filter(link => !files.some(({path}) => path === link))).toEqual([]);
});

test('installed far from its source it needs no other package', async () => {
  const folder = await tempFolder();
  const [{filename}] = JSON.parse(await npm('pack', ROOT, '--pack-destination', folder, '--json')) as [
    {filename: string},
  ];
  await npm('install', '--global', '--prefix', folder, join(folder, filename));
  expect(await readdir(join(folder, 'lib/node_modules'))).toEqual(['usage-cli']);
  const env = {...(await cleanEnv()), USAGE_NOW: NOW};
  for (const format of ['table', 'csv', 'json']) {
    const {exitCode, stdout, stderr} = await start(
      join(folder, 'bin/usage'),
      ['costs', '--demo', '--format', format],
      env,
    );
    expect({exitCode, stderr: stderr.includes('rror')}).toEqual({exitCode: 0, stderr: false});
    expect(stdout.length).toBeGreaterThan(100);
  }
});

test('the licence of every bundled package is told', async () => {
  const notices = await readFile(join(ROOT, 'dist/THIRD_PARTY_NOTICES.txt'), 'utf8');
  for (const name of [
    'commander',
    'zod',
    'undici',
    'ink',
    'react',
    'cli-table3',
    'csv-stringify',
    'conf',
    'big.js',
  ])
    expect(notices).toMatch(new RegExp(`^${name.replace('.', '\\.')} \\d+\\.\\d+\\.\\d+ \\(MIT\\)$`, 'm'));
});
