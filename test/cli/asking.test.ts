import {setImmediate} from 'node:timers/promises';
import {describe, expect, it} from 'vitest';
import {answered, usage} from '../support/context.ts';
import type {Received} from '../support/loopback.ts';
import {METERED} from '../support/providers/data.ts';
import {billsOf, sumBy, totalsOf} from '../support/providers/expected.ts';
import {serveOpenai} from '../support/providers/openai.ts';
import {ALL, type Behaviour, startProviders, well} from '../support/providers.ts';

/** What was asked, as `path?query` without the path's beginning. */
const queries = (received: readonly Received[], path: RegExp) =>
  received.filter(request => path.test(request.path)).map(({query}) => Object.fromEntries(query));
const seconds = (text: string) => String(Date.parse(text) / 1000);

describe('spans are UTC days, up to the running one', () => {
  it('an API that takes instants is asked up to now, one that knows days up to the next midnight', async () => {
    const {env, received} = await startProviders(ALL);
    const {period} = await answered('report --period 7d --compare none', {env});
    expect(period).toEqual({start: '2026-11-16T00:00:00Z', end: '2026-11-23T00:00:00Z', label: '7d'});
    expect(queries(received('miosa'), /usage/)).toEqual([
      {
        group_by: 'workspace_id',
        period: 'custom',
        start: '2026-11-16T00:00:00Z',
        end: '2026-11-22T09:00:00Z',
      },
    ]);
    expect(queries(received('ionq'), /usage/)).toMatchObject([
      {start_date: '2026-11-16', end_date: '2026-11-23'},
    ]);
    expect(queries(received('openai'), /costs/)[0]).toMatchObject({
      start_time: seconds('2026-11-16T00:00:00Z'),
      end_time: seconds('2026-11-23T00:00:00Z'),
    });
    expect(queries(received('openai'), /completions/)[0]).toMatchObject({
      start_time: seconds('2026-11-16T00:00:00Z'),
      end_time: seconds('2026-11-22T09:01:00Z'),
    });
  });

  it('the month so far has a period of its own at MIOSA', async () => {
    const {env, received} = await startProviders(ALL);
    await answered('costs --provider miosa', {env});
    expect(queries(received('miosa'), /usage/)).toEqual([{group_by: 'workspace_id', period: 'mtd'}]);
  });

  it('what has not begun is not asked for', async () => {
    const {env, paths} = await startProviders(ALL);
    const {rows} = await answered('report --period 2027-01 --compare none', {env});
    expect(rows).toEqual([]);
    expect((['openai', 'ionq', 'miosa'] as const).flatMap(paths)).toEqual([]);
  });

  it('instants are exact where they can be, and whole days are counted where not, which is said', async () => {
    const {env} = await startProviders(ALL);
    const {totals, notices} = await answered('costs --from 2026-11-03T06:00Z --to 2026-11-03T10:00:00Z', {
      env,
    });
    const [start, end] = [Date.parse('2026-11-03T06:00Z'), Date.parse('2026-11-03T10:00Z')];
    const metered = METERED.filter(({at}) => start <= at && at < end);
    expect(metered).toHaveLength(1);
    const days = billsOf('2026-11-03', '2026-11-03').filter(({provider}) => provider !== 'miosa');
    expect(
      sumBy(
        totals,
        ({currency}) => currency,
        ({cost}) => cost,
      ),
    ).toEqual({
      ...totalsOf(days),
      MIOSA_CREDIT_CENTS: metered[0]!.credit_cents,
    });
    expect(
      notices.filter(({code}) => code === 'widened').map(({provider, message}) => [provider, message]),
    ).toEqual([
      ['openai', 'costs is billed by whole UTC days: 2026-11-03 is counted'],
      ['ionq', 'usage is billed by whole UTC days: 2026-11-03 is counted'],
    ]);
  });

  it('also in the span to compare with, which may then be longer', async () => {
    const {env} = await startProviders({ionq: well});
    const {notices, compare} = await answered('report --from 2026-11-03T06:00Z --to 2026-11-03T18:00Z', {
      env,
    });
    expect(compare).toMatchObject({start: '2026-11-02T18:00:00Z', end: '2026-11-03T06:00:00Z'});
    expect(notices.filter(({code}) => code === 'widened').map(({message}) => message)).toEqual([
      'usage is billed by whole UTC days: 2026-11-03 is counted',
      'usage is billed by whole UTC days: 2026-11-02..2026-11-03 is counted',
    ]);
  });
});

