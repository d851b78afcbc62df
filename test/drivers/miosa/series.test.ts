import {describe, expect, test} from 'vitest';
import {InputError} from '../../../src/core/errors.ts';
import {formatInstant, instant} from '../../../src/core/instant.ts';
import {usage} from '../../../src/drivers/miosa/usage.ts';
import {NOW} from '../../support/session.ts';
import {ask} from './answer.ts';
import {echo, query, row} from './query.ts';

const edges = (records: readonly {period: {start: number; end: number}}[]) =>
  records.map(({period}) => `${formatInstant(instant(period.start))}/${formatInstant(instant(period.end))}`);

describe('a series', () => {
  test('takes one call for each bucket, the last one up to now', async () => {
    const asked = query('2026-11-20', '2026-11-23', {granularity: 'day', kinds: []});
    const {records, sent} = await ask(request => echo(request, row('workspace_id', 'w', 7)), asked);
    expect(sent.map(({start, end}) => `${start}/${end}`)).toEqual([
      '2026-11-20T00:00:00Z/2026-11-21T00:00:00Z',
      '2026-11-21T00:00:00Z/2026-11-22T00:00:00Z',
      '2026-11-22T00:00:00Z/2026-11-22T09:00:00Z',
    ]);
    expect(edges(records)).toEqual([
      '2026-11-20T00:00:00Z/2026-11-21T00:00:00Z',
      '2026-11-21T00:00:00Z/2026-11-22T00:00:00Z',
      '2026-11-22T00:00:00Z/2026-11-23T00:00:00Z',
    ]);
  });

  test.each([
    ['week', ['2026-10-30T00:00:00Z', '2026-11-02T00:00:00Z', '2026-11-09T00:00:00Z']],
    ['month', ['2026-10-30T00:00:00Z', '2026-11-01T00:00:00Z']],
  ] as const)('of %ss is clipped to the window', (granularity, starts) => {
    const slices = usage.slices(query('2026-10-30', '2026-11-12', {granularity}));
    expect(slices.map(({window}) => formatInstant(window.start))).toEqual(starts);
  });

  test('does not ask for hours that have not begun', () => {
    const slices = usage.slices(query('2026-11-22', '2026-11-23', {granularity: 'hour'}));
    expect(slices.length).toBe(9);
    expect(usage.slices(query('2026-11-22T09:00:00Z', '2026-11-23'))).toEqual([]);
  });

  test('of more than 1000 calls is refused with what to do', () => {
    const year = query('2025-11-23', '2026-11-23', {granularity: 'hour'});
    expect(() => usage.slices(year)).toThrow(InputError);
    expect(() => usage.slices(year)).toThrow('--bucket hour would take 8745 calls of MIOSA');
    expect(usage.slices({...year, granularity: 'day'}).length).toBe(365);
    expect(usage.slices({...year, granularity: null}).length).toBe(1);
  });
});

test('a fraction of a second of now does not make the range empty', async () => {
  const asked = {...query('2026-11-22T09:00:00Z', '2026-11-23'), now: instant(NOW + 250), kinds: []};
  const {sent} = await ask(request => echo(request), asked);
  expect(sent).toMatchObject([{start: '2026-11-22T09:00:00Z', end: '2026-11-22T09:00:01Z'}]);
});
