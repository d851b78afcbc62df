import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {answered, temporary, usage} from '../support/context.ts';
import {ALL, startProviders} from '../support/providers.ts';

let directory: string;
let env: {readonly [name: string]: string};
beforeEach(async () => {
  directory = join(await temporary(), 'config');
  ({env} = await startProviders(ALL));
});
const set = async (...pairs: [key: string, value: string][]) => {
  for (const [key, value] of pairs) {
    const {code} = await usage(['config', 'set', key, value], {directory, env});
    expect(code).toBe(0);
  }
};
const run = (line: string) => usage(line, {directory, env});

describe('defaults', () => {
  it('are what the flags would be', async () => {
    const typed = await answered(
      'report --group-by project,line-item --period last-month --provider openai --compare none',
      {directory, env},
    );
    await set(
      ['group-by', 'project,line-item'],
      ['period', 'last-month'],
      ['provider', 'openai'],
      ['compare', 'none'],
    );
    const filled = await answered('report', {directory, env});
    expect(filled).toEqual(typed);
    expect(filled).toMatchObject({
      group_by: ['project', 'line_item'],
      compare: null,
      period: {label: 'last-month'},
    });
    expect(filled.rows.length).toBeGreaterThan(1);
  });

  it.each<[string, string, string, string]>([
    ['group-by', 'project', '--group-by provider', 'costs --period 7d'],
    ['period', '30d', '--period 7d', 'costs'],
    ['period', '30d', '--from 2026-11-16 --to 2026-11-22', 'costs'],
    ['provider', 'miosa', '--provider openai', 'costs --period 7d'],
    ['provider', 'miosa', '--account openai', 'costs --period 7d'],
    ['account', 'miosa', '--account openai', 'costs --period 7d'],
    ['account', 'miosa', '--provider openai', 'costs --period 7d'],
    ['format', 'csv', '--format json', 'costs --period 7d'],
    ['format', 'csv', '--json', 'costs --period 7d'],
    ['compare', 'previous', '--compare none', 'costs --period 7d'],
  ])('%s %s gives way to %s', async (key, value, flags, line) => {
    const before = await run(`${line} ${flags}`);
    const without = await run(line);
    await set([key, value]);
    expect(await run(`${line} ${flags}`)).toEqual(before);
    expect((await run(line)).stdout).not.toBe(without.stdout);
  });

  it('of the format make errors no other: they follow the flags', async () => {
    await set(['format', 'csv']);
    expect((await run('costs')).stdout).toMatch(/^provider,account,cost,currency/);
    expect(await run('costs --json --quiet').then(({stdout}) => JSON.parse(stdout).schema)).toBe(
      'usage/costs@1',
    );
  });

  it('that a report has no flag for are left out', async () => {
    await set(['compare', 'previous'], ['billing-cycle-day', '15']);
    expect((await run('usage completions --period 7d')).code).toBe(0);
  });

  it('are said with --verbose, and only those that count', async () => {
    await set(['period', '7d'], ['group-by', 'project'], ['timeout', '5']);
    expect((await run('costs --csv --quiet')).stderr).toBe('');
    const {stderr} = await run('costs --csv --period 30d --verbose');
    expect(stderr).toMatch(/^note: from config\.json: --group-by project, --timeout 5$/m);
    expect((await run('costs --csv')).stderr).not.toContain('config.json');
  });

  it('are named when a report is refused that nobody typed like that', async () => {
    await set(['group-by', 'job']);
    const {code, stderr} = await run('costs --provider openai');
    expect(code).toBe(2);
    expect(stderr).toMatch(/config\.json adds --group-by job \(usage config list\)/);
  });

  it('about accounts are not for the demo, which has its own', async () => {
    await usage('accounts add lab --provider openai --no-verify', {
      directory,
      env,
      stdin: 'sk-admin-lab-0123456789',
    });
    await set(['account', 'lab'], ['group-by', 'project'], ['period', '7d']);
    const {code, stdout} = await run('costs --demo --csv --quiet');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^provider,account,project_id/);
    expect(stdout).toMatch(/^miosa,miosa,/m);
  });

  it.each([
    ['{"period": "7days"}', 'defaults.period'],
    ['{"format": "jsn"}', 'defaults.format'],
    ['{"groupBy": ["projct"]}', 'defaults.group-by'],
    ['{"provider": ["opnai"]}', 'defaults.provider'],
  ])(
    'that somebody wrote wrongly into the file (%s) are refused, with the way out',
    async (defaults, key) => {
      await mkdir(directory, {mode: 0o700});
      await writeFile(join(directory, 'config.json'), `{"version": 1, "defaults": ${defaults}}`, {
        mode: 0o600,
      });
      const {code, stdout, stderr} = await run('costs');
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toMatch(/^error: config\.json: /);
      expect(stderr).toContain(`usage config unset ${key}`);
      expect((await run('costs --provider miosa --group-by none --period 7d --csv')).code).toBe(0);
    },
  );

  it('for an account that is gone are refused by name', async () => {
    await mkdir(directory, {mode: 0o700});
    await writeFile(join(directory, 'config.json'), '{"version": 1, "defaults": {"account": ["opnai"]}}', {
      mode: 0o600,
    });
    const {code, stderr} = await run('costs');
    expect(code).toBe(2);
    expect(stderr).toMatch(/--account "opnai" is not known\n {2}did you mean openai\?/);
    expect(stderr).toContain('config.json adds --account opnai');
  });

  it('count for the bare command and for --fields help too', async () => {
    await set(['group-by', 'project']);
    expect((await run('')).stdout).toMatch(/Project/);
    expect((await run('costs --fields help')).stdout).toMatch(/^project_id/m);
  });

  it('leave a damaged config.json no way to be passed over', async () => {
    await mkdir(directory, {mode: 0o700});
    await writeFile(join(directory, 'config.json'), '{"version": 1, "defaults": {', {mode: 0o600});
    for (const line of ['costs', 'costs --json', 'report --demo', '']) expect((await run(line)).code).toBe(3);
  });
});

describe('the settings of an account', () => {
  it('are what its requests are made with; the environment goes first where it speaks of it', async () => {
    const elsewhere = await startProviders(ALL);
    const {OPENAI_BASE_URL: url = '', ...rest} = env;
    await set(
      ['accounts.openai.organization', 'org-config'],
      ['accounts.openai.base-url', elsewhere.env.OPENAI_BASE_URL ?? ''],
    );
    expect((await usage('costs --provider openai', {directory, env: rest})).code).toBe(0);
    expect(elsewhere.received('openai').length).toBeGreaterThan(0);
    for (const {headers} of elsewhere.received('openai'))
      expect(headers['openai-organization']).toBe('org-config');

    const asked = elsewhere.received('openai').length;
    const world = {...rest, OPENAI_BASE_URL: url, OPENAI_ORG_ID: 'org-env'};
    expect((await usage('costs --provider openai', {directory, env: world})).code).toBe(0);
    expect(elsewhere.received('openai')).toHaveLength(asked);
  });
});
