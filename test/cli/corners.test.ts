import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {answered, envelope, temporary, usage} from '../support/context.ts';
import {ALL, always, startProviders} from '../support/providers.ts';

// Found by people who tried the tool: each was wrong once.

describe('groupings that only some can do', () => {
  it.each(['project,user', 'user,project', 'job,user', 'user,job'])(
    '%s: whoever splits by one at a time takes the first; the order is no error',
    async dimensions => {
      const {env} = await startProviders(ALL);
      const whole = await answered('costs', {env});
      const split = await answered(`costs --group-by ${dimensions}`, {env});
      expect(split.totals).toEqual(whole.totals);
      expect(split.notices.map(({code}) => code)).toContain('cannot_group');
    },
  );
});

describe('what --top cuts', () => {
  it('leaves quantities with the money of those who used them', async () => {
    const {env} = await startProviders(ALL);
    const trial = await usage('report --group-by project --top 1 --json', {env});
    const rows = (JSON.parse(trial.stdout) as {rows: {[key: string]: unknown}[]}).rows;
    const others = rows.filter(row => row.project_name === '(other)');
    expect(others.length).toBeGreaterThan(1);
    for (const {currency, quantities} of others) {
      const kinds = Object.keys((quantities ?? {}) as object);
      const isMiosa = currency === 'MIOSA_CREDIT_CENTS';
      expect(kinds.some(kind => ['sandboxes', 'computers', 'storage'].includes(kind))).toBe(isMiosa);
    }
  });
});

describe('a period that has not begun', () => {
  it('is said, and nothing in it is provisional', async () => {
    const {env, received} = await startProviders(ALL);
    const trial = await usage('costs --period 2027 --json', {env});
    expect(trial.code).toBe(0);
    const {rows, notices} = envelope(trial);
    expect(rows).toEqual([]);
    expect(notices.map(({code}) => code)).toEqual(['not_begun']);
    expect(received('openai')).toEqual([]);
  });
});

describe('notices', () => {
  it('are about those who answered: a provider that failed has no provisional figures', async () => {
    const {env} = await startProviders({...ALL, openai: always({status: 500, body: {}})});
    const {notices} = envelope(await usage('costs --json', {env}));
    const provisional = notices.filter(({code}) => code === 'provisional');
    expect(provisional.map(({provider}) => provider)).toEqual(['ionq', 'miosa']);
  });
});

describe('the store', () => {
  it('is refused if something else stands in the place of its folder', async () => {
    const directory = join(await temporary(), 'store');
    await writeFile(directory, 'not a folder');
    for (const line of ['costs', 'auth status']) {
      const {code, stdout, stderr} = await usage(line, {directory});
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toContain(directory);
    }
  });

  it('is looked at before anybody types a secret', async () => {
    const directory = await temporary();
    await writeFile(join(directory, 'credentials.json'), '{', {mode: 0o600});
    const {env, received} = await startProviders(ALL);
    const {code} = await usage('auth login openai', {env, directory});
    expect(code).toBe(3);
    expect(received('openai')).toEqual([]);
  });
});

describe('a table without figures', () => {
  it('has no Total where nothing adds up', async () => {
    const {env} = await startProviders(ALL);
    const {stdout} = await usage('costs --fields provider', {env});
    expect(stdout).not.toContain('Total');
    expect((await usage('costs --fields provider,cost', {env})).stdout).toContain('Total');
  });
});
