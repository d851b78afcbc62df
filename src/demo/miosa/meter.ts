import {DAY_MS, earlier, type Instant} from '../../core/instant.ts';
import type {Period} from '../../core/period.ts';
import {type Day, type DayNumber, dayNumber, describeDay, FOUNDED, midnight} from '../day.ts';
import {around} from '../random.ts';
import {busyness, come, RHYTHMS} from '../rhythm.ts';
import type {Tenant} from './tenants.ts';

/** Whole numbers all, so that the usage of adjacent spans adds up exactly wherever they are cut. */
export interface Metered {
  readonly sandboxSeconds: number;
  readonly computerSeconds: number;
  /** Quarters of a GiB-hour. */
  readonly storageQuarters: number;
  readonly creditCents: number;
}

/** What an empty span holds. */
export const NOTHING: Metered = {sandboxSeconds: 0, computerSeconds: 0, storageQuarters: 0, creditCents: 0};

/** The sum of two spans, or of two tenants. */
export const plus = (a: Metered, b: Metered): Metered => ({
  sandboxSeconds: a.sandboxSeconds + b.sandboxSeconds,
  computerSeconds: a.computerSeconds + b.computerSeconds,
  storageQuarters: a.storageQuarters + b.storageQuarters,
  creditCents: a.creditCents + b.creditCents,
});

/** Credit cents of a vCPU-second, of a computer's vCPU-second, and of a quarter of a GiB-hour. */
const SANDBOX_RATE = 0.0208;
const COMPUTER_RATE = 0.0264;
const STORAGE_RATE = 0.011;
/** 24 hours have 96 quarters for each GiB. */
const QUARTERS = 96;

/** What a tenant used in a span of any instants, as far as `now`. */
export function meter(tenant: Tenant, span: Period, now: Instant): Metered {
  const end = earlier(span.end, now);
  let sum = NOTHING;
  const first = Math.max(dayNumber(span.start), FOUNDED, tenant.from);
  for (let day = first; midnight(day) < end; day++) {
    const whole = ofDay(tenant, describeDay(day));
    const from = Math.max(0, span.start - midnight(day));
    const to = Math.min(DAY_MS, end - midnight(day));
    if (to > from) sum = plus(sum, between(tenant, whole, from, to));
  }
  return sum;
}

/** A whole day: drawn for the day itself, so that it does not depend on the span that is asked for. */
function ofDay(tenant: Tenant, day: Day): Metered {
  const busy = busyness(tenant.rhythm, day) * day.growth;
  const varied = (draw: number): number => busy * around(tenant.seed, 2 * day.number + draw, 0.2);
  const sandboxSeconds = Math.round(tenant.sandbox * varied(0));
  const computerSeconds = Math.round(tenant.computer * varied(1));
  const storageQuarters = Math.round(tenant.gib * QUARTERS * filled(tenant, day.number));
  const cents =
    sandboxSeconds * SANDBOX_RATE + computerSeconds * COMPUTER_RATE + storageQuarters * STORAGE_RATE;
  return {sandboxSeconds, computerSeconds, storageQuarters, creditCents: Math.round(cents)};
}

/** Disks fill up within the first months. */
const filled = (tenant: Tenant, day: DayNumber): number => Math.min(1, 0.4 + (day - tenant.from) / 200);

/** What came between two times of a day: the difference of what has come by each. */
function between(tenant: Tenant, whole: Metered, from: number, to: number): Metered {
  const part = (total: number, rhythm = tenant.rhythm): number =>
    come(total, rhythm, to) - come(total, rhythm, from);
  return {
    sandboxSeconds: part(whole.sandboxSeconds),
    computerSeconds: part(whole.computerSeconds),
    storageQuarters: part(whole.storageQuarters, RHYTHMS.steady), // disks don't sleep
    creditCents: part(whole.creditCents),
  };
}
