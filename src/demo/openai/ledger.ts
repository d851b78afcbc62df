import {addMonths, DAY_MS, HOUR_MS, type Instant, MINUTE_MS, startOfMonth} from '../../core/instant.ts';
import {type DayNumber, dayNumber, dayOf, describeDay, FOUNDED, midnight} from '../day.ts';
import {type Activity, activityOn, countsAt} from './activity.ts';
import {tariffOf} from './billing.ts';
import {dailyFee, STORAGE} from './charge.ts';
import {Position} from './position.ts';
import {pagesAt, STORES} from './stores.ts';
import {workloads} from './workloads.ts';

/** The finest grain of cost: what was counted of a day, project, line item and key. */
export interface Line {
  readonly position: Position;
  readonly count: number;
}

/** Everything that happened until now, made up day by day when asked for, and kept for the next question. */
export interface Ledger {
  readonly now: Instant;
  activities(day: DayNumber): readonly Activity[];
  lines(day: DayNumber): readonly Line[];
}

/** Between a trial and the first contract nothing ran at all. */
const QUIET_FROM = dayOf('2024-02-24');
const QUIET_TO = dayOf('2024-03-04');

/** Reserved capacity belongs to no project. */
const BUNDLE_FROM = dayOf('2026-02-01');
const BUNDLE_MONTHLY = 610;

export function openLedger(now: Instant): Ledger {
  const today = dayNumber(now);
  const activityCache = new Map<DayNumber, readonly Activity[]>();
  const lineCache = new Map<DayNumber, readonly Line[]>();

  function activities(day: DayNumber): readonly Activity[] {
    const quiet = day >= QUIET_FROM && day < QUIET_TO;
    if (day < FOUNDED || day > today || quiet) return [];
    return cached(activityCache, day, () => {
      const described = describeDay(day);
      return workloads().flatMap(workload => activityOn(workload, described) ?? []);
    });
  }

  function lines(day: DayNumber): readonly Line[] {
    if (day > today) return [];
    // The running day is billed as far as it has come, to the minute.
    const milliseconds = day < today ? DAY_MS : Math.floor((now - midnight(day)) / MINUTE_MS) * MINUTE_MS;
    return cached(lineCache, day, () => [
      ...activities(day).flatMap(activity => metered(activity, milliseconds)),
      ...stored(day, milliseconds),
      ...fees(day),
    ]);
  }

  return {now, activities, lines};
}

function metered(activity: Activity, milliseconds: number): Line[] {
  const tariff = tariffOf(activity);
  const lines: Line[] = [];
  countsAt(activity, milliseconds).forEach((count, index) => {
    const position = tariff[index];
    if (position && count > 0) lines.push({position, count});
  });
  return lines;
}

const STORED = STORES.map(store => ({store, position: new Position(store.project, null, STORAGE)}));

/** Storage is billed by the full hour, at what was there when the day began. */
function stored(day: DayNumber, milliseconds: number): Line[] {
  const hours = Math.floor(milliseconds / HOUR_MS);
  return STORED.flatMap(({store, position}) => {
    const count = pagesAt(store, midnight(day)) * hours;
    return count > 0 ? [{position, count}] : [];
  });
}

/** The part of the monthly fee is due when the day begins. */
function fees(day: DayNumber): Line[] {
  if (day < BUNDLE_FROM) return [];
  const month = startOfMonth(midnight(day));
  const days = (addMonths(month, 1) - month) / DAY_MS;
  const fee = dailyFee('scale tier | monthly bundle', BUNDLE_MONTHLY, days);
  return [{position: new Position(null, null, fee), count: 1}];
}

function cached<T>(cache: Map<DayNumber, T>, day: DayNumber, make: () => T): T {
  const known = cache.get(day);
  if (known !== undefined) return known;
  const made = make();
  cache.set(day, made);
  return made;
}
