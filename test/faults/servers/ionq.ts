import {raw} from '../../support/fixtures.ts';
import {type Day, dateOf, dayOf, type Jobs, plain, type World} from '../world.ts';
import {type Answer, type Asked, type Fields, figures, other} from './answer.ts';

/** IonQ's usage for a world: newest bucket first, the five largest projects of each. */
export const ionq =
  (world: World) =>
  ({path, query}: Asked): Answer => {
    if (path === '/sessions') return other({organization_id: 'com.faults', sessions: []});
    if (path !== '/organizations/com.faults/usage')
      return other({statusCode: 404, error: 'Not Found Error', message: 'no'}, 404);
    const [from, to] = [dayOf(query.get('start_date') ?? ''), dayOf(query.get('end_date') ?? '')];
    const jobs = world.jobs.filter(({day}) => from <= day && day < to);
    const monthly = query.get('modality') === 'monthly';
    const startOf = (day: Day) => (monthly ? `${dateOf(day).slice(0, 7)}-01` : dateOf(day));
    const starts = [...new Set(jobs.map(({day}) => startOf(day)))].sort().reverse();
    return figures({
      group_type: query.get('group_by'),
      modality: query.get('modality'),
      usage_from: `${dateOf(from)}T00:00:00Z`,
      usage_to: `${dateOf(to)}T00:00:00Z`,
      usage_unit: world.unit,
      ...sums(jobs, '_total'),
      job_count: count(jobs),
      usage_data: starts.map(start =>
        bucket(
          start,
          jobs.filter(({day}) => startOf(day) === start),
        ),
      ),
    });
  };

function bucket(from: string, jobs: readonly Jobs[]): Fields {
  const projects = [...new Set(jobs.map(({project}) => project))].map(project => {
    const own = jobs.filter(job => job.project === project);
    return {project, own, units: own.reduce((sum, {units}) => sum + units, 0n)};
  });
  const listed = projects.sort((a, b) => (a.units < b.units ? 1 : -1)).slice(0, 5);
  return {
    from,
    ...sums(jobs),
    job_count: count(jobs),
    group_usages: listed.map(({project, own}) => ({
      group_id: project,
      group_name: `Name of ${project}`,
      ...sums(own),
      job_count: count(own),
    })),
  };
}

const count = (jobs: readonly Jobs[]): number => Number(jobs.reduce((sum, job) => sum + job.count, 0n));
const sums = (jobs: readonly Jobs[], suffix = ''): Fields => ({
  [`amount${suffix}`]: raw(plain(jobs.reduce((sum, {units}) => sum + units, 0n))),
  [`time_us${suffix}`]: raw(plain(jobs.reduce((sum, {time}) => sum + time, 0n))),
});