describe('an API is asked only for what it can', () => {
  it('for one split at a time, with a notice for the second', async () => {
    const {env, received} = await startProviders(ALL);
    const {notices, rows} = await answered('report --group-by project,user --compare none', {env});
    expect(queries(received('ionq'), /usage/).at(-1)).toMatchObject({group_by: 'project'});
    expect(
      rows
        .filter(({provider}) => provider === 'ionq')
        .every(row => ['(unattributed)', '(other)'].includes(row.user_name ?? '')),
    ).toBe(true);
    expect(notices.filter(({code}) => code === 'cannot_group').map(({provider}) => provider)).toEqual(
      expect.arrayContaining(['openai', 'ionq', 'miosa']),
    );
  });

  it('for money only, in the period to compare with', async () => {
    const {env, received} = await startProviders(ALL);
    await answered('report', {env});
    const starts = (path: RegExp) =>
      new Set(queries(received('openai'), path).map(query => query.start_time));
    const [october, november] = [seconds('2026-10-01T00:00:00Z'), seconds('2026-11-01T00:00:00Z')];
    expect(starts(/costs/)).toEqual(new Set([october, november]));
    expect(starts(/completions/)).toEqual(new Set([november]));
  });

  it('for each bucket, where it has none itself', async () => {
    const {env, received} = await startProviders(ALL);
    await answered('costs --provider miosa --bucket day --period 2026-11-03..2026-11-05', {env});
    expect(
      queries(received('miosa'), /usage/)
        .map(({start, end}) => `${start} ${end}`)
        .toSorted(),
    ).toEqual([
      '2026-11-03T00:00:00Z 2026-11-04T00:00:00Z',
      '2026-11-04T00:00:00Z 2026-11-05T00:00:00Z',
      '2026-11-05T00:00:00Z 2026-11-06T00:00:00Z',
    ]);
  });

  it('for nothing that an older one lacks, with a note', async () => {
    const {env} = await startProviders(ALL);
    const {rows, notices, sources} = await answered('usage file_search_calls web_search_calls', {env});
    expect(rows).toEqual([]);
    expect(sources).toMatchObject([
      {provider: 'openai', status: 'ok'},
      {provider: 'ionq', status: 'skipped'},
      {provider: 'miosa', status: 'skipped'},
    ]);
    expect(notices.filter(({code}) => code === 'not_served').map(({message}) => message)).toEqual([
      'file_search_calls is not served by this API and is left out',
      'web_search_calls is not served by this API and is left out',
    ]);
  });

  it('only for the kinds that are wanted, and not for costs', async () => {
    const {env, paths} = await startProviders(ALL);
    await answered('usage embeddings', {env});
    expect(new Set(paths('openai'))).toEqual(new Set(['/organization/usage/embeddings']));
    expect([...paths('ionq'), ...paths('miosa')]).toEqual([]);
  });

  it('with only a few requests in flight at a time', async () => {
    let [now, most] = [0, 0];
    const slow: Behaviour = (request, _index, raw) => {
      most = Math.max(most, ++now);
      void (async () => {
        for (let turn = 0; turn < 20; turn++) await setImmediate();
        now--;
        const {status = 200, body} = serveOpenai(request);
        raw.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
      })();
      return undefined;
    };
    const {env} = await startProviders({openai: slow});
    expect((await usage('report --concurrency 1', {env})).code).toBe(0);
    expect(most).toBe(1);
    await usage('report --concurrency 3', {env});
    expect(most).toBe(3);
  });
});

describe('settings go along', () => {
  it('from the environment', async () => {
    const {env, received, paths} = await startProviders({...ALL, ionq: () => 'serve'});
    const settings = {OPENAI_ORG_ID: 'org-1', IONQ_ORGANIZATION_ID: 'com.my.org', MIOSA_TENANT: 'clinic'};
    expect((await usage('costs --json', {env: {...env, ...settings}})).code).toBe(0);
    expect(received('openai')[0]!.headers['openai-organization']).toBe('org-1');
    expect(received('miosa')[0]!.headers['x-miosa-tenant']).toBe('clinic');
    // The organization need not be looked up.
    expect(paths('ionq')).toEqual(['/organizations/com.my.org/usage']);
  });

  it('and not where they were not given', async () => {
    const {env, received, paths} = await startProviders(ALL);
    await usage('costs --json', {env});
    expect(received('openai')[0]!.headers).not.toHaveProperty('openai-organization');
    expect(received('miosa')[0]!.headers).not.toHaveProperty('x-miosa-tenant');
    expect(paths('ionq')[0]).toBe('/sessions');
  });
});
