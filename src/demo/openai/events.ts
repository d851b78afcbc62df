import {type DayNumber, dayOf} from '../day.ts';

/** Things that happened once, or happen by the calendar instead of by the week. */
export type EventName = 'launch' | 'runaway' | 'fortnightly';

/** `times` multiplies a day's ordinary volume; `plus` adds so many ordinary weekdays, whatever the weekday. */
export interface Swell {
  readonly times: number;
  readonly plus: number;
}

const LAUNCH = dayOf('2026-06-09');
/** An agent that retried its own failures for a week, until somebody looked at the bill. */
const RUNAWAY = dayOf('2026-09-14');
const RUNAWAY_DAYS = [2.1, 6.2, 7.4, 7.1, 7.7, 7.9, 3.4];

/** Before its launch a product is only tested; then come the curious, and some of them stay. */
const TESTED = 0.05;
const CURIOUS = 1.9;
const CURIOSITY_DAYS = 9;

const PLAIN: Swell = {times: 1, plus: 0};

/** What an event makes of a day's volume. */
export function swell(event: EventName | undefined, day: DayNumber): Swell {
  switch (event) {
    case 'launch': {
      const age = day - LAUNCH;
      return {times: age < 0 ? TESTED : 1 + CURIOUS * Math.exp(-age / CURIOSITY_DAYS), plus: 0};
    }
    case 'runaway':
      return {times: 1, plus: RUNAWAY_DAYS[day - RUNAWAY] ?? 0};
    case 'fortnightly':
      return {times: day % 14 === 5 ? 1 : 0, plus: 0}; // every other Tuesday
    case undefined:
      return PLAIN;
  }
}
