import {existsSync} from 'node:fs';
import {mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {temporary, usage} from '../support/context.ts';

let folder: string;
let directory: string;
beforeEach(async () => {
  folder = await temporary();
  directory = join(folder, 'config');
});
const config = (...words: string[]) => usage(['config', ...words], {directory});
const file = () => join(directory, 'config.json');
const written = async () => JSON.parse(await readFile(file(), 'utf8'));
const add = (name: string, provider: string) =>
  usage(`accounts add ${name} --provider ${provider} --no-verify`, {
    directory,
    stdin: 'key-of-mine-0123456789',
  });

describe('config set, get and unset', () => {
  it.each<[string, string, string, object]>([
    [
      'defaults.group-by',
      'project,api_key',
      'project,api-key',
      {defaults: {groupBy: ['project', 'api-key']}},
    ],
    ['group-by', 'none', 'none', {defaults: {groupBy: ['none']}}],
    ['defaults.groupBy', 'model', 'model', {defaults: {groupBy: ['model']}}],
    [
      'defaults.period',
      '2026-11-01..2026-11-15',
      '2026-11-01..2026-11-15',
      {defaults: {period: '2026-11-01..2026-11-15'}},
    ],
    ['defaults.compare', 'none', 'none', {defaults: {compare: 'none'}}],
    ['defaults.format', 'ndjson', 'ndjson', {defaults: {format: 'ndjson'}}],
    ['defaults.provider', 'miosa,ionq', 'miosa,ionq', {defaults: {provider: ['miosa', 'ionq']}}],
    ['defaults.timeout', '60', '60', {defaults: {timeout: 60}}],
    ['defaults.concurrency', '2', '2', {defaults: {concurrency: 2}}],
    ['billing-cycle-day', '31', '31', {defaults: {billingCycleDay: 31}}],
    ['billing_cycle_day', '1', '1', {defaults: {billingCycleDay: 1}}],
    ['rates.MIOSA_CREDIT_CENTS', '0.010', '0.01', {rates: {MIOSA_CREDIT_CENTS: '0.01'}}],
    [
      'rates.eur',
      '1.08531234567890123456',
      '1.08531234567890123456',
      {rates: {EUR: '1.08531234567890123456'}},
    ],
    ['rates.QPU_POINTS', '3', '3', {rates: {QPU_POINTS: '3'}}],
    [
      'accounts.openai.base-url',
      'https://eu.example.com/v1',
      'https://eu.example.com/v1',
      {accounts: {openai: {baseUrl: 'https://eu.example.com/v1'}}},
    ],
    [
      'accounts.openai.organization',
      'org-1',
      'org-1',
      {accounts: {openai: {settings: {organization: 'org-1'}}}},
    ],
    ['accounts.miosa.tenant', 'é b', 'é b', {accounts: {miosa: {settings: {tenant: 'é b'}}}}],
    [
      'accounts.ionq.key-command',
      'pass show "my key"',
      'pass show "my key"',
      {accounts: {ionq: {provider: 'ionq', keyCommand: 'pass show "my key"'}}},
    ],
  ])('%s %s', async (key, value, shown, content) => {
    const set = await config('set', key, value);
    expect([set.code, set.stdout]).toEqual([0, '']);
    expect(set.stderr).toContain(`is ${shown} now (${file()})`);
    expect(await written()).toEqual({version: 1, accounts: {}, ...content});
    expect(await config('get', key)).toEqual({code: 0, stdout: `${shown}\n`, stderr: ''});
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await config('unset', key)).code).toBe(0);
    expect(await written()).toEqual({version: 1, accounts: {}});
    expect((await config('unset', key)).stderr).toMatch(/was not set$/m);
  });

  it.each<[string, string, RegExp]>([
    [
      'defaults.perod',
      '7d',
      /^error: there is no setting "defaults\.perod"\n {2}did you mean defaults\.period\?/,
    ],
    ['perod', '7d', /did you mean period\?/],
    ['default.period', '7d', /did you mean defaults\.period\?/],
    ['defaults', '7d', /there is no setting "defaults"/],
    ['defaults.top', '5', /valid: the defaults are provider, account, group-by, /],
    ['top', '5', /valid: the defaults are provider, account, group-by, /],
    ['accounts.openai', 'x', /there is no setting "accounts\.openai"/],
    [
      'accounts.opnai.base-url',
      'https://x.example',
      /^error: there is no account "opnai"\n {2}did you mean openai\?/,
    ],
    ['accounts.openai.organisation', 'x', /did you mean organization\?/],
    ['accounts.ionq.tenant', 'x', /accounts of IonQ have no setting "tenant"/],
    ['accounts.openai.secret', 'x', /no setting "secret"/],
    ['defaults.period', '7days', /"7days" is no period/],
    ['defaults.group-by', 'projct', /defaults\.group-by "projct" is not known\n {2}did you mean project\?/],
    ['defaults.group-by', '', /defaults\.group-by is empty/],
    ['defaults.format', 'jsn', /defaults\.format "jsn" is not known\n {2}did you mean json\?/],
    ['defaults.provider', 'opneai', /did you mean openai\?/],
    ['defaults.account', 'work', /defaults\.account "work" is not known/],
    ['defaults.timeout', '0', /defaults\.timeout "0" is no number it takes/],
    ['billing-cycle-day', '32', /a whole number from 1 to 31/],
    ['rates.MIOSA_CREDIT_CENT', '1', /did you mean MIOSA_CREDIT_CENTS\?/],
    ['rates.EUX', '1', /"EUX" is no currency that is known/],
    ['rates.USD', '1', /USD is what rates are counted in/],
    ['rates.E-R', '1', /"E-R" is no currency/],
    ['rates.EUR', '0', /rates\.EUR "0" is no price/],
    ['rates.EUR', '-1', /is no price/],
    ['rates.EUR', '1,08', /is no price/],
    ['rates.EUR', '1e400', /is no price/],
    ['accounts.openai.base-url', 'http://api.example.com', /would send the key over plain http/],
    ['accounts.openai.base-url', 'https://me:pw@api.example.com', /holds more than a base URL/],
    ['accounts.openai.organization', '', /accounts\.openai\.organization cannot be that/],
    ['accounts.openai.organization', 'a\nb', /on one line/],
    ['accounts.openai.key-command', '"pass', /the key command has a quote that is not closed/],
    ['accounts.openai.key-command', '!', /the key command names no program/],
  ])('%s %j is refused, and nothing is made', async (key, value, message) => {
    const {code, stdout, stderr} = await config('set', key, '--', value);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(existsSync(directory)).toBe(false);
  });

  it.each([
    ['accounts.openai.key-command', 'printf %s sk-admin-0123456789abcdefghij'],
    ['accounts.openai.key-command', '!echo "sk-admin-0123456789abcdefghij"'],
    ['accounts.openai.organization', 'sk-admin-0123456789abcdefghij'],
  ])('a key pasted into %s is refused and not repeated', async (key, value) => {
    const {code, stdout, stderr} = await config('set', key, value);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/looks like a key, and keys are no settings/);
    expect(stderr).not.toContain('0123456789');
    expect(existsSync(directory)).toBe(false);
  });

  it('knows accounts by name, dots included', async () => {
    await add('a.b', 'miosa');
    expect((await config('set', 'accounts.a.b.tenant', 'x')).code).toBe(0);
    expect((await config('set', 'account', 'a.b')).code).toBe(0);
    expect((await written()).accounts).toEqual({'a.b': {settings: {tenant: 'x'}}});
    expect((await config('set', 'accounts.a.c.tenant', 'x')).stderr).toMatch(/did you mean a\.b\?/);
    expect((await config('set', 'accounts.a.b.organization', 'x')).code).toBe(2);
  });

  it.each([
    ['account', ''],
    ['account', ','],
    ['account', ' '],
    ['provider', ''],
    ['provider', ',,'],
    ['group-by', ''],
  ])('%s "%s" is nothing, and nothing is written', async (key, text) => {
    await add('work', 'openai');
    const {code, stderr} = await config('set', key, text);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: defaults\.\S+ is empty\n {2}valid: (some of|comma list of) /);
    expect((await config('get', key)).code).toBe(0);
    expect(existsSync(file())).toBe(false);
  });

  it('names words of a list as the list that it takes', async () => {
    const {code, stderr} = await config('set', 'group-by', 'project', 'user');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/usage config set defaults.group-by project,user\n/),
    ]);
    expect((await config('set', 'group-by', 'project', 'usr')).stderr).toContain('group-by "project usr"');
  });

  it('wants one value', async () => {
    const {code, stderr} = await config('set', 'accounts.openai.key-command', 'pass', 'show', 'x');
    expect(code).toBe(2);
    expect(stderr).toContain('usage config set accounts.openai.key-command "pass show x"');
  });

  it('says which variable goes before a setting', async () => {
    const env = {OPENAI_BASE_URL: 'http://127.0.0.1:1', OPENAI_ADMIN_KEY: 'sk-admin-x'};
    const {stderr} = await usage('config set accounts.openai.base-url https://x.example', {directory, env});
    expect(stderr).toMatch(/^note: OPENAI_BASE_URL is set and goes before it$/m);
    const {stdout} = await usage('config list', {directory, env});
    expect(stdout).toMatch(
      /^accounts\.openai\.base-url +config\.json, OPENAI_BASE_URL goes first +https:\/\/x\.example$/m,
    );
    expect(stdout).toMatch(/^accounts\.openai\.key-command +not set, OPENAI_ADMIN_KEY goes first$/m);
    expect(stdout).not.toContain('sk-admin-x');
  });

  it('prints what counts where nothing is set', async () => {
    expect((await config('get', 'defaults.period')).stdout).toBe('mtd\n');
    expect((await config('get', 'defaults.provider')).stdout).toBe('\n');
    expect(existsSync(directory)).toBe(false);
  });
});

