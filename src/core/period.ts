import {
  addDays,
  addMonths,
  DAY_MS,
  earlier,
  formatDate,
  formatInstant,
  type Instant,
  instant,
  later,
  startOfDay,
} from './instant.ts';

/** A span of time, half-open: `start` belongs to it, `end` does not. */
export interface Period {
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * A period as a person named it. `months` says that it is a calendar month (1), quarter (3) or year (12), of which
 * `running` means only the days so far: that decides what "the period before" is.
 */
export interface NamedPeriod extends Period {
  readonly label: string;
  readonly months?: 1 | 3 | 12;
  readonly running?: boolean;
}

export const isEmpty = (period: Period): boolean => period.end <= period.start;

export const contains = (outer: Period, inner: Period): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** The common part; empty (start = end) where there is none. */
export function intersect(a: Period, b: Period): Period {
  const start = later(a.start, b.start);
  return {start, end: later(start, earlier(a.end, b.end))};
}

const isDayAligned = ({start, end}: Period): boolean =>
  startOfDay(start) === start && startOfDay(end) === end;

/**
 * The period that `--compare previous` means: the same days of the month, quarter or year before for calendar periods,
 * the whole one before for whole ones, the same length just before for all others.
 */
export function previousPeriod(period: NamedPeriod): NamedPeriod {
  if (!period.months) {
    const before = {start: instant(period.start - (period.end - period.start)), end: period.start};
    return {...before, label: formatPeriod(before)};
  }
  const start = addMonths(period.start, -period.months);
  // Shift the last included day and not the end, so that 30 November is set against 30 August, not 31 August.
  const end = period.running ? addDays(addMonths(addDays(period.end, -1), -period.months), 1) : period.start;
  return {start, end, label: formatPeriod({start, end}), months: period.months};
}

/** For people: the dates, both included, or the instants where the period is not made of whole days. */
export function formatPeriod(period: Period): string {
  if (!isDayAligned(period)) return `${formatInstant(period.start)}..${formatInstant(period.end)}`;
  const first = formatDate(period.start);
  return period.end - period.start === DAY_MS ? first : `${first}..${formatDate(addDays(period.end, -1))}`;
}
