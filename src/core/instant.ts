/** A point in time: epoch milliseconds, UTC. All calendar arithmetic here is UTC, because every provider bills in UTC. */
export type Instant = number & {readonly __instant: unique symbol};

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export const instant = (epochMilliseconds: number): Instant => epochMilliseconds as Instant;

/** Midnight that begins a calendar day; months and days out of range roll over, as in `Date.UTC`. */
export function utc(year: number, month: number, day = 1): Instant {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // unlike Date.UTC, takes years below 100 as they are
  return instant(date.getTime());
}

export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export function calendarDay(at: Instant): CalendarDay {
  const date = new Date(at);
  return {year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate()};
}

export const startOfDay = (at: Instant): Instant => floorTo(at, DAY_MS);
export const addDays = (at: Instant, days: number): Instant => instant(at + days * DAY_MS);
export const floorTo = (at: Instant, step: number): Instant => instant(Math.floor(at / step) * step);
export const ceilTo = (at: Instant, step: number): Instant => instant(Math.ceil(at / step) * step);
export const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

export function startOfMonth(at: Instant): Instant {
  const {year, month} = calendarDay(at);
  return utc(year, month);
}

/** The same day so many months on; a day that month does not have becomes its last one. */
export function addMonths(at: Instant, months: number): Instant {
  const {year, month, day} = calendarDay(at);
  const first = utc(year, month + months);
  const last = calendarDay(addDays(utc(year, month + months + 1), -1)).day;
  return instant(addDays(first, Math.min(day, last) - 1) + (at - startOfDay(at)));
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})$/;

/** Midnight of a `YYYY-MM-DD`, or undefined: `2026-02-30` is no date. */
export function parseDate(text: string): Instant | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const at = utc(Number(match[1]), Number(match[2]), Number(match[3]));
  return formatDate(at) === text ? at : undefined;
}

/** An RFC 3339 instant with its zone (seconds may be left out), or undefined. */
export function parseInstant(text: string): Instant | undefined {
  const match = RFC3339.exec(text);
  if (!match) return undefined;
  const [, date = '', hours = '', minutes = '', seconds = '0', fraction = '', zone = ''] = match;
  const day = parseDate(date);
  const offset = zoneOffset(zone);
  if (day === undefined || offset === undefined) return undefined;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const clock = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * SECOND_MS;
  return instant(day + clock + Math.trunc(Number(`0${fraction}`) * SECOND_MS) - offset);
}

function zoneOffset(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * HOUR_MS + minutes * MINUTE_MS);
}

/** `YYYY-MM-DD` of the UTC day. */
export const formatDate = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

/** RFC 3339 in UTC, with milliseconds only where there are any. */
export function formatInstant(at: Instant): string {
  const known = texts.get(at);
  if (known !== undefined) return known;
  const text = new Date(at).toISOString().replace('.000Z', 'Z');
  if (texts.size === MOST_TEXTS) texts.clear();
  texts.set(at, text);
  return text;
}

/** Rows of a bucket share its instants, and a text takes longer to make than to find. */
const texts = new Map<Instant, string>();
const MOST_TEXTS = 1_000;
