import {addDays, formatDate, formatInstant, type Instant, parseDate, startOfDay} from '../../core/instant.ts';
import {dayNumber, FOUNDED, midnight} from '../day.ts';
import {fixedText} from '../fixed.ts';
import {JsonNumber, type JsonObject} from '../json.ts';
import {COMPANY, emailOf, PEOPLE} from '../organization.ts';
import {uuid} from '../random.ts';
import {invalid} from './errors.ts';
import {completedJobs, type Job} from './jobs.ts';
import {QUANTUM_PROJECTS, submitterId} from './projects.ts';
import {millionths} from './usage.ts';

/** A reverse domain and no UUID, as real organizations have it. */
export const ORGANIZATION = COMPANY.slug;
/** Dollars bought for all time. */
const BUDGET = 200_000;
/** How many dollars of the organization's budget a member may use, for all time. */
const MEMBER_QUOTA = 40_000;

/** GET /whoami. */
export const whoami = (): JsonObject => ({
  key_id: uuid('quantum key'),
  key_name: 'cost-report',
  project_id: QUANTUM_PROJECTS[0]?.id,
});

/** Undocumented, but there: spend and limit of each project for all time, in camelCase; the older one says when it ran. */
export function projects(now: Instant, older: boolean): JsonObject {
  const jobs = [...completedJobs(FOUNDED, dayNumber(now) + 1, now)];
  return {
    projects: QUANTUM_PROJECTS.filter(({from}) => midnight(from) <= now).map(project => {
      const own = jobs.filter(job => job.project === project);
      const last = own.reduce<Instant | undefined>(
        (latest, {completed}) => (latest === undefined || completed > latest ? completed : latest),
        undefined,
      );
      return {
        id: project.id,
        name: project.name,
        quotaUsage: millionths(sum(own)),
        quotaLimit: project.limit,
        allowedTargets: [project.backend],
        ...(older ? {lastJobRunTime: last === undefined ? null : formatInstant(last)} : {unit: 'USD'}),
      };
    }),
  };
}

/** Reserved time on a QPU: one session that has ended, and one that runs. */
export function sessions(query: URLSearchParams, now: Instant): JsonObject {
  const session = (name: string, start: Instant, end: Instant | null): JsonObject & {active: boolean} => ({
    id: uuid(`session ${name}`),
    created_at: formatInstant(start),
    organization_id: ORGANIZATION,
    backend: 'qpu.forte-1',
    project_id: QUANTUM_PROJECTS[0]?.id ?? null,
    creator_id: submitterId('lukas'),
    ended_at: end === null ? null : formatInstant(end),
    ender_id: end === null ? null : submitterId('lukas'),
    settings: {job_count_limit: 40, duration_limit_min: 90, cost_limit: {unit: 'usd', value: 750}},
    active: end === null,
    status: end === null ? 'started' : 'ended',
    started_at: formatInstant(start),
  });
  const today = startOfDay(now);
  const all = [session('today', today, null), session('yesterday', addDays(today, -1), today)];
  const wanted = query.get('active');
  return {
    organization_id: ORGANIZATION,
    sessions: wanted === null ? all : all.filter(({active}) => String(active) === wanted),
  };
}

/** GET /v0.3/report/organizations/{id}: budget, balance and members; the last 30 days unless dates say otherwise. */
export function report(query: URLSearchParams, now: Instant): JsonObject {
  const start = dateOr(query, 'start_date', addDays(startOfDay(now), -30));
  const end = dateOr(query, 'end_date', startOfDay(now));
  const jobs = [...completedJobs(dayNumber(start), dayNumber(end) + 1, now)]; // here the end date is included
  const everything = [...completedJobs(FOUNDED, dayNumber(now) + 1, now)];
  const backends = [...new Set(jobs.map(({project}) => project.backend))];
  return {
    start_date: formatDate(start),
    end_date: formatDate(end),
    organization: COMPANY.name,
    organization_id: ORGANIZATION,
    budget: BUDGET,
    balance: new JsonNumber(fixedText(Math.max(0, BUDGET * 1e6 - sum(everything)), 6)),
    currency: 'USD',
    qpus: backends.map(backend => ({
      qpu_name: backend,
      usage: millionths(sum(jobs.filter(({project}) => project.backend === backend))),
    })),
    members: PEOPLE.flatMap(({slug, name}) => {
      const own = jobs.filter(({person}) => person.slug === slug);
      if (own.length === 0) return [];
      return [
        member(
          slug,
          name,
          own,
          everything.filter(({person}) => person.slug === slug),
        ),
      ];
    }),
  };
}

function member(slug: string, name: string, own: readonly Job[], ever: readonly Job[]): JsonObject {
  const [first = name, ...rest] = name.split(' ');
  return {
    id: submitterId(slug),
    jobs: own.length,
    user_email: emailOf(slug),
    first_name: first,
    last_name: rest.join(' '),
    execution_time: Math.floor(own.reduce((time, job) => time + job.time, 0) / 1e9),
    quota: MEMBER_QUOTA,
    quota_consumed: millionths(sum(ever)),
  };
}

const sum = (jobs: readonly Job[]): number => jobs.reduce((total, {cost}) => total + cost, 0);

function dateOr(query: URLSearchParams, name: string, otherwise: Instant): Instant {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = parseDate(text);
  if (value === undefined) throw invalid(name, 'must be in YYYY-MM-DD format');
  return value;
}
