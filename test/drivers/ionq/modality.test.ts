import {describe, expect, test} from 'vitest';
import {attempt} from '../contract-rig.ts';
import {bucket, query, run, subject, totalsOf, usageExchange} from './subject.ts';

const WEEKS = query('2026-11-02', '2026-11-16', {granularity: 'week'});
const MONTHS = query('2026-09-01', '2026-11-01', {granularity: 'month'});

describe('what is asked for', () => {
  test.each([
    ['months of whole months', MONTHS, 'monthly', 'project'],
    [
      'months of a part of one',
      query('2026-09-01', '2026-10-31', {granularity: 'month'}),
      'daily',
      'project',
    ],
    [
      'months that begin within one',
      query('2026-09-02', '2026-11-01', {granularity: 'month'}),
      'daily',
      'project',
    ],
    ['weeks of whole weeks', WEEKS, 'weekly', 'project'],
    [
      'weeks that begin on Sunday',
      query('2026-11-01', '2026-11-16', {granularity: 'week'}),
      'daily',
      'project',
    ],
    [
      'weeks that end on Sunday',
      query('2026-11-02', '2026-11-15', {granularity: 'week'}),
      'daily',
      'project',
    ],
    ['days of a whole month', query('2026-09-01', '2026-10-01'), 'daily', 'project'],
    ['one record for a whole month', {...MONTHS, granularity: null}, 'daily', 'project'],
    [
      'months by user',
      query('2026-09-01', '2026-11-01', {granularity: 'month', split: 'user'}),
      'daily',
      'user',
    ],
    ['weeks by job', query('2026-11-02', '2026-11-16', {granularity: 'week', split: 'job'}), 'daily', 'job'],
  ])('%s', async (_, asked, modality, group) => {
    const {received, error} = await run(asked, usageExchange({modality, group_type: group}));
    expect(error).toBeUndefined();
    expect(received.map(({query: sent}) => [sent.get('modality'), sent.get('group_by')])).toEqual([
      [modality, group],
    ]);
  });

  test('dates without a time, the end excluded', async () => {
    const {received} = await run(MONTHS, usageExchange({modality: 'monthly'}));
    expect(Object.fromEntries(received[0]?.query ?? [])).toEqual({
      group_by: 'project',
      modality: 'monthly',
      start_date: '2026-09-01',
      end_date: '2026-11-01',
    });
  });
});

describe('weeks and months that can be placed', () => {
  test('calendar months', async () => {
    const {records, received, notices} = await attempt(subject(MONTHS, 'monthly-v1'));
    expect(
      records?.map(({period, cost}) => [
        new Date(period.start).toISOString(),
        new Date(period.end).toISOString(),
        cost?.amount,
      ]),
    ).toEqual([
      ['2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z', '200.5'],
      ['2026-09-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z', '100.25'],
    ]);
    expect(received.length).toBe(1);
    expect(notices).toEqual([]);
  });

  test('ISO weeks', async () => {
    const {records, received} = await attempt(subject(WEEKS, 'weekly-iso'));
    expect(records?.map(({period}) => (period.end - period.start) / 86_400_000)).toEqual([7, 7]);
    expect(totalsOf(records)).toEqual({USD: '30.5', qpu_time: '300', job_count: '3'});
    expect(received.length).toBe(1);
  });
});

describe('weeks and months that cannot be placed are fetched as days', () => {
  const days = usageExchange({usage_data: [bucket('2026-11-15', {amount: 5})]}, {modality: 'daily'});
  const weekly = (body: {[field: string]: unknown}) =>
    usageExchange({modality: 'weekly', ...body}, {modality: 'weekly'});

  test('weeks that begin on Sunday', async () => {
    const {records, received, notices} = await attempt(subject(WEEKS, 'weekly-sunday'));
    expect(received.map(({query: sent}) => sent.get('modality'))).toEqual(['weekly', 'daily']);
    expect(totalsOf(records)).toEqual({USD: '30', qpu_time: '300', job_count: '3'});
    const message = 'IonQ answered with a week that begins on 2026-11-08; days are added up instead';
    expect(notices).toEqual([{level: 'info', code: 'days_instead', message}]);
  });

  test.each([
    ['a week before the window', {usage_data: [bucket('2026-10-26')]}],
    ['a week after the window', {usage_data: [bucket('2026-11-16')]}],
    ['a week that comes twice', {usage_data: [bucket('2026-11-09'), bucket('2026-11-09')]}],
    ['another modality', {modality: 'daily', usage_data: [bucket('2026-11-09')]}],
  ])('%s', async (_, body) => {
    const {records, notices} = await run(WEEKS, weekly(body), days);
    expect(totalsOf(records)).toMatchObject({USD: '5'});
    expect(notices.map(({code}) => code)).toEqual(['days_instead']);
  });

  test('months that begin on the second', async () => {
    const monthly = usageExchange(
      {modality: 'monthly', usage_data: [bucket('2026-10-02')]},
      {modality: 'monthly'},
    );
    const daily = usageExchange({usage_data: [bucket('2026-10-31', {amount: 7})]}, {modality: 'daily'});
    const {records} = await run(MONTHS, monthly, daily);
    expect(totalsOf(records)).toMatchObject({USD: '7'});
  });
});

describe('days that cannot be placed are an error', () => {
  const asked = query('2026-11-01', '2026-11-03', {split: 'project'});

  test.each([
    ['outside_window', {usage_data: [bucket('2026-10-31')]}],
    ['outside_window', {usage_data: [bucket('2026-11-03')]}],
    ['repeated_bucket', {usage_data: [bucket('2026-11-02'), bucket('2026-11-02')]}],
    ['inconsistent', {modality: 'weekly'}],
    ['inconsistent', {group_type: 'user'}],
    ['bad_response', {usage_data: [bucket('2026-02-30')]}],
    ['bad_response', {usage_data: [bucket('2026-11-02T01:00:00Z')]}],
  ])('%s: %j', async (code, body) => {
    const {records, error} = await run(asked, usageExchange(body));
    expect(records).toBeUndefined();
    expect(error).toMatchObject({code, exitCode: 5});
  });

  test('the instant that begins a day is that day', async () => {
    const {records} = await run(
      query('2026-11-01', '2026-11-03'),
      usageExchange({usage_data: [bucket('2026-11-02T00:00:00Z', {amount: 1})]}),
    );
    expect(totalsOf(records)).toMatchObject({USD: '1'});
  });
});
