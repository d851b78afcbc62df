import {DAY_MS, type Instant} from '../../core/instant.ts';
import {type DayNumber, dayNumber, dayOf, growthOn, midnight} from '../day.ts';
import {draw, hash} from '../random.ts';
import {PAGE_BYTES} from './charge.ts';
import {PROJECTS} from './projects.ts';

/** Files kept for search. */
export interface Store {
  /** The project's id. */
  readonly project: string;
  readonly from: DayNumber;
  /** On the reference day. */
  readonly gib: number;
  readonly seed: number;
}

const store = (slug: string, from: string, gib: number): Store => ({
  project: PROJECTS.find(project => project.slug === slug)?.id ?? slug,
  from: dayOf(from),
  gib,
  seed: hash(`store ${slug}`),
});

/** One a project at most. */
export const STORES: readonly Store[] = [
  store('atlas', '2025-04-07', 41),
  store('tokyo', '2025-04-07', 13),
  store('support', '2026-04-14', 6),
];

const PAGES_IN_GIB = 2 ** 30 / PAGE_BYTES;
const FILLED_IN_DAYS = 60;

/** What is in a store at an instant, in pages of 4 KiB. A level: it neither adds up over time nor needs a whole day. */
export function pagesAt(store: Store, at: Instant): number {
  const day = dayNumber(at);
  if (day < store.from) return 0;
  const atMidnight = pagesOn(store, day);
  const change = pagesOn(store, day + 1) - atMidnight;
  return atMidnight + Math.floor((change * (at - midnight(day))) / DAY_MS);
}

/** As the usage endpoint reports it. */
export const bytesAt = (store: Store, at: Instant): number => pagesAt(store, at) * PAGE_BYTES;

/** At midnight. */
function pagesOn(store: Store, day: DayNumber): number {
  const filled = Math.min(1, (day - store.from + 1) / FILLED_IN_DAYS);
  const wobble = 1 + 0.01 * draw(store.seed, day);
  return Math.floor(store.gib * PAGES_IN_GIB * growthOn(day) * filled * wobble);
}
