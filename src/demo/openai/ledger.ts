import {calendarDay, DAY_MS, HOUR_MS, type Instant, utc} from '../../core/instant.ts';
import {type DayNumber, dayNumber, dayOf, describeDay, FOUNDED, midnight} from '../day.ts';
import {type Activity, activityOn, countAfter, requestsAt} from './activity.ts';
import {dailyFee, STORAGE} from './charge.ts';
import {Position} from './position.ts';
import {pagesAt, STORES} from './stores.ts';
import {workloads} from './workloads.ts';

/** Takes one entry of a day's bill. */
type Entry = (position: Position, count: number) => void;

/** Everything that happened until now, made up day by day when asked for, and kept for the next question. */
export interface Ledger {
  readonly now: Instant;
  /** What was metered on a day: of the running day the whole, though only part of it has come. */
  activities(day: DayNumber): readonly Activity[];
  /** Books the cost of a day, as far as it has come: the finest grain, so many counted things at each position. */
  book(day: DayNumber, entry: Entry): void;
}

/** Between a trial and the first contract nothing ran at all. */
const QUIET_FROM = dayOf('2024-02-24');
const QUIET_TO = dayOf('2024-03-04');

/** The same days for everybody; `now` only says how far they have come. */
export function openLedger(now: Instant): Ledger {
  const today = dayNumber(now);
  const known = new Map<DayNumber, readonly Activity[]>();

  function activities(day: DayNumber): readonly Activity[] {
    const quiet = day >= QUIET_FROM && day < QUIET_TO;
    if (day < FOUNDED || day > today || quiet) return [];
    const made = known.get(day) ?? makeUp(day);
    known.set(day, made);
    return made;
  }

  function book(day: DayNumber, entry: Entry): void {
    if (day > today) return;
    const milliseconds = day < today ? DAY_MS : now - midnight(day);
    for (const activity of activities(day)) bookMetered(activity, milliseconds, entry);
    bookStorage(day, milliseconds, entry);
    bookFees(day, entry);
  }

  return {now, activities, book};
}

/** All that was used on a day, by everybody. */
function makeUp(number: DayNumber): readonly Activity[] {
  const day = describeDay(number);
  const activities: Activity[] = [];
  for (const workload of workloads()) {
    const activity = activityOn(workload, day);
    if (activity) activities.push(activity);
  }
  return activities;
}

/** Bills the counts, not the hours: so cost and usage agree at any time of the day. */
function bookMetered(activity: Activity, milliseconds: number, entry: Entry): void {
  const {positions} = activity.stage;
  const requests = requestsAt(activity, milliseconds);
  for (let index = 0; index < positions.length; index++) {
    const position = positions[index];
    const count = position ? countAfter(activity, index, requests) : 0;
    if (position && count > 0) entry(position, count);
  }
}

const STORED = STORES.map(store => ({store, position: new Position(store.project, null, STORAGE)}));

/** Storage is billed by the full hour, at what was there when the day began. */
function bookStorage(day: DayNumber, milliseconds: number, entry: Entry): void {
  const hours = Math.floor(milliseconds / HOUR_MS);
  for (const {store, position} of STORED) {
    const count = pagesAt(store, midnight(day)) * hours;
    if (count > 0) entry(position, count);
  }
}

/** Reserved capacity belongs to no project. The day's part of the monthly fee is due when the day begins. */
const BUNDLE_FROM = dayOf('2026-02-01');
const BUNDLE_MONTHLY = 610;

const FEES = new Map(
  [28, 29, 30, 31].map(days => {
    const charge = dailyFee('scale tier | monthly bundle', BUNDLE_MONTHLY, days);
    return [days, new Position(null, null, charge)];
  }),
);

function bookFees(day: DayNumber, entry: Entry): void {
  const {year, month} = calendarDay(midnight(day));
  const position = FEES.get(calendarDay(utc(year, month + 1, 0)).day);
  if (position && day >= BUNDLE_FROM) entry(position, 1);
}
