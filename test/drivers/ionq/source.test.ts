import {describe, expect, test} from 'vitest';
import {ProviderError} from '../../../src/core/errors.ts';
import {OTHER} from '../../../src/core/record.ts';
import {attempt} from '../contract-rig.ts';
import {day, query, subject, totalsOf, usage} from './subject.ts';

const LEMMING = {id: '2bfd0fd5-5854-4916-917f-a907af586755', name: 'Project Jumping Lemming'};
const NOVEMBER = query('2026-11-01', '2026-11-05', {split: 'project'});

describe('version 1, by project', () => {
  test('a day with more than its listed project is completed by (other)', async () => {
    const {records} = await attempt(subject(NOVEMBER, 'by-project-v1'));
    const period = {start: day('2026-11-03'), end: day('2026-11-04')};
    expect(records?.filter(record => record.period.start === period.start)).toEqual([
      {
        period,
        labels: {project: LEMMING},
        cost: {amount: '144.39', currency: 'USD'},
        kind: 'qpu',
        quantities: {qpu_time: '1566154.312523', job_count: '9'},
      },
      {
        period,
        labels: {project: OTHER},
        cost: {amount: '1469.84', currency: 'USD'},
        kind: 'qpu',
        quantities: {qpu_time: '3577011.821607', job_count: '1'},
      },
    ]);
    expect(records?.find(record => record.labels.project?.id === OTHER.id)?.labels.project).toBe(OTHER);
  });

  test('everything adds up to the total, to the last digit', async () => {
    const {records, notices} = await attempt(subject(NOVEMBER, 'by-project-v1'));
    expect(totalsOf(records)).toEqual({
      USD: '1940.019900000000121',
      qpu_time: '6143266.13413',
      job_count: '25',
    });
    expect(notices).toEqual([
      {
        level: 'info',
        code: 'other_groups',
        message: 'IonQ lists only the five largest projects of a day; the rest is in (other)',
      },
    ]);
  });

  test('a project without a name has an id only, and a free one costs 0', async () => {
    const {records} = await attempt(subject(NOVEMBER, 'by-project-v1'));
    const labels = records?.map(record => record.labels.project);
    expect(labels).toContainEqual({id: '6a1f43d2-4b5e-4c55-9d3f-0c7fb2b1a004'});
    const free = records?.filter(record => record.period.start === day('2026-11-01'));
    expect(free?.map(({labels: {project}, cost}) => [project?.name, cost])).toEqual([
      ['Teaching', {amount: '0', currency: 'USD'}],
    ]);
  });
});

describe('version 2', () => {
  test('mixed currencies come from amounts[], and a quantity counts once', async () => {
    const asked = query('2026-11-01', '2026-11-04', {split: 'project'});
    const {records, notices} = await attempt({
      ...subject(asked, 'mixed-v2'),
      settings: {organization: 'kr.example.lab'},
    });
    expect(totalsOf(records)).toEqual({CREDITS: '3000', USD: '50', qpu_time: '700', job_count: '9'});
    const second = records?.filter(record => record.period.start === day('2026-11-02'));
    expect(
      second?.map(({labels, cost, quantities}) => [labels.project?.id === OTHER.id, cost, quantities]),
    ).toEqual([
      [false, {amount: '2000', currency: 'CREDITS'}, {qpu_time: '300', job_count: '3'}],
      [false, {amount: '40', currency: 'USD'}, undefined],
      [true, {amount: '0', currency: 'CREDITS'}, {qpu_time: '100', job_count: '1'}],
      [true, {amount: '10', currency: 'USD'}, undefined],
    ]);
    const free = records?.filter(record => record.period.start === day('2026-11-03'));
    expect(free?.map(({cost, quantities}) => [cost, quantities])).toEqual([
      [undefined, {qpu_time: '0', job_count: '2'}],
    ]);
    expect(notices.map(({code}) => code)).toEqual(['other_groups']);
  });

  test('the same bill by the day, without a split, has no groups and no (other)', async () => {
    const asked = query('2026-11-01', '2026-11-04');
    const {records, notices} = await attempt({
      ...subject(asked, 'mixed-v2'),
      settings: {organization: 'kr.example.lab'},
    });
    expect(totalsOf(records)).toEqual({CREDITS: '3000', USD: '50', qpu_time: '700', job_count: '9'});
    expect(records?.map(({labels}) => labels)).toEqual([{}, {}, {}, {}]);
    expect(notices).toEqual([]);
  });
});

test('the published example leaves its own window, so no figure is made of it', async () => {
  const outcome = await attempt(
    subject(query('2025-01-01', '2025-03-02', {split: 'project'}), 'published-example'),
  );
  expect(outcome.records).toBeUndefined();
  expect(outcome.error).toBeInstanceOf(ProviderError);
  expect(outcome.error).toMatchObject({
    code: 'outside_window',
    message: 'IonQ answered with a day outside 2025-01-01..2025-03-01: 2023-07-01',
  });
});

test('one request for the whole window, however long', () => {
  const asked = query('2020-01-01', '2026-11-23', {split: 'job'});
  expect(usage.slices(asked)).toEqual([asked]);
});
