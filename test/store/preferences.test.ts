import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {settingsSchema} from '../../src/cli/config/schema.ts';
import {DIMENSION_NAMES, flagOf} from '../../src/core/dimension.ts';
import {StoreError} from '../../src/core/errors.ts';
import {type Decimal, decimal, fromScaled} from '../../src/core/money.ts';
import {drivers} from '../../src/drivers/index.ts';
import {FORMATS} from '../../src/render/renderer.ts';
import {openPreferences} from '../../src/store/open-preferences.ts';
import type {Defaults, Preferences} from '../../src/store/settings.ts';
import {settingsJsonSchema} from '../../src/store/settings-schema.ts';
import {quickClock, tempDirectory} from './temp-store.ts';

async function temp() {
  const directory = join(await tempDirectory(), 'config');
  const preferences = openPreferences({directory, platform: 'linux', clock: quickClock(), warn: () => {}});
  const write = async (text: string) => {
    await mkdir(dirname(preferences.path), {recursive: true, mode: 0o700});
    await writeFile(preferences.path, text, {mode: 0o600});
  };
  return {directory, preferences, write};
}

const oneOf = (words: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...words), {minLength: 1, maxLength: 3});
const rate = fc
  .tuple(fc.bigInt({min: 1n, max: 10n ** 25n}), fc.nat(20))
  .map(([n, places]) => fromScaled(n, places));
const settings: fc.Arbitrary<Preferences> = fc.record({
  accounts: fc
    .dictionary(
      fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/),
      fc.record(
        {
          provider: fc.constantFrom(...drivers.map(({id}) => id as string)),
          settings: fc.constantFrom({}, {organization: 'org-1'}, {tenant: 'é\u{1f600}'}),
          baseUrl: fc.webUrl(),
          keyCommand: fc.constantFrom('pass show x', '!a | b'),
        },
        {requiredKeys: ['settings', 'baseUrl'], noNullPrototype: true},
      ),
      {noNullPrototype: true},
    )
    .map(object => new Map(Object.entries(object))),
  defaults: fc.record<Defaults>(
    {
      provider: oneOf(drivers.map(({id}) => id)),
      account: oneOf(['work', 'a.b']),
      groupBy: oneOf(DIMENSION_NAMES.map(flagOf)),
      period: fc.constantFrom('7d', '2026-11-01..2026-11-15', '2026-Q4'),
      compare: fc.constantFrom('previous', 'none', '2025'),
      format: fc.constantFrom(...FORMATS),
      timeout: fc.integer({min: 1, max: 3600}),
      concurrency: fc.integer({min: 1, max: 64}),
      billingCycleDay: fc.integer({min: 1, max: 31}),
    },
    {requiredKeys: [], noNullPrototype: true},
  ),
  rates: fc
    .dictionary(
      fc.stringMatching(/^[A-Z][A-Z0-9_]{2,10}$/).filter(code => code !== 'USD'),
      rate,
      {noNullPrototype: true},
    )
    .map(object => new Map(Object.entries(object))),
});

const ajv = new Ajv2020({strict: true, allErrors: true});
const [ours, forPeople] = [ajv.compile(settingsJsonSchema()), ajv.compile(settingsSchema())];

