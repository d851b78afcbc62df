import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {formatDate, instant} from '../../src/core/instant.ts';
import {decimal} from '../../src/core/money.ts';
import {Sum} from '../../src/core/sum.ts';
import {type DemoServer, startDemo} from '../../src/demo/server.ts';
import {type Answer, accountOf, ask, fetchJson, NOW, type Query} from './client.ts';

interface Figures {
  readonly job_count: number;
  readonly amount: number | string;
  readonly time_us: number | string;
}

interface Usage {
  readonly amount_total: number | string;
  readonly time_us_total: number | string;
  readonly job_count: number;
  readonly usage_unit: string;
  readonly usage_data: readonly (Figures & {
    readonly from: string;
    readonly group_usages: readonly (Figures & {readonly group_id: string; readonly group_name?: string})[];
  })[];
}

const ORGANIZATION = 'com.quillhaven';
const DAY_MS = 86_400_000;

let demo: DemoServer;
beforeAll(async () => {
  demo = await startDemo(NOW);
});
afterAll(() => demo.close());

const get = <T = Usage>(query: Query): Promise<Answer<T>> =>
  ask(demo, 'ionq', `/organizations/${ORGANIZATION}/usage`, query);

const usage = async (
  start_date: string,
  end_date: string,
  modality = 'daily',
  group_by = 'project',
): Promise<Usage> => {
  const {status, body} = await get({start_date, end_date, modality, group_by});
  expect(status).toBe(200);
  return body;
};

const sum = (figures: readonly Figures[], field: keyof Figures): string =>
  figures.reduce((all, one) => all.add(decimal(one[field])), new Sum()).value;

const windows = fc
  .tuple(fc.integer({min: 0, max: 1_030}), fc.integer({min: 1, max: 60}))
  .map(
    ([first, days]) =>
      [first, first + days].map(day => formatDate(instant(Date.UTC(2024, 0, 1) + day * DAY_MS))) as [
        string,
        string,
      ],
  );

describe('usage', () => {
  test('buckets add up to the totals of the range, whatever the modality and the group', () =>
    fc.assert(
      fc.asyncProperty(
        windows,
        fc.constantFrom('daily', 'weekly', 'monthly'),
        fc.constantFrom('job', 'project', 'user'),
        async ([start, end], modality, groupBy) => {
          const daily = await usage(start, end);
          const body = await usage(start, end, modality, groupBy);
          expect(sum(body.usage_data, 'amount')).toBe(decimal(daily.amount_total));
          expect(sum(body.usage_data, 'time_us')).toBe(decimal(daily.time_us_total));
          expect(sum(body.usage_data, 'job_count')).toBe(decimal(daily.job_count));
        },
      ),
      {numRuns: 60},
    ));

  test('lists at most five groups, the dearest first, and never more than the bucket', async () => {
    const {usage_data} = await usage('2026-06-01', '2026-11-22');
    let remainders = 0;
    for (const bucket of usage_data) {
      const {group_usages} = bucket;
      expect(group_usages.length).toBeLessThanOrEqual(5);
      const amounts = group_usages.map(group => Number(group.amount));
      expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
      const listed = sum(group_usages, 'job_count');
      expect(Number(listed)).toBeLessThanOrEqual(bucket.job_count);
      if (Number(listed) < bucket.job_count) remainders += 1;
      else expect(sum(group_usages, 'amount')).toBe(decimal(bucket.amount));
    }
    expect(remainders).toBeGreaterThan(5);
  });

  test('comes newest first; days without jobs are left out', async () => {
    const {usage_data} = await usage('2026-01-01', '2026-11-22');
    const days = usage_data.map(({from}) => from);
    expect(days).toEqual(days.toSorted().toReversed());
    expect(new Set(days).size).toBe(days.length);
    expect(days.length).toBeLessThan(325);
  });

  test('begins weeks on Sunday and months on the first, even before the window', async () => {
    const weeks = await usage('2026-10-14', '2026-11-05', 'weekly');
    for (const {from} of weeks.usage_data) expect(new Date(from).getUTCDay()).toBe(0);
    expect(weeks.usage_data.at(-1)?.from).toBe('2026-10-11');
    const months = await usage('2026-10-14', '2026-11-05', 'monthly');
    expect(months.usage_data.map(({from}) => from)).toEqual(['2026-11-01', '2026-10-01']);
  });

  test('has amounts finer than cents, and nothing after now', async () => {
    const {usage_data, usage_unit} = await usage('2026-10-01', '2026-11-01');
    expect(usage_unit).toBe('USD');
    expect(usage_data.some(({amount}) => /\.\d{4,6}$/.test(String(amount)))).toBe(true);
    expect((await usage('2026-11-23', '2027-01-01')).job_count).toBe(0);
  });

  test('gives no name to jobs that have none, nor to people who left', async () => {
    for (const groupBy of ['job', 'user']) {
      const groups = (await usage('2026-10-01', '2026-10-31', 'daily', groupBy)).usage_data.flatMap(
        bucket => bucket.group_usages,
      );
      expect(groups.some(group => group.group_name === undefined)).toBe(true);
      expect(groups.some(group => group.group_name !== undefined)).toBe(true);
    }
  });
});

