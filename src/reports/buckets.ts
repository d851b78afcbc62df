import {areAlike, type PairedBuckets, pairBuckets} from '../core/paired-buckets.ts';
import type {Period} from '../core/period.ts';
import type {Query} from '../core/query.ts';

/** The spans behind the bucket numbers of groups. */
export class Buckets {
  readonly #pairs: PairedBuckets | undefined;

  constructor({period, compare, bucket}: Query) {
    this.#pairs = bucket === null ? undefined : pairBuckets(period, compare, bucket);
  }

  periodOf(bucket: number | undefined): Period | undefined {
    return bucket === undefined ? undefined : this.#pairs?.buckets[bucket];
  }

  /** Whether the cost of a bucket may be set against that of the period before: of equally many days, or of months. */
  isComparable(bucket: number | undefined): boolean {
    return bucket === undefined || this.#pairs === undefined || areAlike(this.#pairs, bucket);
  }
}