describe('config.json', () => {
  it('gives back what was put in, and is what its JSON Schemas describe', async () => {
    await fc.assert(
      fc.asyncProperty(settings, async wanted => {
        const {preferences} = await temp();
        expect(await preferences.change(() => wanted)).toEqual(wanted);
        expect(await preferences.read()).toEqual(wanted);
        const json: unknown = JSON.parse(await readFile(preferences.path, 'utf8'));
        expect([ours(json), ours.errors]).toEqual([true, null]);
        expect([forPeople(json), forPeople.errors]).toEqual([true, null]);
      }),
      {numRuns: 50},
    );
  });

  it.each([
    '{}',
    '{"version": 2}',
    '{"version": 1, "default": {}}',
    '{"version": 1, "defaults": {"period": ""}}',
    '{"version": 1, "defaults": {"groupBy": "project"}}',
    '{"version": 1, "defaults": {"groupBy": []}}',
    '{"version": 1, "defaults": {"billingCycleDay": 0}}',
    '{"version": 1, "defaults": {"billingCycleDay": 32}}',
    '{"version": 1, "defaults": {"billingCycleDay": 1.5}}',
    '{"version": 1, "defaults": {"timeout": "30"}}',
    '{"version": 1, "rates": {"USD": "1"}}',
    '{"version": 1, "rates": {"eur": "1"}}',
    '{"version": 1, "rates": {"EUR": 1.08}}',
    '{"version": 1, "rates": {"EUR": "0"}}',
    '{"version": 1, "rates": {"EUR": "0.000"}}',
    '{"version": 1, "rates": {"EUR": "-1"}}',
    '{"version": 1, "rates": {"EUR": "1e3"}}',
    '{"version": 1, "accounts": {"work": {"settings": {"organization": ""}}}}',
    '{"version": 1, "accounts": {"work": {"secret": "x"}}}',
    '{"version": 1, "accounts": {"Work": {}}}',
    '{"version": 1, "accounts": {"work": {"keyCommand": "a\\nb"}}}',
  ])('%s is refused by the reader and by both schemas', async text => {
    const {preferences, write} = await temp();
    await write(text);
    await expect(preferences.read()).rejects.toThrow(StoreError);
    await expect(preferences.change(now => now)).rejects.toThrow(StoreError);
    expect([ours(JSON.parse(text)), forPeople(JSON.parse(text))]).toEqual([false, false]);
    expect(await readFile(preferences.path, 'utf8')).toBe(text);
  });

  it('of an older usage, without the newer parts, is sound', async () => {
    const {preferences, write} = await temp();
    await write('{"version": 1, "accounts": {"work": {"settings": {"organization": "org-1"}}}}');
    expect(await preferences.read()).toEqual({
      accounts: new Map([['work', {settings: {organization: 'org-1'}}]]),
      defaults: {},
      rates: new Map(),
    });
  });

  it('keeps a price to its last digit', async () => {
    const {preferences, write} = await temp();
    await write('{"version": 1, "rates": {"X_CENTS": "0.010000000000000000000000000001"}}');
    expect((await preferences.read()).rates.get('X_CENTS')).toBe(decimal('0.010000000000000000000000000001'));
  });
});

describe('changing', () => {
  it('makes nothing if the change is refused', async () => {
    const {preferences, directory} = await temp();
    const refuse = () => {
      throw new StoreError('no');
    };
    await expect(preferences.change(refuse)).rejects.toThrow('no');
    await expect(readdir(directory)).rejects.toThrow('ENOENT');
  });

  it('loses none of many changes at the same time', async () => {
    const {preferences} = await temp();
    const names = Array.from({length: 20}, (_, index) => `X${index}`);
    await Promise.all(
      names.map(name =>
        preferences.change(now => ({...now, rates: new Map(now.rates).set(name, '1' as Decimal)})),
      ),
    );
    expect([...(await preferences.read()).rates.keys()].sort()).toEqual(names.sort());
  });

  it('replaces the very text that was seen, and no other', async () => {
    const {preferences, write} = await temp();
    const next: Preferences = {accounts: new Map(), defaults: {period: '7d'}, rates: new Map()};
    expect(await preferences.text()).toBeUndefined();
    expect(await preferences.replace('{}', next)).toBe(false);
    expect(await preferences.text()).toBeUndefined();
    expect(await preferences.replace(undefined, next)).toBe(true);
    await write('damaged');
    expect(await preferences.replace('other', next)).toBe(false);
    expect(await preferences.text()).toBe('damaged');
    expect(await preferences.replace('damaged', next)).toBe(true);
    expect(await preferences.read()).toEqual(next);
  });
});
