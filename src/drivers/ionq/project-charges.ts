import {addDays, earlier, type Instant, parseInstant, startOfDay} from '../../core/instant.ts';
import {add, type Money, ZERO} from '../../core/money.ts';
import type {Project} from '../../core/project.ts';
import type {Record} from '../../core/record.ts';
import type {ProjectQuery, Session} from '../driver.ts';
import {paginate} from '../paginate.ts';
import {ifVisible, isHidden, type Part} from '../visible.ts';
import {type Job, jobCostSchema, jobsSchema} from './project-schema.ts';
import {usage} from './source.ts';

const JOBS: Part = {
  what: 'jobs of the project, and so who spent what,',
  needs: 'a key of an owner of the organization, or of a member of the project',
};

const COSTS: Part = {...JOBS, what: 'costs of some jobs'};

/** Pages of jobs that are read, and jobs that are asked for one by one, before it is called off. */
const MAX_PAGES = 400;
const MAX_COSTS = 500;
/** A job may wait this long: jobs that were submitted before a period are still looked for. Days. */
const LONGEST_QUEUE = 31;

/**
 * What the jobs of a project were charged, by job and submitter. IonQ splits costs by one thing at a time, so jobs are
 * listed to learn whose they are; the five dearest of each day come with their cost, the others are asked for.
 */
export async function* charges(
  project: Project,
  query: ProjectQuery,
  session: Session,
): AsyncGenerator<Record> {
  const [jobs, known] = await Promise.all([
    ifVisible(session, JOBS, () => jobsOf(project, query, session)),
    dearest(query, session),
  ]);
  if (!jobs) return;
  const unpriced = jobs.filter(({job}) => !known?.has(job.id));
  if (unpriced.length > MAX_COSTS) {
    noteCut(session, `${unpriced.length - MAX_COSTS} of ${jobs.length} jobs are not priced`);
  }
  const asked = new Map(
    await Promise.all(
      unpriced.slice(0, MAX_COSTS).map(async ({job}) => [job.id, await costOf(job, session)] as const),
    ),
  );
  for (const {job, at} of jobs) {
    const costs = known?.get(job.id) ?? asked.get(job.id) ?? [];
    const day = startOfDay(at);
    for (const cost of costs) {
      yield {
        period: {start: day, end: addDays(day, 1)},
        labels: {
          job: {id: job.id, ...(job.name && {name: job.name})},
          ...(job.submitter_id && {user: {id: job.submitter_id}}),
        },
        cost,
      };
    }
  }
}

const noteCut = (session: Session, what: string): void =>
  session.note({
    level: 'warning',
    code: 'jobs_cut',
    message: `${what}: who spent what is known in part only`,
  });

/** Costs by job: those that IonQ lists among the five largest of a day. A key that may not see them can ask one by one. */
async function dearest(
  query: ProjectQuery,
  session: Session,
): Promise<ReadonlyMap<string, readonly Money[]> | undefined> {
  try {
    return await listed(query, session);
  } catch (error) {
    if (isHidden(error)) return undefined;
    throw error;
  }
}

async function listed(
  {window, now}: ProjectQuery,
  session: Session,
): Promise<ReadonlyMap<string, readonly Money[]>> {
  const query = {window, now, granularity: 'day' as const, split: ['job' as const], filters: {}, kinds: []};
  const costs = new Map<string, Map<string, Money>>();
  // That the list is cut is no news here: what it leaves out is asked for.
  const quiet = {...session, note: () => undefined};
  for await (const records of usage.fetch(query, quiet)) {
    for (const {labels, cost} of records) {
      const id = labels.job?.id;
      if (!id || !cost) continue;
      const ofJob = costs.get(id) ?? new Map<string, Money>();
      costs.set(id, ofJob);
      const before = ofJob.get(cost.currency)?.amount ?? ZERO;
      ofJob.set(cost.currency, {amount: add(before, cost.amount), currency: cost.currency});
    }
  }
  return new Map([...costs].map(([id, ofJob]) => [id, [...ofJob.values()]]));
}

/** A job that was not charged has no cost. */
async function costOf({id}: Job, session: Session): Promise<readonly Money[]> {
  const path = `/jobs/${encodeURIComponent(id)}/cost`;
  const answer = await ifVisible(session, COSTS, () => session.get(path, {schema: jobCostSchema}));
  const {cost, dry_run} = answer ?? {};
  return cost && !dry_run ? [{amount: cost.value, currency: cost.unit}] : [];
}

interface Charged {
  readonly job: Job;
  readonly at: Instant;
}

/**
 * The jobs of a project that were completed in the window. The list can be filtered by neither, so it is read through;
 * as long as it proves to be ordered, newest first, it is left where jobs are too old to matter.
 */
async function jobsOf({id}: Project, {window}: ProjectQuery, session: Session): Promise<Charged[]> {
  const found: Charged[] = [];
  const oldest = addDays(window.start, -LONGEST_QUEUE);
  let last: Instant | undefined;
  let ordered = true;
  let descended = false; // a single job is no order
  let read = 0;
  const pages = paginate(async next => {
    const {jobs, next: more} = await session.get('/jobs', {
      query: {status: 'completed', next},
      schema: jobsSchema,
    });
    return {content: jobs, next: more || undefined};
  });
  for await (const jobs of pages) {
    for (const job of jobs) {
      const submitted = timeOf(job.submitted_at);
      ordered &&= submitted !== undefined && (last === undefined || submitted <= last);
      descended ||= submitted !== undefined && last !== undefined && submitted < last;
      last = submitted === undefined || last === undefined ? submitted : earlier(last, submitted);
      const at = timeOf(job.completed_at) ?? timeOf(job.started_at) ?? submitted;
      const counts = job.project_id === id && !job.dry_run && !job.parent_job_id;
      if (counts && at !== undefined && at >= window.start && at < window.end) found.push({job, at});
    }
    if (ordered && descended && last !== undefined && last < oldest) break;
    if (++read >= MAX_PAGES) {
      noteCut(session, `only the first ${MAX_PAGES} pages of jobs are read`);
      break;
    }
  }
  return found;
}

const timeOf = (text: string | null | undefined): Instant | undefined =>
  text == null ? undefined : parseInstant(text);
