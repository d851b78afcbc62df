import {stat} from 'node:fs/promises';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {InputError} from '../../src/core/errors.ts';
import {instant} from '../../src/core/instant.ts';
import {account, MARKER, tempStore} from './temp-store.ts';

describe('what may be stored', () => {
  const names = fc.oneof(
    fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,63}$/),
    fc.constantFrom('constructor', 'a.b.c', '0', '10', '9', 'tostring', 'hasownproperty', 'a..b', 'version'),
  );
  const settings = fc.dictionary(
    fc.constantFrom('organization', 'baseUrl', 'constructor', 'toString', 'tenant_id'),
    fc
      .string({unit: 'grapheme', minLength: 1, maxLength: 20})
      .filter(text => !/[\p{Cc}\p{Cs}\u2028\u2029\ufffd]/u.test(text)),
    {noNullPrototype: true},
  );
  const accounts = fc.uniqueArray(
    fc.record({
      name: names,
      provider: names,
      secret: fc.stringMatching(/^[\x21-\x7e]{1,200}$/),
      addedAt: fc.integer({min: 0, max: 253_402_300_799_999}).map(instant),
      settings,
    }),
    {selector: ({name}) => name, maxLength: 4},
  );

  it('comes back as it was, by name', async () => {
    await fc.assert(
      fc.asyncProperty(accounts, async stored => {
        const {store} = await tempStore();
        for (const one of stored) await store.save(one);
        expect(await store.list()).toEqual([...stored].sort((a, b) => (a.name < b.name ? -1 : 1)));
        for (const {name} of stored) expect(await store.remove(name)).toBe(true);
        expect(await store.list()).toEqual([]);
      }),
      {numRuns: 25},
    );
  });

  it.each([
    ['name', {name: '__proto__'}],
    ['name', {name: ''}],
    ['name', {name: 'Work'}],
    ['name', {name: '.hidden'}],
    ['name', {name: 'a/b'}],
    ['name', {name: 'a b'}],
    ['name', {name: 'a\n'}],
    ['name', {name: 'a'.repeat(65)}],
    ['provider', {provider: '__proto__'}],
    ['secret', {secret: ''}],
    ['secret', {secret: `${MARKER}\n`}],
    ['secret', {secret: `${MARKER} ${MARKER}`}],
    ['secret', {secret: 'x'.repeat(8193)}],
    ['secret', {secret: `${MARKER}é`}],
    ['settings', {settings: JSON.parse('{"__proto__x": "1", "__proto__": "2"}')}],
    ['settings', {settings: {organization: ''}}],
    ['settings', {settings: {organization: 'a\u001b[2Jb'}}],
    ['settings', {settings: {'a.b': 'x'}}],
    ['addedAt', {addedAt: instant(Number.NaN)}],
    ['addedAt', {addedAt: instant(0.5)}],
    ['addedAt', {addedAt: instant(253_402_300_800_000)}],
  ])('refuses a wrong %s: %j', async (field, changes) => {
    const {store, directory} = await tempStore();
    const failure = await store.save(account('work', changes)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect(failure).toHaveProperty('message', expect.stringContaining(field));
    expect(String(failure)).not.toContain(MARKER);
    await expect(stat(directory)).rejects.toThrow('ENOENT');
  });
});
