import {
  addDays,
  ceilTo,
  earlier,
  formatInstant,
  type Instant,
  MINUTE_MS,
  parseDate,
  parseInstant,
  SECOND_MS,
  startOfDay,
  startOfMonth,
} from '../../core/instant.ts';
import type {Period} from '../../core/period.ts';
import type {QueryParams} from '../driver.ts';

/** How far an edge of the answer may be from the one asked for: 23:59:59 counts as the midnight after it. */
const TOLERANCE = MINUTE_MS;

/** The window as it is asked for: up to now, because nothing was metered after that. Whole seconds, rounded up. */
export const untilNow = ({start, end}: Period, now: Instant): Period => ({
  start,
  end: earlier(end, ceilTo(now, SECOND_MS)),
});

/**
 * `7d` and `30d` are not sent: whether they roll from now or begin at midnight is not documented, while our days are
 * whole UTC days. A custom range always gives the same figure.
 */
export const customRange = ({start, end}: Period): QueryParams => ({
  period: 'custom',
  start: formatInstant(start),
  end: formatInstant(end),
});

/** Whether the window is the running month up to now, for which there is a period of its own. */
export const isMonthToDate = ({start, end}: Period, now: Instant): boolean =>
  start === startOfMonth(now) && end >= now;

/**
 * Whether the answer covers the window. Its texts are instants (UTC if no zone is given) or dates, where the last one
 * may be the day after the window or the last day in it. Where the window reaches beyond now, either end will do.
 */
export function matchesWindow(window: Period, now: Instant, from: string, to: string): boolean {
  const ends = [window.end, untilNow(window, now).end];
  const start = parseDate(from) ?? parseLoosely(from);
  if (start === undefined || !isNear(start, window.start)) return false;
  const lastDay = parseDate(to);
  if (lastDay === undefined) {
    const end = parseLoosely(to);
    return end !== undefined && ends.some(asked => isNear(end, asked));
  }
  if (window.end > now && lastDay === startOfDay(now)) return true;
  return ends.some(asked => asked === lastDay || asked === addDays(lastDay, 1));
}

const isNear = (a: Instant, b: Instant): boolean => Math.abs(a - b) <= TOLERANCE;
const parseLoosely = (text: string): Instant | undefined => parseInstant(text) ?? parseInstant(`${text}Z`);
