import {describe, expect, it} from 'vitest';
import {DIMENSION_NAMES, flagOf} from '../../src/core/dimension.ts';
import {costs, type Dimension, ReportError, type ReportOptions, report, usage} from '../../src/index.ts';
import {answered} from '../support/context.ts';
import {ALL, always, SECRETS, startProviders, well} from '../support/providers.ts';
import {NOW} from '../support/session.ts';

/** The accounts of servers, given by hand. */
const accountsAt = (env: {readonly [name: string]: string}): NonNullable<ReportOptions['accounts']> =>
  (['openai', 'ionq', 'miosa'] as const).flatMap(provider => {
    const baseUrl = env[`${provider.toUpperCase()}_BASE_URL`];
    return baseUrl ? [{provider, secret: SECRETS[provider], baseUrl}] : [];
  });

const now = new Date(NOW);

describe('a report without a process', () => {
  it.each([
    ['report', report],
    ['costs', costs],
    ['usage', usage],
  ] as const)('%s has what the command line has, to the last digit', async (kind, make) => {
    const {env} = await startProviders(ALL);
    const made = await make({accounts: accountsAt(env), groupBy: ['project'], period: 'last-month', now});
    const told = await answered(`${kind} --group-by project --period last-month`, {env});
    const numbersAsText = (rows: readonly object[]): unknown =>
      JSON.parse(JSON.stringify(rows), (_key, value) => (typeof value === 'number' ? String(value) : value));
    expect(numbersAsText(made.rows)).toEqual(told.rows);
    expect(made.totals.map(({currency, cost}) => ({currency, cost}))).toEqual(
      told.totals.map(({currency, cost}) => ({currency, cost})),
    );
    expect(made).toMatchObject({
      schema: `usage/${kind}@1`,
      generatedAt: '2026-11-22T09:00:00Z',
      period: told.period,
      groupBy: ['project'],
      bucket: null,
    });
    expect(made.sources.map(({status}) => status)).toEqual(['ok', 'ok', 'ok']);
  });

  it('knows every dimension that the command line knows', () => {
    const all: {readonly [D in Dimension]: true} = {
      provider: true,
      account: true,
      project: true,
      user: true,
      'api-key': true,
      model: true,
      'line-item': true,
      kind: true,
      workspace: true,
      job: true,
      batch: true,
      'service-tier': true,
      size: true,
      source: true,
      'vector-store': true,
      'context-level': true,
      service: true,
      'service-category': true,
      'charge-category': true,
      region: true,
      resource: true,
    };
    expect(Object.keys(all)).toEqual(DIMENSION_NAMES.map(flagOf));
  });

  it('takes filters, buckets, order and top', async () => {
    const {env} = await startProviders({openai: well});
    const options: ReportOptions = {accounts: accountsAt(env), now, period: 'last-month'};
    const daily = await costs({...options, bucket: 'day', groupBy: []});
    expect(daily.rows[0]).toMatchObject({bucket_start: '2026-10-01T00:00:00Z', provisional: false});
    const all = await costs({...options, groupBy: ['project'], sort: 'cost:asc'});
    const amounts = all.rows.map(({cost}) => Number(cost));
    expect(amounts).toEqual(amounts.toSorted((a, b) => a - b));
    const [first] = await costs({...options, groupBy: ['project'], top: 1}).then(({rows}) => rows);
    const name = String(first?.project_name);
    const one = await costs({...options, filters: {project: [name]}});
    expect(one.rows).toHaveLength(1);
    expect(one.rows[0]?.cost).toBe(first?.cost);
  });

  it('reads no environment, and no account but those given', async () => {
    const {env, received} = await startProviders(ALL);
    const [only] = accountsAt(env);
    await costs({accounts: only ? [{...only, name: 'mine'}] : [], now, env});
    expect(received('openai').length).toBeGreaterThan(0);
    expect(received('ionq')).toEqual([]);
  });

  it('has the demo', async () => {
    const {rows, totals} = await report({demo: true, groupBy: ['project'], now});
    expect(rows.length).toBeGreaterThan(10);
    expect(totals.map(({currency}) => currency)).toContain('USD');
  });
});

describe('what goes wrong', () => {
  const failed = async (options: ReportOptions): Promise<ReportError> => {
    const error = await report(options).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ReportError);
    return error as ReportError;
  };

  it.each<[string, ReportOptions, RegExp]>([
    ['a period', {demo: true, period: 'nope'}, /"nope" is no period/],
    ['no account', {}, /no account was given/],
    ['a provider', {accounts: [{provider: 'opnai', secret: 'x'}]}, /"opnai" is not known/],
    ['a secret', {accounts: [{provider: 'ionq', secret: 'a b'}]}, /secret of ionq can be none/],
    ['plain http', {accounts: [{provider: 'ionq', secret: 'x', baseUrl: 'http://a.example'}]}, /plain http/],
    ['a limit', {demo: true, concurrency: 0}, /concurrency 0/],
    ['a moment', {demo: true, now: new Date('x')}, /now is no date/],
  ])('%s: input, with what is valid', async (_what, options, says) => {
    const error = await failed(options);
    expect(error).toMatchObject({code: 'input', exitCode: 2});
    expect(error.message).toMatch(says);
    expect(error.hint).not.toBeNull();
  });

  it('a refused key is a ReportError that names the provider and never the key', async () => {
    const {env} = await startProviders({
      openai: always({status: 401, body: {error: {message: SECRETS.openai}}}),
    });
    const error = await failed({accounts: accountsAt(env), now});
    expect(error).toMatchObject({code: 'credential_refused', exitCode: 4, provider: 'openai'});
    expect(`${error.stack}${JSON.stringify(error)}${error.message}`).not.toContain(SECRETS.openai);
  });

  it('one of several that fails is told in sources, or with strict is an error', async () => {
    const {env} = await startProviders({openai: well, miosa: always({status: 400, body: {}})});
    const options = {accounts: accountsAt(env), now};
    const {sources, rows} = await report(options);
    expect(sources.map(({status}) => status)).toEqual(['ok', 'failed']);
    expect(rows.every(({provider}) => provider === 'openai')).toBe(true);
    expect(await failed({...options, strict: true})).toMatchObject({exitCode: 5, provider: 'miosa'});
  });

  it('a signal ends it', async () => {
    const {env} = await startProviders({openai: () => undefined});
    const abort = new AbortController();
    const made = failed({accounts: accountsAt(env), now, signal: abort.signal});
    setImmediate(() => abort.abort());
    expect(await made).toMatchObject({code: 'interrupted'});
  });
});
