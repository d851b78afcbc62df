import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {type Circumstances, envelope, temporary, usage} from '../support/context.ts';
import {ALL, startProviders} from '../support/providers.ts';

let folder: string;
let directory: string;
beforeEach(async () => {
  folder = await temporary();
  directory = join(folder, 'config');
});
const run = (line: string | readonly string[], more: Circumstances = {}) => usage(line, {directory, ...more});
const kept = async () => JSON.parse(await readFile(join(directory, 'budgets.json'), 'utf8')).budgets;

describe('set', () => {
  it.each([
    ['all 5000', {scope: 'all', amount: '5000', currency: 'USD', period: 'month'}],
    ['openai 0.10', {scope: 'openai', amount: '0.1'}],
    ['provider:openai 5', {scope: 'openai'}],
    ['account:openai 5', {scope: 'account:openai'}],
    ['account:work 5', {scope: 'work'}],
    ['openai/Alpha 5', {scope: 'openai/Alpha'}],
    ['account:openai/Alpha 5', {scope: 'account:openai/Alpha'}],
    ['user:ann@example.org unlimited', {scope: 'user:ann@example.org', amount: 'unlimited'}],
    [
      'model:gpt-4o 1 --currency eur --period quarter --cycle-day 31',
      {scope: 'model:gpt-4o', currency: 'EUR', period: 'quarter', cycleDay: 31},
    ],
    ['miosa 1 --currency MIOSA_CREDIT_CENTS', {currency: 'MIOSA_CREDIT_CENTS'}],
    ['all 1 --period total --starts 2026-01-01', {period: 'total', starts: '2026-01-01'}],
    ['all 1 --warn 80,50,99.5% --warn 50', {warn: [50, 80, 99.5]}],
  ])('%s', async (line, budget) => {
    expect(await run(`budget set ${line}`)).toMatchObject({code: 0, stdout: ''});
    expect(await kept()).toEqual([expect.objectContaining(budget)]);
  });

  it('replaces the budget of the same scope and period, and says what it was', async () => {
    await run('budget set all 5000');
    await run('budget set all 50 --period day');
    const {stderr} = await run('budget set all 6000 --warn 50');
    expect(stderr).toBe('all: $6,000.00 a month, warning at 50%, was $5,000.00 a month\n');
    expect((await kept()).map(({amount}: {amount: string}) => amount)).toEqual(['50', '6000']);
  });

  it('--json prints what was kept, and only that', async () => {
    const {stdout} = await run('budget set all 5000.50 --json');
    expect(JSON.parse(stdout)).toEqual({
      schema: 'usage/budgets@1',
      version: 1,
      budgets: [{scope: 'all', amount: '5000.5', currency: 'USD', period: 'month'}],
    });
  });

  it('asks nobody', async () => {
    const providers = await startProviders(ALL);
    await run('budget set openai/Alpha 5', {env: providers.env});
    expect(providers.paths('openai')).toEqual([]);
  });

  it.each([
    ['opnai 5', 'there is no provider or account "opnai"', 'did you mean openai?'],
    ['provider:work 5', 'there is no provider "work"', 'valid:'],
    ['work/Alpha 5', 'there is no provider or account "work"', 'account:work'],
    ['modl:gpt-4o 5', '"modl:gpt-4o" is no scope', 'did you mean model:?'],
    ['OpenAI 5', '"OpenAI" is no scope', 'did you mean openai?'],
    ['all 5,000', '"5,000" is no amount', 'a plain decimal'],
    ['all $5', '"$5" is no amount', 'a plain decimal'],
    ['all 1e3', '"1e3" is no amount', 'a plain decimal'],
    ['all unlimted', '"unlimted" is no amount', 'did you mean unlimited?'],
    ['all 5 --currency UDS', '--currency "UDS" is not known', 'ISO 4217'],
    ['all 5 --period monthly', '--period "monthly" is not known', 'did you mean month?'],
    ['all 5 --period total', '--period total needs a first day', '--starts'],
    ['all 5 --starts 2026-02-30', '--starts "2026-02-30" is no date', 'YYYY-MM-DD'],
    ['all 5 --cycle-day 0', '--cycle-day "0"', 'from 1 to 31'],
    ['all 5 --cycle-day 3 --period week', '--cycle-day does not go with --period week', 'months'],
    ['all 5 --warn 0', '--warn "0" is no percent', '0.01 to 1000'],
    ['all 5 --warn eighty', '--warn "eighty" is no percent', '0.01 to 1000'],
    ['all', "missing required argument 'amount'", 'budget set --help'],
    ['all 5 6', 'usage budget set takes no further words', '--help'],
  ])('set %s is refused: %s', async (line, message, way) => {
    const {code, stdout, stderr} = await run(`budget set ${line}`);
    expect({code, stdout}).toEqual({code: 2, stdout: ''});
    expect(stderr).toContain(message);
    expect(stderr).toContain(way);
    await expect(kept()).rejects.toThrow(); // nothing was made
  });

  it('a negative amount is no flag to be guessed at', async () => {
    expect((await run(['budget', 'set', 'all', '--', '-5'])).stderr).toContain('"-5" is no amount');
  });

  it('a store cut in half is reported with the way out, and never overwritten', async () => {
    await run('budget set all 5000');
    const path = join(directory, 'budgets.json');
    const half = (await readFile(path, 'utf8')).slice(0, 60);
    await writeFile(path, half);
    for (const line of ['set all 6', 'remove all', 'check --demo', 'list --demo', 'export', 'import -']) {
      const {code, stdout, stderr} = await run(`budget ${line}`, {stdin: '{"version": 1, "budgets": []}'});
      expect({line, code, stdout}).toEqual({line, code: 3, stdout: ''});
      expect(stderr).toContain('is cut off or is no JSON; it was left as it is');
      expect(stderr).toContain('usage budget import <file>');
      expect(await readFile(path, 'utf8')).toBe(half);
    }
  });
});

