import {describe, expect, it} from 'vitest';
import {DIMENSION_NAMES, flagOf} from '../../src/core/dimension.ts';
import {
  costs,
  type Dimension,
  ReportError,
  type ReportOptions,
  report,
  type UsageOptions,
  type UsageRow,
  usage,
} from '../../src/index.ts';
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

  it('asks only the accounts that filters name', async () => {
    const {env, received} = await startProviders(ALL);
    const options = {accounts: accountsAt(env), now, period: 'last-month'};
    const {sources} = await costs({...options, filters: {provider: ['miosa', 'ionq'], account: ['ionq']}});
    expect(sources.map(({account}) => account)).toEqual(['ionq']);
    expect(received('openai')).toEqual([]);
    expect(received('miosa')).toEqual([]);
  });

  it('takes batch as a filter, and a filter that is undefined as none', async () => {
    const options: UsageOptions = {demo: true, now, period: '7d', kinds: ['completions']};
    // With exactOptionalPropertyTypes the compiler forbids it; most people have that off.
    const all = await usage({...options, filters: {batch: undefined} as unknown as Record<string, string[]>});
    const [batch, others] = await Promise.all(
      ['true', 'false'].map(value => usage({...options, filters: {batch: [value]}})),
    );
    const sum = (rows: readonly UsageRow[] = []) =>
      rows
        .filter(({metric}) => metric === 'num_model_requests')
        .reduce((all, {quantity}) => all + Number(quantity), 0);
    expect(sum(batch?.rows) + sum(others?.rows)).toBe(sum(all.rows));
    expect(sum(batch?.rows)).toBeGreaterThan(0);
  });

  it('takes kinds of usage, as an option or as a filter', async () => {
    const {env} = await startProviders({openai: well});
    const options = {accounts: accountsAt(env), now, period: '7d'};
    const made = await usage({...options, kinds: ['completions']});
    expect(new Set(made.rows.map(({kind}) => kind))).toEqual(new Set(['completions']));
    expect((await usage({...options, filters: {kind: ['completions']}})).rows).toEqual(made.rows);
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
    ['a secret', {accounts: [{provider: 'ionq', secret: 'a b'}]}, /secret of ionq cannot be one/],
    ['plain http', {accounts: [{provider: 'ionq', secret: 'x', baseUrl: 'http://a.example'}]}, /plain http/],
    ['a limit', {demo: true, concurrency: 0}, /concurrency 0/],
    ['a moment', {demo: true, now: new Date('x')}, /now is no date/],
  ])('%s: input, with what is valid', async (_what, options, says) => {
    const error = await failed(options);
    expect(error).toMatchObject({code: 'input', exitCode: 2});
    expect(error.message).toMatch(says);
    expect(error.hint).not.toBeNull();
  });

  // As somebody without a compiler may call it.
  it.each<[string, unknown, RegExp, RegExp]>([
    ['nothing', undefined, /the options are missing/, /accounts/],
    ['null', null, /the options are missing/, /accounts/],
    ['text', 'mtd', /the options are missing/, /accounts/],
    ['an unknown option', {demo: true, nosuch: 1}, /nosuch is no option here/, /accounts, demo, period/],
    ['a misspelt option', {demo: true, filter: {}}, /filter is no option here/, /did you mean filters\?/],
    ['kinds of a report', {demo: true, kinds: ['qpu']}, /kinds is no option here/, /accounts/],
    [
      'a misspelt filter',
      {demo: true, filters: {projct: ['Alpha']}},
      /filters\.projct is no/,
      /did you mean project\?/,
    ],
    [
      'an inherited filter',
      {demo: true, filters: {constructor: ['Alpha']}},
      /filters\.constructor is no/,
      /project/,
    ],
    ['kind as a filter of money', {demo: true, filters: {kind: ['qpu']}}, /filters\.kind is no/, /project/],
    [
      'a filter that is text',
      {demo: true, filters: {project: 'Alpha'}},
      /filters\.project is not/,
      /a list of texts/,
    ],
    [
      'a filter of numbers',
      {demo: true, filters: {project: [1]}},
      /filters\.project is not/,
      /a list of texts/,
    ],
    ['an empty filter', {demo: true, filters: {project: []}}, /project is empty/, /ids or names/],
    ['a filter twice', {demo: true, filters: {'api-key': ['a'], api_key: ['b']}}, /twice/, /not both/],
    ['batch that is neither', {demo: true, filters: {batch: ['yes']}}, /filters\.batch is not/, /'true'/],
    ['an unknown provider to ask', {demo: true, filters: {provider: ['opnai']}}, /"opnai"/, /openai/],
    ['groupBy as text', {demo: true, groupBy: 'project'}, /groupBy is not what it takes/, /a list of texts/],
    ['a period that is a date', {demo: true, period: now}, /period is not what it takes/, /text/],
    ['null for a period', {demo: true, period: null}, /period is not what it takes/, /text/],
    ['a limit that is text', {demo: true, top: '3'}, /top is not what it takes/, /a number/],
    ['a moment that is text', {demo: true, now: '2026-11-22'}, /now is not what it takes/, /a Date/],
    ['a signal that is none', {demo: true, signal: {}}, /signal is not what it takes/, /AbortSignal/],
    ['accounts that are one', {accounts: {provider: 'ionq', secret: 'x'}}, /accounts is not what/, /a list/],
    ['an account that is null', {accounts: [null]}, /accounts is not what/, /a list/],
    ['an account of nobody', {accounts: [{secret: 'x'}]}, /the provider of an account is missing/, /ionq/],
    [
      'a misspelt member',
      {accounts: [{provider: 'ionq', sceret: 'x'}]},
      /accounts\[0\]\.sceret is no/,
      /mean secret\?/,
    ],
    [
      'a setting that there is not',
      {accounts: [{provider: 'ionq', secret: 'x', settings: {organisation: 'x'}}]},
      /settings\.organisation is no setting of ionq/,
      /did you mean organization\?/,
    ],
  ])('%s: input, with what is valid', async (_what, options, says, advice) => {
    const error = await failed(options as ReportOptions);
    expect(error).toMatchObject({code: 'input', exitCode: 2});
    expect(error.message).toMatch(says);
    expect(error.hint).toMatch(advice);
  });

  it.each([undefined, ''])('a secret that is %j is missing', async secret => {
    const error = await failed({accounts: [{provider: 'openai', secret}]});
    expect(error).toMatchObject({code: 'credential_missing', exitCode: 4, provider: 'openai'});
    expect(error.message).toBe('the secret of openai is missing');
    expect(error.hint).not.toBeNull();
  });

  it('costs and usage without options fail in the same way', async () => {
    for (const make of [costs, usage])
      await expect((make as (options?: ReportOptions) => Promise<unknown>)()).rejects.toBeInstanceOf(
        ReportError,
      );
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
