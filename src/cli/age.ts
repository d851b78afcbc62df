import {DAY_MS, type Instant, startOfDay} from '../core/instant.ts';

/** How long ago something was, in UTC days: "today", "yesterday", "12 days ago". */
export function age(then: Instant, now: Instant): string {
  const days = Math.round((startOfDay(now) - startOfDay(then)) / DAY_MS);
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