describe('for scripts', () => {
  it('every answer is JSON', async () => {
    const set = await config('set', 'rates.EUR', '1.10', '--json');
    const setting = {key: 'rates.EUR', value: '1.1', built_in: null, description: expect.any(String)};
    const answer = {schema: 'usage/config@1', path: file(), settings: [setting]};
    expect([JSON.parse(set.stdout), set.stderr]).toEqual([answer, '']);
    expect(JSON.parse((await config('get', 'rates.EUR', '--json')).stdout)).toEqual(answer);
    const {settings} = JSON.parse((await config('list', '--json')).stdout);
    expect(settings).toContainEqual(setting);
    expect(settings).toContainEqual(
      expect.objectContaining({key: 'defaults.timeout', value: null, built_in: '30'}),
    );
    expect(JSON.parse((await config('get', '--json')).stdout).settings).toEqual(settings);
    expect(JSON.parse((await config('path', '--json')).stdout).path).toBe(file());
    const unset = await config('unset', 'rates.EUR', '--json');
    expect(JSON.parse(unset.stdout).settings).toEqual([{...setting, value: null}]);
    const wrong = await config('set', 'rates.EUR', 'x', '--json');
    expect(JSON.parse(wrong.stderr).error).toMatchObject({code: 'input'});
  });

  it('config path needs no store', async () => {
    expect(await config('path')).toEqual({code: 0, stdout: `${file()}\n`, stderr: ''});
  });
});

describe('a damaged config.json', () => {
  it.each([['get', 'period'], ['set', 'period', '7d'], ['unset', 'period'], ['list']])(
    'is refused by config %s, and left as it is',
    async (...words) => {
      await mkdir(directory, {mode: 0o700});
      await writeFile(file(), '{"version": 1, "accou', {mode: 0o600});
      const {code, stdout, stderr} = await config(...words);
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toContain(`${file()} is cut off or is no JSON; it was left as it is`);
      expect(await readFile(file(), 'utf8')).toBe('{"version": 1, "accou');
      expect(await readdir(directory)).toEqual(['config.json']);
    },
  );
});
