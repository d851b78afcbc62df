import {readdir, readFile} from 'node:fs/promises';
import {isAbsolute, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Metafile} from 'esbuild';
import {describe, expect, test} from 'vitest';
import {demoEnv} from './providers.ts';
import {type Env, ROOT, tempFolder, usage} from './usage.ts';

const {outputs} = JSON.parse(await readFile(join(ROOT, 'build/meta.json'), 'utf8')) as Metafile;

/** Files of the bundle that a run loads: V8 lists every script that it has seen. */
async function loadedBy(args: readonly string[], env: Env): Promise<string[]> {
  const folder = await tempFolder();
  const {exitCode} = await usage(args, {...env, NODE_V8_COVERAGE: folder});
  expect(exitCode).toBe(0);
  const reports = await Promise.all(
    (await readdir(folder)).map(name => readFile(join(folder, name), 'utf8')),
  );
  const urls = reports.flatMap(text =>
    (JSON.parse(text) as {result: {url: string}[]}).result.map(({url}) => url),
  );
  // Scripts of the bundle go by their paths where bin/load.js loads them, by URLs where Node does.
  const paths = urls.map(url => (url.startsWith('file:') ? fileURLToPath(url) : url));
  return paths
    .filter(path => isAbsolute(path))
    .flatMap(path => {
      const file = relative(ROOT, path);
      return file.startsWith('bin/') ? [] : [file];
    });
}

/** The packages and the source files behind those files: `react`, `src/http/gate.ts` … */
async function originsOf(args: readonly string[], env: Env = {}): Promise<string[]> {
  const origins = (await loadedBy(args, env)).flatMap(file => {
    const output = outputs[file];
    if (!output) throw new Error(`${file} was loaded and is not in build/meta.json`);
    // A file that contributes no byte was only looked at.
    return Object.entries(output.inputs).flatMap(([path, {bytesInOutput}]) =>
      bytesInOutput > 0 ? [origin(path)] : [],
    );
  });
  return [...new Set(origins)].sort();
}

const origin = (path: string): string => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? path;

const packages = (origins: readonly string[]): string[] =>
  origins.filter(name => !/^(src|scripts)\//.test(name));

/** What the tool needs to fetch and to add up. */
const FETCHING = ['big.js', 'commander', 'zod'];

/** Minified code, in thousands of bytes. */
const KILOBYTES = {help: 86, json: 270, terminal: 540};

describe('what is loaded', () => {
  test.each([
    [['--version'], []],
    [['--help'], []],
    [['report', '--help'], ['commander']],
  ])('for %j: the packages %j, and nothing that asks or adds up', async (args, allowed) => {
    const origins = await originsOf(args);
    expect(packages(origins)).toEqual(allowed);
    expect(origins.filter(path => /^src\/(http|store|drivers|pipeline|reports|demo)\//.test(path))).toEqual(
      [],
    );
  });

  test('for a JSON report: no renderer but its own, no store, no demo', async () => {
    const origins = await originsOf(['report', '--json'], await demoEnv());
    expect(packages(origins)).toEqual(FETCHING);
    expect(origins.filter(path => path.startsWith('src/demo/') || path === 'src/store/open.ts')).toEqual([]);
    expect(origins).not.toContain('src/render/text.ts');
  });

  test('through a proxy: undici', async () => {
    const env = {...(await demoEnv()), HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: '127.0.0.1'};
    expect(packages(await originsOf(['costs', '--json'], env))).toEqual([...FETCHING, 'undici'].sort());
  });

  test('for CSV: its writer besides', async () => {
    const origins = await originsOf(['report', '--csv', '--quiet'], await demoEnv());
    expect(packages(origins)).toEqual([...FETCHING, 'csv-stringify'].sort());
  });

  test('for a table in a pipe: cli-table3, and no Ink', async () => {
    const origins = await originsOf(['report'], await demoEnv());
    expect(origins).toContain('cli-table3');
    for (const name of ['ink', 'react', 'react-reconciler', 'yoga-layout', 'conf', 'csv-stringify'])
      expect(origins).not.toContain(name);
  });

  test('for a store without accounts: no conf, which only writing needs', async () => {
    const env = {...(await demoEnv()), USAGE_CONFIG_DIR: await tempFolder()};
    expect(await originsOf(['costs', '--json'], env)).not.toContain('conf');
  });
});

/**
 * Start-up is paid in code that is loaded, which can be counted: where a timed test would fail on a busy machine, this
 * one fails for what makes a run slower. Growth within the tolerance is free; whoever needs more changes the figure.
 */
describe('how much is loaded', () => {
  const TOLERANCE = 0.1;

  test.each<readonly [string, readonly string[], Env, number]>([
    ['--version', ['--version'], {}, 0],
    ['report --help', ['report', '--help'], {}, KILOBYTES.help],
    ['report --json', ['report', '--json'], {}, KILOBYTES.json],
    ['report on a terminal', ['report'], {FORCE_COLOR: '1'}, KILOBYTES.terminal],
  ])('for %s', async (name, args, more, kilobytes) => {
    const files = await loadedBy(args, {...(await demoEnv()), ...more});
    const origins = new Set(
      files.flatMap(file =>
        Object.entries(outputs[file]?.inputs ?? {}).flatMap(([path, {bytesInOutput}]) =>
          bytesInOutput > 0 ? [folderOf(origin(path))] : [],
        ),
      ),
    );
    await expect(
      [...origins]
        .sort()
        .map(line => `${line}\n`)
        .join(''),
    ).toMatchFileSnapshot(join(ROOT, `fixtures/golden/modules/${name.replace(/\W+/g, '-')}.txt`));
    const loaded = files.reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0) / 1_000;
    expect(loaded).toBeLessThanOrEqual(kilobytes * (1 + TOLERANCE));
    expect(loaded).toBeGreaterThanOrEqual(kilobytes * (1 - TOLERANCE));
  });
});

/** `src/http/gate.ts` → `src/http`; a package stands for itself. */
const folderOf = (name: string): string => name.replace(/^((?:src|scripts)\/[^/]+)\/.*/, '$1');

test('the bundle has what it says: Ink, React and conf are in it, behind doors of their own', () => {
  const inputs = Object.values(outputs).flatMap(output => Object.keys(output.inputs).map(origin));
  expect(inputs).toEqual(expect.arrayContaining(['ink', 'react', 'conf', 'cli-table3', 'csv-stringify']));
});