describe('remove', () => {
  beforeEach(async () => {
    for (const line of ['all 5000', 'all 50 --period day', 'openai 3', 'account:openai 4'])
      await run(`budget set ${line}`);
  });
  const scopes = async () =>
    (await kept()).map(({scope, period}: {scope: string; period: string}) => `${scope} ${period}`);

  it('removes the one of a scope', async () => {
    const {code, stderr} = await run('budget remove provider:openai');
    expect({code, stderr}).toEqual({code: 0, stderr: 'removed openai: $3.00 a month\n'});
    expect(await scopes()).toEqual(['account:openai month', 'all day', 'all month']);
  });

  it('wants to know which of several', async () => {
    const {code, stderr} = await run('budget remove all');
    expect(code).toBe(2);
    expect(stderr).toContain('--period day, --period month');
    expect((await run('budget remove all --period day')).code).toBe(0);
    expect(await scopes()).not.toContain('all day');
    await run('budget set all 50 --period day');
    expect((await run('budget remove all --all')).code).toBe(0);
    expect(await scopes()).toEqual(['account:openai month', 'openai month']);
  });

  it.each([
    ['opnai', 'did you mean openai?'],
    ['all --period week', 'day, month'],
  ])('%s is refused', async (line, way) => {
    const {code, stderr} = await run(`budget remove ${line}`);
    expect(code).toBe(2);
    expect(stderr).toContain(way);
    expect(await scopes()).toHaveLength(4);
  });
});

describe('export and import', () => {
  it('come back to the same text, here and elsewhere', async () => {
    for (const line of [
      'all 5000 --warn 50',
      'model:x unlimited',
      'all 9 --period total --starts 2026-01-01',
    ])
      await run(`budget set ${line}`);
    const {stdout} = await run('budget export');
    expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout), undefined, 2)}\n`);
    const file = join(folder, 'budgets file.json');
    expect(await run(['budget', 'export', '--output', file])).toEqual({code: 0, stdout: '', stderr: ''});
    expect(await readFile(file, 'utf8')).toBe(stdout);
    const elsewhere = {directory: join(folder, 'elsewhere')};
    const taken = await run(['budget', 'import', file], elsewhere);
    expect(taken).toMatchObject({code: 0, stdout: ''});
    expect(taken.stderr).toContain('3 budgets are kept: 3 added, 0 changed, 0 removed');
    expect((await run('budget export', elsewhere)).stdout).toBe(stdout);
    const told = await run('budget import - --json', {...elsewhere, stdin: stdout});
    expect(JSON.parse(told.stdout)).toEqual({schema: 'usage/budgets@1', ...JSON.parse(stdout)});
  });

  it('merges, or replaces when told to', async () => {
    await run('budget set all 1');
    await run('budget set openai 2');
    const file = {version: 1, budgets: [{scope: 'all', amount: '3', currency: 'USD', period: 'month'}]};
    const merged = await run('budget import -', {stdin: JSON.stringify(file)});
    expect(merged.stderr).toContain('2 budgets are kept: 0 added, 1 changed, 0 removed');
    expect((await kept()).map(({amount}: {amount: string}) => amount)).toEqual(['3', '2']);
    const replaced = await run('budget import - --replace', {stdin: JSON.stringify(file)});
    expect(replaced.stderr).toContain('1 budgets are kept: 0 added, 0 changed, 1 removed');
    expect(await kept()).toEqual(file.budgets);
  });

  it.each([
    ['', 'is cut off or is no JSON'],
    ['{"version": 1, "budgets": [{"scope": "all"}]}', 'at budgets.0.amount'],
    ['{"version": 2, "budgets": []}', 'newer version'],
  ])('all or nothing: %j', async (stdin, message) => {
    await run('budget set all 1');
    const before = await kept();
    const {code, stdout, stderr} = await run('budget import -', {stdin});
    expect({code, stdout}).toEqual({code: 2, stdout: ''});
    expect(stderr).toContain(message);
    expect(await kept()).toEqual(before);
  });

  it('a file that is not there is wrong input', async () => {
    const {code, stderr} = await run('budget import nowhere.json');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no such file');
  });
});

describe('the words of usage budget', () => {
  it('a misspelt one is refused with the nearest', async () => {
    const {code, stderr} = await run('budget chek --demo');
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean check?');
  });

  it('without a budget, list says how to begin, and check refuses to pass', async () => {
    const {code, stdout, stderr} = await run('budget list --no-providers --demo');
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing to list.');
    expect(stderr).toContain('usage budget set <scope> <amount>');
    expect(envelope(await run('budget --no-providers --demo --json')).rows).toEqual([]);
    const check = await run('budget check --demo');
    expect(check).toMatchObject({code: 2, stdout: ''});
    expect(check.stderr).toContain('no budget is kept here');
  });

  it('--fields picks columns and lists them', async () => {
    await run('budget set openai 1');
    const {stdout} = await run('budget list --demo --no-providers --csv --fields scope,state');
    expect(stdout).toBe('scope,state\nopenai,exceeded\n');
    expect((await run('budget list --fields help')).stdout).toMatch(/^scope +what the budget is for\n/);
    expect((await run('budget list --fields stat --demo')).stderr).toContain('did you mean state?');
  });
});
