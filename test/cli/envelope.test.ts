import {beforeEach, describe, expect, it} from 'vitest';
import {answered, type Envelope, usage} from '../support/context.ts';
import {ALL, type Providers, startProviders, well} from '../support/providers.ts';

// JSON, version 1: what scripts rely on.

let providers: Providers;
beforeEach(async () => {
  providers = await startProviders(ALL);
});
const ask = (line: string): Promise<Envelope> => answered(line, {env: providers.env});

describe('the envelope', () => {
  it.each([
    ['report', 'usage/report@1'],
    ['costs', 'usage/costs@1'],
    ['usage', 'usage/usage@1'],
  ])('of %s has every member, and %s for a schema', async (command, schema) => {
    const body = await ask(`${command} --group-by project --bucket day --period 7d`);
    expect(body).toMatchObject({
      schema,
      generated_at: '2026-11-22T09:00:00Z',
      period: {start: '2026-11-16T00:00:00Z', end: '2026-11-23T00:00:00Z', label: '7d'},
      group_by: ['project'],
      bucket: 'day',
    });
    expect(body.rows.length).toBeGreaterThan(0);
    for (const member of ['totals', 'sources', 'notices']) expect(body[member]).toBeInstanceOf(Array);
    expect(body.sources).toEqual(
      ['openai', 'ionq', 'miosa'].map(provider => ({
        provider,
        account: provider,
        status: 'ok',
        requests: String(providers.received(provider as 'openai').length),
        retries: '0',
      })),
    );
  });

  it('says both spans, and null where there is none', async () => {
    expect((await ask('report')).compare).toEqual({
      start: '2026-10-01T00:00:00Z',
      end: '2026-10-23T00:00:00Z',
      label: '2026-10-01..2026-10-22',
    });
    expect(await ask('costs')).toMatchObject({compare: null, bucket: null, group_by: ['provider']});
  });

  it('counts what had to be tried again', async () => {
    const {env} = await startProviders({
      miosa: (_request, index) =>
        index < 2 ? {status: index ? 429 : 503, headers: {'retry-after': '1'}, body: {}} : 'serve',
    });
    const {sources} = await answered('costs', {env});
    expect(sources).toMatchObject([{status: 'ok', requests: '1', retries: '2'}]);
  });

  it('says of a source that cannot answer that it was skipped, and why', async () => {
    const {sources} = await ask('costs --api-key key_ci');
    expect(sources).toMatchObject([
      {provider: 'openai', status: 'ok'},
      {
        provider: 'ionq',
        status: 'skipped',
        requests: '0',
        error: {code: 'cannot', message: expect.any(String)},
      },
      {
        provider: 'miosa',
        status: 'skipped',
        requests: '0',
        error: {code: 'cannot', message: expect.any(String)},
      },
    ]);
  });
});

