import {describe, expect, it} from 'vitest';
import {InputError} from '../../src/core/errors.ts';
import {parseFromTo, parsePeriod} from '../../src/core/parse-period.ts';
import type {Query} from '../../src/core/query.ts';
import {NOW} from '../support/session.ts';
import {accountOf, ask, at, driverOf, factSource, flow, queryOf, sourceOf} from './made-up.ts';

const bill = sourceOf({
  id: 'costs',
  dimensions: ['project', 'line_item'],
  granularities: ['day'],
  resolution: 'day',
});
const meter = sourceOf({
  id: 'chat',
  billed: false,
  metrics: [flow('chat', 'tokens')],
  dimensions: ['project', 'model'],
  filters: ['model'],
  granularities: ['minute', 'hour', 'day'],
});
const quantum = sourceOf({
  id: 'usage',
  metrics: [flow('qpu', 'jobs')],
  dimensions: ['job', 'project', 'user'],
  splits: 'one',
  granularities: ['day', 'week'],
});

const cloud = () => accountOf(driverOf([bill, meter], {id: 'cloud'}));
const lab = () => accountOf(driverOf([quantum], {id: 'lab'}));

async function refusal(query: Partial<Query>, ...accounts: Parameters<typeof ask>[1][]): Promise<InputError> {
  const error: unknown = await ask(queryOf(query), ...accounts).catch((failure: unknown) => failure);
  if (error instanceof InputError) return error;
  throw new Error(`not refused: ${String(error)}`);
}

describe('what nobody can answer is refused before anything is fetched', () => {
  it('a grouping', async () => {
    const {message, advice, exitCode} = await refusal({groupBy: ['model']}, cloud(), lab());
    expect(exitCode).toBe(2);
    expect(message).toBe('no provider here can split costs by model');
    expect(advice.rule).toBe('cloud costs: project, line-item; lab usage: one of job, project, user');
    expect(advice.hint).toBe('leave model out of --group-by, or see: usage providers');
  });

  it.each([
    ['a second grouping', {groupBy: ['project', 'user']}],
    ['a grouping beside a filter', {groupBy: ['user'], filters: {project: ['p']}}],
  ] as const)('but not %s of a source that splits by one at a time', async (_, asked) => {
    const account = lab();
    const {sources} = await ask(queryOf(asked), account);
    expect(sources).toMatchObject([{status: 'ok'}]);
    expect(account.notices.map(({code}) => code)).toContain('cannot_group');
  });

  it('a filter', async () => {
    const {message, advice} = await refusal({filters: {batch: ['true']}}, cloud(), lab());
    expect(message).toBe('no provider here can filter costs by batch');
    expect(advice.rule).toContain('cloud costs: project, line-item');
  });

  it('a bucket', async () => {
    const {message, advice} = await refusal({bucket: 'hour'}, cloud(), lab());
    expect(message).toBe('no provider here reports costs by the hour');
    expect(advice).toMatchObject({
      rule: 'the finest they have: cloud day, lab day',
      hint: 'choose a wider --bucket',
    });
  });

  it('a comparison by weeks with a source that knows no days, rather than leaving it out of one side', async () => {
    const weekly = accountOf(driverOf([sourceOf({id: 'bill', granularities: ['week']})]));
    const compare = parseFromTo('2026-10-07', '2026-10-20', NOW);
    const asked = {bucket: 'week', period: parseFromTo('2026-10-21', '2026-11-03', NOW)} as const;
    const {message, advice, exitCode} = await refusal({...asked, compare}, cloud(), weekly);
    expect([exitCode, message]).toEqual([2, 'bill cannot be compared by the week']);
    expect(advice.rule).toBe(
      'what is compared is put together from each day, and the finest it has is a week',
    );
    expect((await ask(queryOf(asked), weekly)).sources).toMatchObject([{status: 'ok'}]);
  });

  it('a kind', async () => {
    const {message} = await refusal({report: 'usage', kinds: ['qpu']}, cloud());
    expect(message).toBe('no provider here answers usage of qpu');
  });

  it('but not usage by kind: every quantity has one, though the money of several cannot be told apart', async () => {
    const several = sourceOf({metrics: [flow('sandboxes', 'seconds'), flow('storage', 'hours')]});
    const account = accountOf(driverOf([several]));
    await ask(queryOf({report: 'usage', groupBy: ['kind'], period: parsePeriod('2026-10', NOW)}), account);
    expect(account.notices).toEqual([]);
    expect((await refusal({groupBy: ['kind']}, account)).message).toBe(
      'no provider here can split costs by kind',
    );
  });

  it('but not if one of them can', async () => {
    const accounts = [cloud(), lab()];
    const {sources} = await ask(queryOf({groupBy: ['line_item']}), ...accounts);
    expect(sources.map(({status}) => status)).toEqual(['ok', 'ok']);
  });
});

