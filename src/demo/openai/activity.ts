import type {Day} from '../day.ts';
import {around} from '../random.ts';
import {busyness, come} from '../rhythm.ts';
import {swell} from './events.ts';
import type {Dimension, Stage, Workload} from './workload.ts';

/** What a workload did on a day. Its counts are worked out when they are asked for: a year has a quarter of a million. */
export interface Activity {
  readonly workload: Workload;
  readonly stage: Stage;
  /** Of the whole day. */
  readonly requests: number;
  /** How much larger than usual the day's requests were, on average. */
  readonly size: number;
}

/** A new use is small at first. */
const RAMP_DAYS = 40;
const FIRST_DAY = 0.15;

/** What a workload did on a day; undefined if nothing. */
export function activityOn(workload: Workload, day: Day): Activity | undefined {
  const {spec, seed, from, to, rhythm} = workload;
  if (day.number < from || day.number >= to) return undefined;
  const stage = workload.stages.findLast(candidate => candidate.from <= day.number);
  if (!stage) return undefined;
  const {times, plus} = swell(spec.event, day.number);
  const ramp = Math.min(1, FIRST_DAY + (day.number - from) / RAMP_DAYS);
  const ordinary =
    spec.event === 'fortnightly' ? times : busyness(rhythm, day) * times * ramp * day.growth + plus;
  const requests = Math.round(spec.requests * ordinary * around(seed, 2 * day.number, 0.16));
  if (requests <= 0) return undefined;
  return {workload, stage, requests, size: around(seed, 2 * day.number + 1, 0.07)};
}

/** Requests so many milliseconds into the day. Never falls; reaches the day's number, so differences tile the day. */
export const requestsAt = ({workload, requests}: Activity, milliseconds: number): number =>
  come(requests, workload.rhythm, milliseconds, workload.lead);

/** One of the Counts when so many requests have come: tokens come with the requests and not between them. */
export function countAfter({stage, requests: all, size}: Activity, index: number, requests: number): number {
  if (index === 0) return requests;
  const count = Math.round((stage.units[index - 1] ?? 0) * all * size);
  return requests === all ? count : Math.floor((count * requests) / all);
}

/** A label of what was used; null where there is none. */
export const labelOf = (activity: Activity, dimension: Dimension): string | boolean | null =>
  dimension === 'model' ? activity.stage.model.id : activity.workload.labels[dimension];
