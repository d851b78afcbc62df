import type {Day} from '../day.ts';
import {around, mix} from '../random.ts';
import {busyness, come} from '../rhythm.ts';
import {eraOn, type Model, type Prices} from './catalog.ts';
import {swell} from './events.ts';
import type {Dimension, Spec, Workload} from './workload.ts';

/**
 * Counts of a workload: requests first. Completions count tokens besides, each sort apart from all others so that they
 * add up: text, cached text, cache writes, audio, cached audio, images, cached images, then output text, audio, images.
 * The other kinds have one more count or none.
 */
export type Counts = readonly number[];

/** What a workload did on a day. */
export interface Activity {
  readonly workload: Workload;
  readonly model: Model;
  readonly prices: Prices;
  readonly day: Counts;
}

/** A team moves to a new model within so many days. */
const SLOWEST_MOVE = 55;
/** A new use is small at first. */
const RAMP_DAYS = 40;
const FIRST_DAY = 0.15;

/** What a workload did on a day; undefined if nothing. */
export function activityOn(workload: Workload, day: Day): Activity | undefined {
  const {spec, seed, from, to, rhythm} = workload;
  if (day.number < from || day.number >= to) return undefined;
  const era = eraOn(spec.family, day.number, mix(seed, -1) % SLOWEST_MOVE);
  if (!era) return undefined;
  const {times, plus} = swell(spec.event, day.number);
  const ramp = Math.min(1, FIRST_DAY + (day.number - from) / RAMP_DAYS);
  const ordinary =
    spec.event === 'fortnightly' ? times : busyness(rhythm, day) * times * ramp * day.growth + plus;
  const requests = Math.round(spec.requests * ordinary * around(seed, 2 * day.number, 0.16));
  if (requests <= 0) return undefined;
  const perRequest = around(seed, 2 * day.number + 1, 0.07);
  const rest = unitsOf(spec, era.prices).map(units => Math.round(units * requests * perRequest));
  return {workload, ...era, day: [requests, ...rest]};
}

/** What an average request uses besides itself. */
function unitsOf(spec: Spec, prices: Prices): readonly number[] {
  if (spec.kind !== 'completions') return spec.units === undefined ? [] : [spec.units];
  const {input = 0, output = 0, image = 0, audio = 0, audioOutput = 0} = spec;
  const cached = prices.cached === undefined ? 0 : (spec.cached ?? 0);
  const fresh = input * (1 - cached);
  // Only what will be found again is worth writing.
  const write = prices.write === undefined ? 0 : fresh * cached * 0.4;
  const cachedAudio = audio * cached * 0.5;
  return [
    fresh - write,
    input * cached,
    write,
    audio - cachedAudio,
    cachedAudio,
    image,
    0,
    output,
    audioOutput,
    0,
  ];
}

/** Requests so many milliseconds into the day. Never falls; reaches the day's number, so differences tile the day. */
export const requestsAt = ({workload, day}: Activity, milliseconds: number): number =>
  come(day[0] ?? 0, workload.rhythm, milliseconds, (workload.seed % 97) / 100);

/** One of the counts when so many requests have come: tokens come with the requests and not between them. */
export function countAfter({day}: Activity, index: number, requests: number): number {
  const count = day[index] ?? 0;
  const all = day[0] ?? 0;
  return requests === all ? count : Math.floor((count * requests) / all);
}

/** All counts so many milliseconds into the day. */
export function countsAt(activity: Activity, milliseconds: number): Counts {
  const requests = requestsAt(activity, milliseconds);
  if (requests === activity.day[0]) return activity.day;
  return activity.day.map((_, index) => countAfter(activity, index, requests));
}

export const labelOf = (activity: Activity, dimension: Dimension): string | boolean | null =>
  dimension === 'model' ? activity.model.id : activity.workload.labels[dimension];
