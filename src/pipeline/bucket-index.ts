import type {Period} from '../core/period.ts';

/** The buckets of a report, by number, so that the n-th bucket of one period can be set against the n-th of another. */
export class BucketIndex {
  readonly buckets: readonly Period[];

  /** @param buckets in order, without gaps */
  constructor(buckets: readonly Period[]) {
    this.buckets = buckets;
  }

  /** The bucket that a record starts in. A record widened to whole days belongs to the bucket nearest to its start. */
  indexOf(period: Period): number {
    let low = 0;
    let high = this.buckets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const start = this.buckets[middle]?.start;
      if (start !== undefined && start <= period.start) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
