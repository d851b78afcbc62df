import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {describe, expect, it} from 'vitest';
import {bundleStore, startChild} from './bundle.ts';
import {account, tempStore} from './temp-store.ts';

describe('many processes', () => {
  it('that save at the same time lose nothing', {timeout: 180_000}, async () => {
    const {store, directory, warnings} = await tempStore();
    const bundle = await bundleStore();
    const names = Array.from({length: 30}, (_, index) => `account-${String(index).padStart(2, '0')}`);
    const runs = await Promise.all(
      names.map(name =>
        startChild(bundle, directory, {do: 'save', names: [name], settings: {organization: name}}),
      ),
    );
    for (const {stdout, stderr, exitCode} of runs) {
      expect({stdout, stderr, exitCode}).toMatchObject({stderr: '', exitCode: 0});
    }
    const stored = await store.list();
    expect(stored.map(({name, settings}) => [name, settings])).toEqual(
      names.map(name => [name, {organization: name}]),
    );
    expect(await readdir(directory)).toEqual(['config.json', 'credentials.json']);
    expect(warnings).toEqual([]);
  });

  it('that are killed while they save leave a whole store', {timeout: 180_000}, async () => {
    const {store, directory} = await tempStore();
    const bundle = await bundleStore();
    for (let round = 0; round < 3; round++) {
      const names = Array.from({length: 500}, (_, index) => `round-${round}-${index}`);
      const child = startChild(bundle, directory, {do: 'save', names});
      const saved: string[] = [];
      for await (const line of child) {
        saved.push(JSON.parse(String(line)));
        if (saved.length === 5 + round) child.kill('SIGKILL');
      }
      await child;
      expect(saved.length).toBeLessThan(names.length);
      expect((await store.list()).map(({name}) => name)).toEqual(expect.arrayContaining(saved));
      await store.save(account(`after-${round}`)); // past the lock that may have been left
    }
    expect((await store.list()).filter(({name}) => name.startsWith('after-'))).toHaveLength(3);
  });
});

describe('loading conf', () => {
  it('is left to the first write: where it cannot be loaded, everything else works', async () => {
    const {store, directory} = await tempStore();
    const bundle = await bundleStore(['conf']);
    const list = () => startChild(bundle, directory, {do: 'list'});
    expect(await list()).toMatchObject({stdout: '[]', exitCode: 0});
    await store.save(account('work', {settings: {organization: 'org'}}));
    expect(await list()).toMatchObject({stdout: '["work"]', exitCode: 0});
    const before = await readFile(store.path, 'utf8');
    const save = await startChild(bundle, directory, {do: 'save', names: ['more']});
    expect(save.stdout).toContain('ERR_MODULE_NOT_FOUND');
    expect(await readFile(store.path, 'utf8')).toBe(before);
  });

  it('is not even tried for a store that is damaged', async () => {
    const {store, directory} = await tempStore();
    await mkdir(directory, {recursive: true, mode: 0o700});
    await writeFile(store.path, '{', {mode: 0o600});
    const save = await startChild(await bundleStore(['conf']), directory, {do: 'save', names: ['more']});
    expect(JSON.parse(save.stdout)).toMatchObject({name: 'StoreError'});
  });
});