describe('the rest of the account', () => {
  test('projects have what they used for all time, and limits: some, none, and zero', async () => {
    const {body} = await ask<{
      projects: {name: string; quotaUsage: number | string; quotaLimit: number | null}[];
    }>(demo, 'ionq', '/projects');
    const used = body.projects.reduce((all, {quotaUsage}) => all.add(decimal(quotaUsage)), new Sum()).value;
    expect(used).toBe(decimal((await usage('2024-01-01', '2026-11-23')).amount_total));
    const limits = body.projects.map(({quotaLimit}) => quotaLimit);
    expect(limits).toContain(null);
    expect(limits).toContain(0);
  });

  test('sessions name the organization, whoami the key', async () => {
    const {body} = await ask<{organization_id: string; sessions: {active: boolean}[]}>(
      demo,
      'ionq',
      '/sessions',
    );
    expect(body.organization_id).toBe(ORGANIZATION);
    const active = await ask<typeof body>(demo, 'ionq', '/sessions', {active: 'true'});
    expect(active.body.sessions).toEqual(body.sessions.filter(session => session.active));
    expect((await ask<{key_name: string}>(demo, 'ionq', '/whoami')).body.key_name).toBe('cost-report');
  });

  test('the report of v0.3 knows budget, balance and members', async () => {
    const {baseUrl, secret} = accountOf(demo, 'ionq');
    const url = `${baseUrl.replace('v0.4', 'v0.3')}/report/organizations/${ORGANIZATION}`;
    const {status, body} = await fetchJson<{budget: number; balance: number; members: {jobs: number}[]}>(
      url,
      {authorization: `apiKey ${secret}`},
    );
    expect(status).toBe(200);
    expect(body.balance).toBeLessThan(body.budget);
    expect(body.members.length).toBeGreaterThan(3);
  });
});

describe('errors', () => {
  const good = {group_by: 'project', modality: 'daily', start_date: '2026-11-01', end_date: '2026-11-08'};

  test.each([
    ['group_by', {...good, group_by: undefined}],
    ['modality', {...good, modality: undefined}],
    ['start_date', {...good, start_date: undefined}],
    ['end_date', {...good, end_date: undefined}],
    ['group_by', {...good, group_by: 'backend'}],
    ['modality', {...good, modality: 'hourly'}],
    ['start_date', {...good, start_date: '2026-02-30'}],
    ['end_date', {...good, end_date: '2026-10-31'}],
  ])('a bad %s is 400', async (parameter, query) => {
    const {status, body} = await get<object>(query);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      statusCode: 400,
      error: 'Bad Request',
      validation: {keys: [parameter], source: 'query'},
    });
  });

  test('a wrong key is 401, another organization 404', async () => {
    const {baseUrl, secret} = accountOf(demo, 'ionq');
    for (const authorization of ['apiKey wrong', `Bearer ${secret}`, secret]) {
      expect(await fetchJson(`${baseUrl}/whoami`, {authorization})).toMatchObject({
        status: 401,
        body: {statusCode: 401},
      });
    }
    expect((await ask(demo, 'ionq', '/organizations/com.other/usage', good)).status).toBe(404);
  });
});