describe('what some cannot answer is said', () => {
  const noticed = async (query: Partial<Query>, account = cloud(), other = lab()) => {
    await ask(queryOf({period: parsePeriod('2026-10', NOW), ...query}), account, other);
    return account.notices.map(({level, code, message}) => `${level} ${code}: ${message}`);
  };

  it('a grouping that it lacks', async () => {
    expect(await noticed({report: 'report', groupBy: ['model']})).toEqual([
      'info cannot_group: (unattributed) holds what cannot be split by model: costs (only by project, line-item)',
    ]);
    expect(await noticed({groupBy: ['job', 'project']}, lab(), cloud())).toContain(
      'info cannot_group: (unattributed) holds what cannot be split by project: usage (only by one of job, project, user)',
    );
  });

  it('a filter that it lacks: its figures would be too large, so they are left out', async () => {
    expect(await noticed({report: 'report', filters: {model: ['m']}})).toEqual([
      'warning cannot_filter: costs cannot be filtered by model and is left out',
    ]);
  });

  it('a bucket that is too fine for it', async () => {
    expect(await noticed({report: 'report', bucket: 'hour'})).toEqual([
      'warning cannot_bucket: costs cannot be had by the hour and is left out',
    ]);
  });

  it('the days that are counted whole', async () => {
    const period = parseFromTo('2026-10-05T06:00Z', '2026-10-06T18:00Z', NOW);
    expect(await noticed({period})).toEqual([
      'warning widened: costs is billed by whole UTC days: 2026-10-05..2026-10-06 is counted',
    ]);
  });

  it('the days that are counted whole in the period to compare with', async () => {
    const period = parseFromTo('2026-10-05', '2026-10-05', NOW);
    const compare = parseFromTo('2026-10-03T18:00Z', '2026-10-04T06:00Z', NOW);
    expect(await noticed({period, compare})).toEqual([
      'warning widened: costs is billed by whole UTC days: 2026-10-03..2026-10-04 is counted',
    ]);
  });

  it('figures that may still change, once an account, from the day they do', async () => {
    expect(await noticed({period: parsePeriod('mtd', NOW)})).toEqual([
      'warning provisional: figures from 2026-11-22 on are provisional',
    ]);
    expect(await noticed({period: parsePeriod('yesterday', NOW)})).toEqual([]);
    const slow = accountOf(driverOf([bill], {settledUntil: () => at('2026-11-20')}));
    expect(await noticed({period: parsePeriod('2026-11-21', NOW)}, slow)).toEqual([
      'warning provisional: figures from 2026-11-21 on are provisional',
    ]);
  });

  it('an account that has nothing to say about the question is skipped, without a request', async () => {
    const asked: string[] = [];
    const spy = factSource([], {
      id: 'costs',
      dimensions: ['project'],
      slices: query => {
        asked.push('slices');
        return [query];
      },
    });
    const {sources, failures} = await ask(
      queryOf({filters: {model: ['m']}, report: 'report'}),
      accountOf(driverOf([spy], {id: 'plain'})),
      cloud(),
    );
    expect(sources).toMatchObject([
      {
        provider: 'plain',
        status: 'skipped',
        requests: 0,
        error: {code: 'cannot', message: 'plain cannot answer this question'},
      },
      {provider: 'cloud', status: 'ok'},
    ]);
    expect(failures).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('from when on figures are provisional', () => {
  const provisional = async (text: string) =>
    (
      await ask(
        queryOf({period: parsePeriod(text, NOW)}),
        accountOf(driverOf([bill], {id: 'fast', settledUntil: () => at('2026-11-22')})),
        accountOf(driverOf([bill], {id: 'slow', settledUntil: () => at('2026-11-20')})),
      )
    ).provisionalFrom;

  it('is the earliest of all accounts', async () => expect(await provisional('mtd')).toBe(at('2026-11-20')));
  it('is not before the period', async () => expect(await provisional('2026-11-21')).toBe(at('2026-11-21')));
  it('is never for a period that is settled', async () =>
    expect(await provisional('last-month')).toBeUndefined());
});
