import {bucketStart, nextBucket} from '../../core/bucket.ts';
import {ProviderError, type ProviderErrorCode} from '../../core/errors.ts';
import {formatDate, type Instant} from '../../core/instant.ts';
import {contains, formatPeriod, type Period} from '../../core/period.ts';
import type {SourceQuery} from '../driver.ts';
import type {Usages} from './schema.ts';

/** The width of IonQ's buckets, with the calendar unit that we take each of them for. */
const WIDTHS = {daily: 'day', weekly: 'week', monthly: 'month'} as const;
export type Modality = keyof typeof WIDTHS;

/** What one request asked for. */
export interface Asked {
  readonly groupBy: string;
  readonly modality: Modality;
  readonly window: Period;
}

/**
 * The widest buckets that lose nothing. IonQ lists five groups a bucket, so a split is asked by the day, where five
 * leave out the least. Without one, weeks and months will do if the window is made of whole ones.
 */
export function chooseModality({split, granularity, window}: SourceQuery): Modality {
  if (split.length > 0) return 'daily';
  if (granularity === 'month' && isMadeOf(window, 'monthly')) return 'monthly';
  if (granularity === 'week' && isMadeOf(window, 'weekly')) return 'weekly';
  return 'daily';
}

export function periodOf(from: Instant, modality: Modality): Period {
  return {start: from, end: nextBucket(from, WIDTHS[modality])};
}

/**
 * Why a response is no answer to what was asked; undefined if it is one. IonQ does not say on which day its weeks and
 * months begin, so only those that prove to be ISO weeks and calendar months inside the window pass.
 */
export function misfitOf(body: Usages, {groupBy, modality, window}: Asked): ProviderError | undefined {
  if (body.group_type !== groupBy) return misfit('inconsistent', `split by something else than ${groupBy}`);
  if (body.modality !== modality) return misfit('inconsistent', `with other buckets than ${modality} ones`);
  const seen = new Set<Instant>();
  for (const {from} of body.usage_data) {
    const date = formatDate(from);
    if (bucketStart(from, WIDTHS[modality]) !== from) {
      return misfit('inconsistent', `with a ${WIDTHS[modality]} that begins on ${date}`);
    }
    if (!contains(window, periodOf(from, modality))) {
      return misfit('outside_window', `with a ${WIDTHS[modality]} outside ${formatPeriod(window)}: ${date}`);
    }
    if (seen.has(from)) return misfit('repeated_bucket', `with ${date} twice`);
    seen.add(from);
  }
  return undefined;
}

const misfit = (code: ProviderErrorCode, what: string): ProviderError =>
  new ProviderError(code, `IonQ answered ${what}`, {provider: 'ionq'});

const isMadeOf = ({start, end}: Period, modality: Modality): boolean =>
  [start, end].every(edge => bucketStart(edge, WIDTHS[modality]) === edge);
