import Big from 'big.js';
import {formatDate, parseDate} from '../../../src/core/instant.ts';
import {raw, serialize} from '../fixtures.ts';
import type {Received, Reply} from '../loopback.ts';
import {groupBy, JOBS, type Job, LABS} from './data.ts';
import {ionqDirectory} from './directory.ts';

/** IonQ's usage as it really answers: newest day first, and of every day the five largest groups only. */
export function serveIonq(request: Received): Reply {
  const {path, query} = request;
  const known = ionqDirectory(request);
  if (known) return known;
  if (path === '/whoami') return {body: {key_id: '1', key_name: 'ci', project_id: null}};
  if (path === '/sessions') return {body: {organization_id: 'com.my.org', sessions: []}};
  if (path !== '/organizations/com.my.org/usage')
    return {status: 404, body: {statusCode: 404, error: 'Not Found Error', message: 'Resource not found.'}};
  const by = query.get('group_by');
  const [start, end] = [parseDate(query.get('start_date') ?? '')!, parseDate(query.get('end_date') ?? '')!];
  if ((by !== 'project' && by !== 'user' && by !== 'job') || query.get('modality') === null)
    return {
      status: 400,
      body: {statusCode: 400, error: 'Bad Request', message: 'group_by and modality are required'},
    };
  const inWindow = JOBS.filter(({day}) => start <= day && day < end);
  // Weeks and months begin where nobody would look for them, so that days must be asked for.
  const daily = query.get('modality') === 'daily';
  const dates = daily ? [...new Set(inWindow.map(({day}) => day))].reverse() : [];
  return {
    body: serialize({
      group_type: by,
      modality: query.get('modality'),
      usage_from: `${formatDate(start)}T00:00:00Z`,
      usage_to: `${formatDate(end)}T00:00:00Z`,
      organization: '71d164e-6ebe-4126-8839-f1529bb01a00',
      usage_unit: 'USD',
      ...figures(inWindow, '_total'),
      usage_data: daily
        ? dates.map(date =>
            bucket(
              formatDate(date),
              inWindow.filter(({day}) => day === date),
              by,
            ),
          )
        : [{...bucket('2026-10-03', [], by), ...figures(inWindow)}],
    }),
  };
}

function bucket(from: string, jobs: readonly Job[], by: 'project' | 'user' | 'job') {
  const groups = groupBy(jobs, job => job[by]);
  const listed = [...groups].sort(([, a], [, b]) => total(b).cmp(total(a))).slice(0, 5);
  return {
    from,
    ...figures(jobs),
    group_usages: listed.map(([id, some]) => ({
      group_id: id,
      ...(by === 'project' && {group_name: LABS[id]}),
      ...figures(some),
    })),
  };
}

const total = (jobs: readonly Job[]): Big => jobs.reduce((sum, {amount}) => sum.plus(amount), new Big(0));

const figures = (jobs: readonly Job[], suffix = '') => ({
  [`amount${suffix}`]: raw(total(jobs).toFixed()),
  [`time_us${suffix}`]: raw(jobs.reduce((sum, {time}) => sum.plus(time), new Big(0)).toFixed()),
  job_count: jobs.length,
});
