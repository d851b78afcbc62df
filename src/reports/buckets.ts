import {tile} from '../core/bucket.ts';
import type {Period} from '../core/period.ts';
import type {Query} from '../core/query.ts';

/** The spans behind the bucket numbers of groups. */
export class Buckets {
  readonly #periods: readonly Period[];
  readonly #compared: readonly Period[];

  constructor({period, compare, bucket}: Query) {
    const spans = (whole: Period | undefined) => (bucket && whole ? tile(whole, bucket) : []);
    this.#periods = spans(period);
    this.#compared = spans(compare);
  }

  /** A bucket that only the longer period to compare with has stands under its own dates. */
  periodOf(bucket: number | undefined): Period | undefined {
    return bucket === undefined ? undefined : (this.#periods[bucket] ?? this.#compared[bucket]);
  }
}
