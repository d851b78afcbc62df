import {calendarDay, formatDate, formatInstant, type Instant, parseDate, utc} from '../../core/instant.ts';
import {type DayNumber, dayNumber, midnight, weekdayOf} from '../day.ts';
import {fixedText} from '../fixed.ts';
import {JsonNumber, type JsonObject} from '../json.ts';
import {isThere} from '../organization.ts';
import {invalid} from './errors.ts';
import {completedJobs, type Job, jobId, jobName} from './jobs.ts';
import {submitterId} from './projects.ts';

const GROUPS = ['job', 'project', 'user'] as const;
type GroupBy = (typeof GROUPS)[number];
const MODALITIES = ['daily', 'weekly', 'monthly'] as const;
type Modality = (typeof MODALITIES)[number];

/** The API lists no more groups of a bucket than this. */
const LISTED = 5;

/** Jobs, millionths of dollars, and millionths of microseconds. */
interface Sum {
  jobs: number;
  cost: number;
  time: number;
}

interface Bucket extends Sum {
  readonly from: DayNumber;
  readonly groups: Map<string, Sum & {readonly name: string | undefined}>;
}

/** GET /organizations/{id}/usage: all four parameters are needed; `end_date` is excluded. */
export function usage(organization: string, query: URLSearchParams, now: Instant): JsonObject {
  const groupBy = choice(query, 'group_by', GROUPS);
  const modality = choice(query, 'modality', MODALITIES);
  const start = date(query, 'start_date');
  const end = date(query, 'end_date');
  if (end < start) throw invalid('end_date', 'must not be before "start_date".');

  const total: Sum = {jobs: 0, cost: 0, time: 0};
  const buckets = new Map<DayNumber, Bucket>();
  for (const job of completedJobs(dayNumber(start), dayNumber(end), now)) {
    const from = bucketOf(job, modality);
    const bucket = buckets.get(from) ?? {from, jobs: 0, cost: 0, time: 0, groups: new Map()};
    buckets.set(from, bucket);
    const [id, name] = groupOf(job, groupBy, now);
    const group = bucket.groups.get(id) ?? {jobs: 0, cost: 0, time: 0, name};
    bucket.groups.set(id, group);
    for (const sum of [total, bucket, group]) count(sum, job);
  }

  return {
    group_type: groupBy,
    modality,
    usage_from: formatInstant(start),
    usage_to: formatInstant(end),
    organization,
    amount_total: millionths(total.cost),
    usage_unit: 'USD',
    amount_totals: [{amount: millionths(total.cost), unit: 'USD'}],
    time_us_total: millionths(total.time),
    job_count: total.jobs,
    usage_data: [...buckets.values()].sort((a, b) => b.from - a.from).map(usageItem),
  };
}

function count(sum: Sum, job: Job): void {
  sum.jobs += 1;
  sum.cost += job.cost;
  sum.time += job.time;
}

/** A bucket with its dearest groups; its own figures are those of all groups, listed or not. */
function usageItem(bucket: Bucket): JsonObject {
  const listed = [...bucket.groups].sort(([, a], [, b]) => b.cost - a.cost).slice(0, LISTED);
  return {
    from: formatDate(midnight(bucket.from)),
    ...figures(bucket),
    group_usages: listed.map(([id, group]) => ({group_id: id, group_name: group.name, ...figures(group)})),
  };
}

const figures = ({jobs, cost, time}: Sum): JsonObject => ({
  job_count: jobs,
  amount: millionths(cost),
  amount_unit: 'USD',
  amounts: [{amount: millionths(cost), unit: 'USD'}],
  time_us: millionths(time),
});

/** A number of millionths, exact to the last digit. */
export const millionths = (value: number): JsonNumber => new JsonNumber(fixedText(value, 6));

/** Weeks begin on Sunday and months on the first, even if the asked window begins later. */
function bucketOf({completed}: Job, modality: Modality): DayNumber {
  const day = dayNumber(completed);
  switch (modality) {
    case 'daily':
      return day;
    case 'weekly':
      return day - weekdayOf(day);
    case 'monthly': {
      const {year, month} = calendarDay(completed);
      return dayNumber(utc(year, month));
    }
  }
}

/** Jobs may have no name, and who has left has none any more. */
function groupOf(job: Job, groupBy: GroupBy, now: Instant): readonly [id: string, name: string | undefined] {
  switch (groupBy) {
    case 'job':
      return [jobId(job), jobName(job)];
    case 'project':
      return [job.project.id, job.project.name];
    case 'user':
      return [
        submitterId(job.person.slug),
        isThere(job.person, dayNumber(now)) ? job.person.name : undefined,
      ];
  }
}

/** A required parameter with a closed list of values. Throws the API's 400. */
function choice<T extends string>(query: URLSearchParams, name: string, allowed: readonly T[]): T {
  const text = query.get(name);
  if (text === null) throw invalid(name, 'is required');
  const value = allowed.find(candidate => candidate === text);
  if (value === undefined) throw invalid(name, `must be one of [${allowed.join(', ')}]`);
  return value;
}

/** A required `YYYY-MM-DD`. Throws the API's 400. */
function date(query: URLSearchParams, name: string): Instant {
  const text = query.get(name);
  if (text === null) throw invalid(name, 'is required');
  const value = parseDate(text);
  if (value === undefined) throw invalid(name, 'must be in YYYY-MM-DD format');
  return value;
}
