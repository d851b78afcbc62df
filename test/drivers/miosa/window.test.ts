import {describe, expect, test} from 'vitest';
import {ask, refusal} from './answer.ts';
import {echo, query, rollup, row} from './query.ts';

const ROW = row('workspace_id', 'w', 7);
const PAST = query('2026-11-05', '2026-11-12');
const MONTH = query('2026-11-01', '2026-11-23', {kinds: []});

describe('the window of the answer', () => {
  test.each([
    ['instants', '2026-11-05T00:00:00Z', '2026-11-12T00:00:00Z'],
    ['another zone', '2026-11-05T01:00:00+01:00', '2026-11-12T01:00:00+01:00'],
    ['no zone', '2026-11-05T00:00:00', '2026-11-12T00:00:00'],
    ['microseconds', '2026-11-05T00:00:00.000000Z', '2026-11-11T23:59:59.999999Z'],
    ['the last second', '2026-11-05T00:00:00Z', '2026-11-11T23:59:59Z'],
    ['dates', '2026-11-05', '2026-11-12'],
    ['dates, the last one included', '2026-11-05', '2026-11-11'],
  ])('may be given as %s', async (_, start, end) => {
    expect(await refusal(() => rollup(start, end, ROW), PAST)).toBeUndefined();
  });

  test.each([
    ['begins a day early', '2026-11-04T00:00:00Z', '2026-11-12T00:00:00Z'],
    ['begins two minutes late', '2026-11-05T00:02:00Z', '2026-11-12T00:00:00Z'],
    ['ends a day late', '2026-11-05T00:00:00Z', '2026-11-13T00:00:00Z'],
    ['ends an hour early', '2026-11-05T00:00:00Z', '2026-11-11T23:00:00Z'],
    ['ends on a later date', '2026-11-05', '2026-11-13'],
    ['ends on an earlier date', '2026-11-05', '2026-11-10'],
    ['is the default one', '2026-10-23T09:00:00Z', '2026-11-22T09:00:00Z'],
    ['is unreadable', 'yesterday', 'today'],
  ])('that %s is an error which names both', async (_, start, end) => {
    expect(await refusal(() => rollup(start, end, ROW), PAST)).toMatchObject({
      code: 'outside_window',
      message: `MIOSA was asked for 2026-11-05T00:00:00Z to 2026-11-12T00:00:00Z and answered for ${start} to ${end}`,
    });
  });

  test('dates are no answer for a part of a day', async () => {
    const morning = query('2026-11-05T06:00:00Z', '2026-11-05T12:00:00Z');
    expect(await refusal(() => rollup('2026-11-05', '2026-11-05', ROW), morning)).toMatchObject({
      code: 'outside_window',
    });
    expect(await refusal(() => rollup('2026-11-05T06:00:00Z', '2026-11-05', ROW), morning)).toMatchObject({
      code: 'outside_window',
    });
  });

  test.each([
    '2026-11-22T09:00:00Z',
    '2026-11-23T00:00:00Z',
    '2026-11-22T23:59:59Z',
    '2026-11-22',
    '2026-11-23',
  ])('of the running day may end now or with the day: %s', async end => {
    const running = query('2026-11-20', '2026-11-23');
    expect(await refusal(() => rollup('2026-11-20T00:00:00Z', end, ROW), running)).toBeUndefined();
    expect(
      await refusal(() => rollup('2026-11-20T00:00:00Z', '2026-11-22T08:00:00Z', ROW), running),
    ).toBeDefined();
  });
});

describe('the running month', () => {
  test('is asked for as mtd', async () => {
    const {sent} = await ask(() => rollup('2026-11-01T00:00:00Z', '2026-11-22T09:00:30Z', ROW), MONTH);
    expect(sent).toEqual([{group_by: 'workspace_id', period: 'mtd'}]);
  });

  test('is asked for as a range where mtd is another window', async () => {
    const {records, sent} = await ask(
      request =>
        request.query.get('period') === 'mtd'
          ? rollup('2026-12-01T00:00:00Z', '2026-12-05T10:00:00Z', row('workspace_id', 'w', 99))
          : echo(request, ROW),
      MONTH,
    );
    expect(sent.map(({period}) => period)).toEqual(['mtd', 'custom']);
    expect(sent[1]).toMatchObject({start: '2026-11-01T00:00:00Z', end: '2026-11-22T09:00:00Z'});
    expect(records.map(({cost}) => cost?.amount)).toEqual(['7']);
  });

  test.each([
    ['part of it', query('2026-11-01', '2026-11-22')],
    ['the month before', query('2026-10-01', '2026-11-01')],
    ['seven days', query('2026-11-16', '2026-11-23')],
    ['thirty days', query('2026-10-24', '2026-11-23')],
  ])('but %s is a custom range', async (_, asked) => {
    const {sent} = await ask(request => echo(request, ROW), asked);
    expect(sent.map(({period}) => period)).toEqual(['custom']);
  });
});
