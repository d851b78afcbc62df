import {DAY_MS, type Instant, instant} from '../../core/instant.ts';
import {type Day, type DayNumber, dayNumber, describeDay, FOUNDED, midnight} from '../day.ts';
import {isThere, type Person, personBy} from '../organization.ts';
import {around, draw, hash, mix, uuid} from '../random.ts';
import {busyness, RHYTHMS} from '../rhythm.ts';
import {QUANTUM_PROJECTS, type QuantumProject} from './projects.ts';

/** The finest grain of quantum cost. */
export interface Job {
  readonly project: QuantumProject;
  /** Who submitted it. */
  readonly person: Person;
  /** Told apart within its day, project and person. */
  readonly number: number;
  readonly seed: number;
  readonly completed: Instant;
  /** Millionths of a dollar. */
  readonly cost: number;
  /** Millionths of a microsecond of QPU time. */
  readonly time: number;
}

/** Every job costs at least so much, in millionths of a dollar. */
const LEAST = 9_450_000;
const DEEP = 118_000_000;
/** A QPU second has a price, so a job's time follows its cost, give or take. */
const TIME_PER_COST = 3_190;

/** Every other Wednesday the whole team is at it, so that more projects have jobs than the API lists. */
const isTeamDay = (day: Day): boolean => day.number % 14 === 6 && !day.holiday;

/** Jobs of a day, whether they lie in the future or not; the same ones every time. */
function jobsOn(number: DayNumber): Job[] {
  const day = describeDay(number);
  const busy = busyness(RHYTHMS.office, day) * Math.sqrt(day.growth);
  return QUANTUM_PROJECTS.filter(({from}) => number >= from).flatMap(project =>
    project.members.flatMap(slug => {
      const person = personBy(slug);
      if (!person || !isThere(person, number)) return [];
      const seed = mix(hash(`${project.slug} ${slug}`), number);
      const usual = Math.floor(project.jobs * busy * (0.3 + 2 * draw(seed, 0)) + 0.5 * draw(seed, 1));
      const length = isTeamDay(day) ? usual + 1 : usual;
      return Array.from({length}, (_, index) => job(project, person, number, index, mix(seed, index + 2)));
    }),
  );
}

/** Most jobs are shallow and cheap, a few are deep. */
function job(project: QuantumProject, person: Person, day: DayNumber, number: number, seed: number): Job {
  const depth = draw(seed, 0);
  // Prices have four decimals, some six.
  const step = draw(seed, 1) < 0.8 ? 100 : 1;
  const cost = LEAST + Math.round((DEEP * depth * depth) / step) * step;
  const time = Math.round(cost * TIME_PER_COST * around(seed, 2, 0.3));
  const completed = instant(midnight(day) + Math.floor(DAY_MS * (0.28 + 0.5 * draw(seed, 3))));
  return {project, person, number, seed, completed, cost, time};
}

/** Made only where jobs are listed, because it costs more than the rest of a job. */
export const jobId = ({project, person, number, completed}: Job): string =>
  uuid(`${project.slug} ${person.slug} ${dayNumber(completed)} ${number}`);

const CIRCUITS = ['vqe-h2o', 'vqe-lih', 'qaoa-p3', 'ghz-check', 'kernel-8q', 'zne-sweep'];

/** People may name their jobs, and often don't. */
export const jobName = ({seed}: Job): string | undefined =>
  seed % 5 === 0 ? undefined : `${CIRCUITS[seed % CIRCUITS.length]}-${(seed >>> 8) % 100}`;

/** Completed jobs of the days from `start` up to, but not including, `end`, as far as `now`. */
export function* completedJobs(start: DayNumber, end: DayNumber, now: Instant): Generator<Job> {
  const last = Math.min(end, dayNumber(now) + 1);
  for (let day = Math.max(start, FOUNDED); day < last; day++) {
    for (const job of jobsOn(day)) if (job.completed < now) yield job;
  }
}
