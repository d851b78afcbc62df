import {HOUR_MS} from '../core/instant.ts';
import type {Day} from './day.ts';

/** How work spreads over the week and over the hours of a day. */
export interface Rhythm {
  /** Part of an ordinary weekday's volume, from Sunday to Saturday. */
  readonly week: readonly number[];
  /** Weights of the 24 UTC hours: whole numbers, so that what has passed of a day is one too. */
  readonly hours: readonly number[];
  /** Weight of the hours before each hour. */
  readonly before: readonly number[];
  /** Weight of a whole day in the unit of `passed`. */
  readonly whole: number;
}

function rhythm(week: readonly number[], hours: readonly number[]): Rhythm {
  const before: number[] = [];
  let sum = 0;
  for (const weight of hours) {
    before.push(sum);
    sum += weight;
  }
  return {week, hours, before, whole: sum * HOUR_MS};
}

const OFFICE_HOURS = [1, 1, 1, 1, 1, 2, 5, 11, 17, 19, 18, 15, 16, 19, 19, 17, 13, 8, 5, 4, 3, 2, 2, 1];
const TOKYO_HOURS = [...OFFICE_HOURS.slice(9), ...OFFICE_HOURS.slice(0, 9)];
const EVENING_HOURS = [5, 4, 3, 3, 3, 4, 6, 9, 12, 13, 13, 12, 12, 13, 14, 14, 14, 13, 12, 12, 11, 10, 8, 6];
const NIGHT_HOURS = [4, 14, 22, 24, 18, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2];

/** The rhythms that work in this company has. */
export const RHYTHMS = {
  office: rhythm([0.06, 1, 1.06, 1.08, 1.03, 0.9, 0.09], OFFICE_HOURS),
  tokyo: rhythm([0.07, 1, 1.05, 1.07, 1.04, 0.95, 0.08], TOKYO_HOURS),
  customers: rhythm([0.38, 1, 1.05, 1.07, 1.04, 0.94, 0.43], EVENING_HOURS),
  nightly: rhythm([0.55, 1, 1, 1, 1, 1, 0.62], NIGHT_HOURS),
  steady: rhythm([1, 1, 1, 1, 1, 1, 1], new Array<number>(24).fill(1)),
} as const;

/** How the tables name a rhythm. */
export type RhythmName = keyof typeof RHYTHMS;

/** How much of a rhythm's `whole` has passed so many milliseconds into the day; never falls, 0 to `whole`. */
function passed(rhythm: Rhythm, milliseconds: number): number {
  const hour = Math.floor(milliseconds / HOUR_MS);
  if (hour >= 24) return rhythm.whole;
  return (rhythm.before[hour] ?? 0) * HOUR_MS + (rhythm.hours[hour] ?? 0) * (milliseconds - hour * HOUR_MS);
}

/** A day's part of an ordinary weekday's volume; holidays are like Sundays. */
export const busyness = (rhythm: Rhythm, day: Day): number => rhythm.week[day.holiday ? 0 : day.weekday] ?? 0;

/**
 * The part of a day's whole number that has come so many milliseconds into it. Differences of it are whole numbers
 * that add up to the total however the day is cut. `lead` (0 to 1) sets apart things that have the same total.
 */
export function come(total: number, rhythm: Rhythm, milliseconds: number, lead = 0): number {
  if (total === 0) return 0;
  return Math.floor((total * passed(rhythm, milliseconds)) / rhythm.whole + lead);
}
