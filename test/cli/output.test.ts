import {existsSync} from 'node:fs';
import {chmod, mkdir, readdir, readFile, stat, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {writeToFile} from '../../src/cli/write-answer.ts';
import {InterruptedError} from '../../src/core/errors.ts';
import {contextOf, temporary, usage} from '../support/context.ts';
import {ALL, always, startProviders, well} from '../support/providers.ts';

const broken = always({status: 500, body: {}});

describe('--output', () => {
  it.each(['table', 'csv', 'tsv', 'json', 'ndjson', 'markdown'])(
    'holds as %s what stdout would, and stdout nothing',
    async format => {
      const {env} = await startProviders(ALL);
      const folder = await temporary();
      const file = join(folder, 'report');
      const line = ['costs', '--group-by', 'project', '--format', format];
      const shown = await usage(line, {env});
      const written = await usage([...line, '--output', file], {env});
      expect(written).toEqual({...shown, stdout: ''});
      expect(await readFile(file, 'utf8')).toBe(shown.stdout);
      // Nothing else is left in the folder.
      expect(await readdir(folder)).toEqual(['report']);
    },
  );

  it('replaces a file whole and keeps its mode', async () => {
    const {env} = await startProviders(ALL);
    const file = join(await temporary(), 'report.csv');
    await writeFile(file, 'x'.repeat(1_000_000));
    await chmod(file, 0o640);
    await usage(['costs', '--csv', '-o', file], {env});
    expect(await readFile(file, 'utf8')).toMatch(
      /^provider,account,cost,currency\n(?:\w+,\w+,[\d.]+,\w+\n){3}$/,
    );
    expect((await stat(file)).mode & 0o777).toBe(0o640);
  });

  it('follows a link to the file that it stands for', async () => {
    const {env} = await startProviders(ALL);
    const folder = await temporary();
    const [file, link] = [join(folder, 'real.csv'), join(folder, 'link.csv')];
    await writeFile(file, 'before');
    await symlink(file, link);
    await usage(['costs', '--csv', '--output', link], {env});
    expect(await readFile(file, 'utf8')).toMatch(/^provider,/);
    expect(await readdir(folder)).toEqual(['link.csv', 'real.csv']);
  });

  it('may be what is no file: /dev/null takes it, and stays what it is', async () => {
    const {env} = await startProviders(ALL);
    expect(await usage('costs --json --output /dev/null', {env})).toEqual({code: 0, stdout: '', stderr: ''});
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  it('has no colour in it, although stdout is a terminal', async () => {
    const {env} = await startProviders(ALL);
    const file = join(await temporary(), 'report.txt');
    await usage(['costs', '--output', file], {env, columns: 100});
    expect(await readFile(file, 'utf8')).toMatch(/^Costs as billed/);
    expect(await readFile(file, 'utf8')).not.toContain('\u001b');
  });
});

describe('a place that cannot be written to', () => {
  it.each<[string, (folder: string) => Promise<string>, RegExp]>([
    ['no folder', async folder => join(folder, 'missing', 'out.json'), /its folder does not exist/],
    ['a folder', async folder => folder, /it is a folder/],
    [
      'a file for a folder',
      async folder => {
        await writeFile(join(folder, 'file'), '');
        return join(folder, 'file', 'out.json');
      },
      /its folder is a file/,
    ],
    [
      'a link in a circle',
      async folder => {
        await symlink(join(folder, 'b'), join(folder, 'a'));
        await symlink(join(folder, 'a'), join(folder, 'b'));
        return join(folder, 'a');
      },
      /its links go in circles/,
    ],
    ['nothing at all', async () => '', /it is no path/],
  ])('is exit 3 before anybody is asked: %s', async (_, make, says) => {
    const {env, paths} = await startProviders(ALL);
    const path = await make(await temporary());
    const {code, stdout, stderr} = await usage(['costs', '--output', path], {env});
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^error: --output .*cannot be written: /);
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/valid: a file in a folder that exists and may be written to/);
    expect((['openai', 'ionq', 'miosa'] as const).flatMap(paths)).toEqual([]);
  });

  it('is exit 3 when it turns out to be full', async () => {
    const {env} = await startProviders(ALL);
    const {code, stdout, stderr} = await usage('costs --json --output /dev/full', {env});
    expect([code, stdout]).toEqual([3, '']);
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'store',
      message: expect.stringContaining('the disk is full'),
    });
  });

  it('is exit 3 when the folder goes away in the meantime', async () => {
    const folder = join(await temporary(), 'folder');
    await mkdir(folder);
    const {rm} = await import('node:fs/promises');
    const {env} = await startProviders({
      miosa: () => {
        void rm(folder, {recursive: true});
        return 'serve';
      },
    });
    const {code, stdout, stderr} = await usage(['costs', '--output', join(folder, 'out')], {env});
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/its folder does not exist/);
  });
});

describe('an answer that breaks off in the middle', () => {
  it.each([
    ['by Ctrl-C', (stop: () => void) => stop(), InterruptedError],
    ['by a bug', () => Promise.reject(new TypeError('oops')), /oops/],
  ] as const)('%s leaves the file as it was, and nothing beside it', async (_, happen, failure) => {
    const folder = await temporary();
    const file = join(folder, 'out.json');
    await writeFile(file, 'before');
    const controller = new AbortController();
    async function* chunks() {
      yield 'x'.repeat(100_000);
      await happen(() => controller.abort());
      yield 'y'.repeat(100_000);
    }
    const {context} = await contextOf('', {signal: controller.signal});
    await expect(writeToFile(chunks(), file, context)).rejects.toThrow(failure);
    expect(await readFile(file, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['out.json']);
  });
});

describe('what was there before stays', () => {
  it.each([
    ['every provider fails', {openai: broken, miosa: broken}, '', 5],
    ['one fails with --strict', {openai: well, miosa: broken}, '--strict', 5],
    ['a key is refused', {openai: always({status: 401, body: {}})}, '', 4],
    ['the input is wrong', ALL, '--top 0', 2],
    ['nobody can answer', ALL, '--bucket minute', 2],
  ])('when %s', async (_, behaviours, flags, expected) => {
    const {env} = await startProviders(behaviours);
    const folder = await temporary();
    const [old, fresh] = [join(folder, 'old.json'), join(folder, 'new.json')];
    await writeFile(old, 'before');
    for (const file of [old, fresh]) {
      const {code, stdout} = await usage(['costs', ...flags.split(' ').filter(Boolean), '--output', file], {
        env,
      });
      expect([code, stdout]).toEqual([expected, '']);
    }
    expect(await readFile(old, 'utf8')).toBe('before');
    expect(existsSync(fresh)).toBe(false);
    expect(await readdir(folder)).toEqual(['old.json']);
  });

  it('but what some answered is written, with exit 6', async () => {
    const {env} = await startProviders({openai: well, miosa: broken});
    const file = join(await temporary(), 'out.json');
    const {code, stdout} = await usage(['costs', '--json', '--output', file], {env});
    expect([code, stdout]).toEqual([6, '']);
    expect(
      JSON.parse(await readFile(file, 'utf8')).sources.map(({status}: {status: string}) => status),
    ).toEqual(['ok', 'failed']);
  });
});
