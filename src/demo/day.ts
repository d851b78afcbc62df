import {calendarDay, DAY_MS, type Instant, instant} from '../core/instant.ts';

/** A UTC day by its number: days since 1970-01-01. */
export type DayNumber = number;

/** What all figures of a day have in common. */
export interface Day {
  readonly number: DayNumber;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Nobody works: the weekend's figures, whatever the weekday. */
  readonly holiday: boolean;
  /** See {@link growthOn}. */
  readonly growth: number;
}

/** The number of the day that a `YYYY-MM-DD` names. */
export const dayOf = (date: string): DayNumber => Date.parse(date) / DAY_MS; // such text is UTC by definition

/** The day that an instant lies in. */
export const dayNumber = (at: Instant): DayNumber => Math.floor(at / DAY_MS);
/** When a day begins. */
export const midnight = (day: DayNumber): Instant => instant(day * DAY_MS);

/** Nothing happened before: the company was founded that day. */
export const FOUNDED = dayOf('2024-01-01');
/** The day whose volumes the demo's tables give. */
const REFERENCE = dayOf('2026-11-01');
const DOUBLES_IN_DAYS = 430;
/** Growth ends at four times the reference, so that a demo run years from now is still believable. */
const MOST_DOUBLINGS = 2;

const HOLIDAYS = new Set(['1-1', '5-1', '12-24', '12-25', '12-26', '12-31']);

/** Works out what all figures of a day need, so that it is done once and not for each of them. */
export function describeDay(number: DayNumber): Day {
  const {month, day} = calendarDay(midnight(number));
  return {
    number,
    weekday: weekdayOf(number),
    holiday: HOLIDAYS.has(`${month}-${day}`),
    growth: growthOn(number),
  };
}

/** How large the company is on a day, compared with the reference day. */
export const growthOn = (number: DayNumber): number =>
  2 ** Math.min((number - REFERENCE) / DOUBLES_IN_DAYS, MOST_DOUBLINGS);

/** 0 is Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (number: DayNumber): number => (number + 4) % 7;
