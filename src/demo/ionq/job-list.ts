import {formatInstant, type Instant, instant, MINUTE_MS} from '../../core/instant.ts';
import {dayNumber, FOUNDED} from '../day.ts';
import type {JsonObject} from '../json.ts';
import {invalid, notFound} from './errors.ts';
import {completedJobs, type Job, jobId, jobName} from './jobs.ts';
import {submitterId} from './projects.ts';
import {millionths} from './usage.ts';

/** The most jobs of a page, and as many as come unasked. */
const PAGE = 25;

/** What the API tells of single jobs. Made once for a server, and only if somebody asks. */
export class JobList {
  readonly #now: Instant;
  #jobs: readonly Job[] | undefined;
  #byId: ReadonlyMap<string, Job> | undefined;

  constructor(now: Instant) {
    this.#now = now;
  }

  /** GET /jobs: newest first, page by page; all of them are completed here. */
  page(query: URLSearchParams): JsonObject {
    const limit = whole(query, 'limit', PAGE);
    if (limit < 1 || limit > PAGE) throw invalid('limit', `must be between 1 and ${PAGE}`);
    const start = whole(query, 'next', 0);
    const status = query.get('status');
    const jobs = status === null || status === 'completed' ? this.#all() : [];
    return {
      jobs: jobs.slice(start, start + limit).map(jobItem),
      next: start + limit < jobs.length ? String(start + limit) : null,
    };
  }

  /** GET /jobs/{id}/cost. Throws the API's 404. */
  cost(id: string): JsonObject {
    this.#byId ??= new Map(this.#all().map(job => [jobId(job), job]));
    const job = this.#byId.get(id);
    if (!job) throw notFound();
    const price = {value: millionths(job.cost), unit: 'usd'};
    return {dry_run: false, estimated_cost: price, cost: price};
  }

  #all(): readonly Job[] {
    this.#jobs ??= [...completedJobs(FOUNDED, dayNumber(this.#now) + 1, this.#now)].sort(
      (a, b) => b.completed - a.completed,
    );
    return this.#jobs;
  }
}

/** Jobs wait and run for so long, so that they are submitted in the order in which they are completed. */
const TOOK = 12 * MINUTE_MS;

function jobItem(job: Job): JsonObject & {readonly id: string} {
  const submitted = formatInstant(instant(job.completed - TOOK));
  return {
    id: jobId(job),
    name: jobName(job) ?? null,
    status: 'completed',
    type: 'ionq.circuit.v1',
    backend: job.project.backend,
    dry_run: false,
    submitter_id: submitterId(job.person.slug),
    project_id: job.project.id,
    parent_job_id: null,
    session_id: null,
    submitted_at: submitted,
    started_at: submitted,
    completed_at: formatInstant(job.completed),
    predicted_wait_time_ms: null,
    predicted_execution_duration_ms: null,
    execution_duration_ms: Math.round(job.time / 1e9),
    shots: 1_000,
    cost_model: 'QCT',
    failure: null,
    metadata: null,
    settings: {},
    stats: {billed_quantum_compute_time_us: Math.round(job.time / 1e6)},
    output: {},
    results: {},
  };
}

function whole(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw invalid(name, 'must be a number');
  return Number(text);
}