describe('rows', () => {
  it.each([
    ['costs', 'provider account cost currency'],
    [
      'costs --group-by project,line-item',
      'provider account project_id project_name line_item cost currency',
    ],
    [
      'costs --group-by workspace,api-key,job',
      'provider account workspace_id workspace_name api_key_id api_key_name job_id job_name cost currency',
    ],
    ['costs --bucket day', 'bucket_start bucket_end provisional provider account cost currency'],
    ['costs --compare previous', 'provider account cost currency previous_cost change'],
    [
      'report --group-by model',
      'provider account model cost currency share previous_cost change requests tokens quantities',
    ],
    [
      'usage --group-by kind,batch,service-tier,size,source',
      'provider account kind batch service_tier size source metric quantity unit statistic',
    ],
  ])('of %s are flat, with the keys of the CSV head', async (line, keys) => {
    const {rows} = await ask(line);
    for (const row of rows) expect(Object.keys(row).join(' ')).toBe(keys);
    const {stdout} = await usage(`${line} --csv`, {env: providers.env});
    expect(stdout.split('\n')[0]).toBe(keys.replaceAll(' ', ','));
  });

  it('have provider and account if they have one of them only, else null', async () => {
    const {rows} = await ask('report --group-by model --compare none');
    const models = rows.filter(row => row.model !== '(unattributed)');
    expect(models.map(({provider, account}) => [provider, account])).toEqual(
      models.map(() => ['openai', 'openai']),
    );
    expect(
      rows
        .filter(row => row.model === '(unattributed)')
        .map(({provider}) => provider)
        .toSorted(),
    ).toEqual(['ionq', 'miosa', 'openai']);
    const [all] = (await ask('costs --group-by none')).rows;
    expect(all).toMatchObject({provider: null, account: null, currency: 'USD'});
  });

  it('of buckets say when each begins and ends; buckets without rows do not appear', async () => {
    const {rows} = await ask('costs --bucket week --group-by none --provider ionq --period 2026-11');
    expect(rows.map(({bucket_start, bucket_end}) => `${bucket_start} ${bucket_end}`)).toEqual([
      '2026-11-01T00:00:00Z 2026-11-02T00:00:00Z',
      '2026-11-02T00:00:00Z 2026-11-09T00:00:00Z',
      '2026-11-09T00:00:00Z 2026-11-16T00:00:00Z',
      '2026-11-16T00:00:00Z 2026-11-23T00:00:00Z',
    ]);
  });

  it('are of the period alone: what a longer one has more counts with the last, whose change is unknown', async () => {
    const {rows} = await ask(
      'report --bucket day --period 2026-11-20..2026-11-21 --compare 2026-10-01..2026-10-03 --provider ionq',
    );
    expect(rows.map(({bucket_start, change}) => [bucket_start?.slice(0, 10), change === null])).toEqual([
      ['2026-11-20', rows[0]?.previous_cost === null],
      ['2026-11-21', true],
    ]);
  });

  it('mark the running day as provisional', async () => {
    const {rows, notices} = await ask('costs --bucket day --provider ionq --period 2026-11-21..2026-11-22');
    expect(rows.map(row => row.provisional)).toEqual([false, true]);
    expect(notices).toContainEqual({
      level: 'warning',
      code: 'provisional',
      provider: 'ionq',
      account: 'ionq',
      message: 'figures from 2026-11-22 on are provisional',
    });
  });
});

describe('figures', () => {
  it('are numbers whose text is the exact decimal, without an exponent', async () => {
    const small = {object: 'bucket', start_time: 1_795_305_600, end_time: 1_795_392_000};
    const result = (value: unknown) => ({amount: {value, currency: 'usd'}});
    const body = {
      data: [{...small, results: [result('1E-27'), result(2e-7), result('0E-6176')]}],
      has_more: false,
    };
    const {env} = await startProviders({openai: () => ({body})});
    const {stdout} = await usage('costs --period today --json', {env});
    expect(stdout).toContain('"cost": 0.000000200000000000000000001,');
    expect((await usage('costs --period today --csv', {env})).stdout).toContain(
      ',0.000000200000000000000000001,USD',
    );
    // Only people see it rounded, and never as nothing.
    expect((await usage('costs --period today', {env})).stdout).toContain('<$0.01');
  });

  it('that nobody reported are null, an empty cell and a blank', async () => {
    const {env} = await startProviders({miosa: well});
    const [row] = (await answered('report', {env})).rows;
    expect(row).toMatchObject({requests: null, tokens: null});
    const csv = await usage('report --csv --fields provider,requests,tokens', {env});
    expect(csv.stdout).toBe('provider,requests,tokens\nmiosa,,\n');
  });

  it('of the report are shares from 0 to 1, and changes against what was before', async () => {
    const {rows, totals} = await ask('report');
    const usd = rows.filter(row => row.currency === 'USD');
    const shares = usd.map(row => Number(row.share));
    expect(shares.every(share => share > 0 && share < 1)).toBe(true);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    for (const row of usd)
      expect(Number(row.change)).toBeCloseTo(Number(row.cost) / Number(row.previous_cost) - 1, 5);
    expect(totals.map(({currency, change}) => [currency, change !== undefined])).toEqual([
      ['USD', true],
      ['MIOSA_CREDIT_CENTS', true],
    ]);
    const {rows: before} = await ask('report --period 2026-10 --compare 2026-09');
    expect(before.map(({previous_cost, change}) => [previous_cost, change])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
  });
});
