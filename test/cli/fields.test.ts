import {beforeEach, describe, expect, it} from 'vitest';
import {answered, type Envelope, usage} from '../support/context.ts';
import {ALL, type Providers, startProviders} from '../support/providers.ts';

let providers: Providers;
beforeEach(async () => {
  providers = await startProviders(ALL);
});
const ask = (line: string): Promise<Envelope> => answered(line, {env: providers.env});
const stdoutOf = async (line: string): Promise<string> => (await usage(line, {env: providers.env})).stdout;

describe('--fields', () => {
  it('picks and orders the columns in every format', async () => {
    const line = 'costs --group-by project --provider miosa --fields cost,project_id';
    expect((await ask(line)).rows.map(row => Object.keys(row))).toEqual([
      ['cost', 'project_id'],
      ['cost', 'project_id'],
    ]);
    expect(await stdoutOf(`${line} --csv`)).toBe('cost,project_id\n6979.5,alpha\n6976.75,\n');
    expect(await stdoutOf(`${line} --format tsv`)).toBe('cost\tproject_id\n6979.5\talpha\n6976.75\t\n');
    expect(await stdoutOf(`${line} --format ndjson`)).toBe(
      '{"cost":6979.5,"project_id":"alpha"}\n{"cost":6976.75,"project_id":null}\n',
    );
    expect(await stdoutOf(line)).toMatch(/^ *Cost +Project id$/m);
    expect(await stdoutOf(`${line} --format markdown`)).toMatch(/^\| *Cost \| Project id +\|$/m);
  });

  it('shows columns that are otherwise for machines or for nobody', async () => {
    expect(await stdoutOf('costs --fields currency,cost')).toMatch(/^Currency +Cost$/m);
    const {rows} = await ask('report --provider openai --period 2026-11-01..2026-11-03 --fields trend');
    expect(rows[0]!.trend).toHaveLength(3);
  });

  it('has columns of metrics that nobody here reports: they are null', async () => {
    const {rows} = await ask(
      'usage --wide --provider ionq --fields provider,job_count,input_tokens --sort input_tokens',
    );
    expect(rows).toEqual([{provider: 'ionq', job_count: expect.any(String), input_tokens: null}]);
  });

  it.each([
    ['costs', ['provider', 'account', 'cost', 'currency']],
    ['costs --group-by project --bucket day', ['bucket_start', 'bucket_end', 'project_id', 'project_name']],
    ['report', ['share', 'previous_cost', 'change', 'requests', 'tokens', 'quantities', 'trend']],
    ['usage', ['kind', 'metric', 'quantity', 'unit', 'statistic']],
    ['usage --wide', ['input_tokens', 'qpu_time', 'sandbox_seconds']],
  ])('help lists those of %s, with what they hold, and asks nobody', async (line, keys) => {
    const {code, stdout, stderr} = await usage(`${line} --fields help`, {env: providers.env});
    expect([code, stderr]).toEqual([0, '']);
    const listed = stdout
      .trimEnd()
      .split('\n')
      .map(text => text.split(/ +/)[0]);
    expect(listed).toEqual(expect.arrayContaining(keys));
    for (const text of stdout.trimEnd().split('\n')) expect(text).toMatch(/^\w+ {2,}\S/);
    expect((['openai', 'ionq', 'miosa'] as const).flatMap(providers.paths)).toEqual([]);
    // What is listed is what is taken.
    expect(
      (await usage([...line.split(' '), '--csv', '--fields', listed.join()], {env: providers.env})).code,
    ).toBe(0);
  });
});

describe('--sort', () => {
  it('is by cost, most first, unless it is told otherwise', async () => {
    const costs = async (flags: string) =>
      (await ask(`costs --provider ionq --group-by user ${flags}`)).rows.map(({cost}) => Number(cost));
    const [most, least] = await costs('');
    expect(most).toBeGreaterThan(least!);
    expect(await costs('--sort cost:asc')).toEqual([least, most]);
    expect(await costs('--sort user_id:desc')).toEqual((await costs('--sort user_id')).toReversed());
  });

  it('keeps (other) last, whichever way', async () => {
    for (const sort of ['cost:asc', 'cost:desc', 'project_name', 'project_name:desc']) {
      const {rows} = await ask(`costs --provider ionq --group-by project --sort ${sort}`);
      expect(rows.at(-1)!.project_name).toBe('(other)');
    }
  });
});

describe('--top', () => {
  it('adds up what it cuts in one row of each currency', async () => {
    const {rows} = await ask('costs --group-by project --top 2');
    expect(rows.map(row => `${row.currency} ${row.project_name === '(other)' ? 'rest' : 'kept'}`)).toEqual([
      'USD kept',
      'USD kept',
      'MIOSA_CREDIT_CENTS kept',
      'MIOSA_CREDIT_CENTS kept',
      'USD rest',
    ]);
    expect(rows.at(-1)).toMatchObject({
      project_id: null,
      project_name: '(other)',
      provider: null,
      account: null,
    });
  });
});

describe('--wide', () => {
  it('has metrics for columns, of those who were asked', async () => {
    const {rows} = await ask('usage --wide --provider miosa');
    expect(
      rows.map(({kind, ...row}) => [
        kind,
        Object.entries(row).flatMap(([key, value]) =>
          /_(seconds|hours)$/.test(key) ? [`${key}:${value !== null}`] : [],
        ),
      ]),
    ).toEqual([
      ['sandboxes', ['sandbox_seconds:true', 'computer_seconds:false', 'storage_gb_hours:false']],
      ['computers', ['sandbox_seconds:false', 'computer_seconds:true', 'storage_gb_hours:false']],
      ['storage', ['sandbox_seconds:false', 'computer_seconds:false', 'storage_gb_hours:true']],
    ]);
  });
});

describe('a table', () => {
  it('says what it is of: title, span, the span before, and a total of each currency', async () => {
    const text = await stdoutOf('report --group-by provider');
    expect(text).toMatch(
      /^Costs as billed, and usage · 2026-11-01\.\.2026-11-22\* \(mtd, UTC\) · vs 2026-10-01\.\.2026-10-22\n\* provisional from 2026-11-22\n/,
    );
    expect(text.match(/^ *Total +[\d$,.]+(?: cr¢)?/gm)).toHaveLength(2);
  });

  it('shows accounts only where that tells something', async () => {
    expect(await stdoutOf('costs')).not.toMatch(/Account/);
    expect(await stdoutOf('costs --group-by account')).toMatch(/Account/);
  });

  it('is as wide as COLUMNS says, then as the terminal, then 120', async () => {
    const widest = (text: string) =>
      Math.max(...text.split('\n').map(line => line.replace(/\u001b\[[\d;]*m/g, '').length));
    for (const [circumstances, limit] of [
      [{columns: 70}, 70],
      [{}, 120],
    ] as const) {
      const {stdout} = await usage('report --group-by project', {env: providers.env, ...circumstances});
      expect(widest(stdout)).toBeLessThanOrEqual(limit);
      expect(widest(stdout)).toBeGreaterThan(limit - 40);
    }
    const {stdout} = await usage('report --group-by project', {
      env: {...providers.env, COLUMNS: '90'},
      columns: 200,
    });
    expect(widest(stdout)).toBeLessThanOrEqual(90);
  });
});
