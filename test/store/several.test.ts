import {readFile} from 'node:fs/promises';
import {describe, expect, it} from 'vitest';
import {openPreferences} from '../../src/store/open-preferences.ts';
import {account, quickClock, tempStore} from './temp-store.ts';

async function world() {
  const {store, directory} = await tempStore();
  const preferences = openPreferences({directory, platform: 'linux', clock: quickClock(), warn: () => {}});
  return {store, preferences};
}

const commanded = {name: 'cmd', provider: 'acme', settings: {tenant: 't'}, keyCommand: 'pass show x'};

describe('an account with a command in place of a secret', () => {
  it('is kept in config.json alone', async () => {
    const {store} = await world();
    await store.save(commanded);
    await store.save(account('work'));
    expect(await store.list()).toEqual([commanded, account('work')]);
    expect(await readFile(store.path, 'utf8')).not.toContain('cmd');
    expect(await store.providers()).toEqual(new Map([['work', 'acme']]));
    expect(await store.remove('cmd')).toBe(true);
    expect(await store.list()).toEqual([account('work')]);
  });

  it('takes the place of one with a secret, and the other way round', async () => {
    const {store} = await world();
    await store.save(account('cmd'));
    await store.save(commanded);
    expect(await store.list()).toEqual([commanded]);
    expect(await readFile(store.path, 'utf8')).not.toContain('cmd');
    await store.save(account('cmd', {baseUrl: 'https://x.example'}));
    expect(await store.list()).toEqual([account('cmd', {baseUrl: 'https://x.example'})]);
  });

  it('must have one of the two', async () => {
    const {store} = await world();
    const {keyCommand: _, ...neither} = commanded;
    await expect(store.save(neither)).rejects.toThrow('a secret or a key command');
  });

  it('loses its secret and goes on, if it has both', async () => {
    const {store, preferences} = await world();
    await store.save(account('work', {settings: {organization: 'o'}}));
    await preferences.change(now => ({
      ...now,
      accounts: new Map([['work', {settings: {organization: 'o'}, keyCommand: 'pass show x'}]]),
    }));
    expect(await store.forget('work')).toBe(true);
    expect(await store.forget('work')).toBe(false);
    expect(await store.list()).toEqual([
      {name: 'work', provider: 'acme', settings: {organization: 'o'}, keyCommand: 'pass show x'},
    ]);
  });
});

describe('renaming', () => {
  it.each([
    account('old', {settings: {organization: 'o'}, baseUrl: 'https://x.example'}),
    account('old'),
    {...commanded, name: 'old'},
  ])('takes settings and defaults along: %j', async stored => {
    const {store, preferences} = await world();
    await store.save(stored);
    await store.save(account('other', {settings: {organization: 'p'}}));
    await preferences.change(now => ({...now, defaults: {account: ['other', 'old'], period: '7d'}}));
    expect(await store.rename('old', 'new')).toBe(true);
    expect(await store.list()).toEqual([
      {...stored, name: 'new'},
      account('other', {settings: {organization: 'p'}}),
    ]);
    expect((await preferences.read()).defaults).toEqual({account: ['other', 'new'], period: '7d'});
    expect(await readFile(store.settingsPath, 'utf8')).not.toContain('old');
    expect(await readFile(store.path, 'utf8')).not.toContain('old');
  });

  it('takes no settings over that were left behind', async () => {
    const {store, preferences} = await world();
    await store.save(account('old'));
    await preferences.change(now => ({
      ...now,
      accounts: new Map([['new', {settings: {organization: 'x'}}]]),
    }));
    expect(await store.rename('old', 'new')).toBe(true);
    expect(await store.list()).toEqual([account('new')]);
  });

  it('changes nothing if there is none of that name, or one of the other', async () => {
    const {store} = await world();
    await store.save(account('a'));
    await store.save(account('b'));
    expect(await store.rename('c', 'd')).toBe(false);
    expect(await store.rename('a', 'b')).toBe(false);
    expect(await store.list()).toEqual([account('a'), account('b')]);
  });
});

it('removing takes the account out of the defaults', async () => {
  const {store, preferences} = await world();
  await store.save(account('a'));
  await store.save(account('b'));
  await preferences.change(now => ({...now, defaults: {account: ['a', 'b']}}));
  await store.remove('a');
  expect((await preferences.read()).defaults).toEqual({account: ['b']});
  await store.remove('b');
  expect((await preferences.read()).defaults).toEqual({});
});
