import {type Granularity, tile} from '../core/bucket.ts';
import type {Period} from '../core/period.ts';

/** The spans behind the bucket numbers of groups. */
export class Buckets {
  readonly #periods: readonly Period[];

  constructor(period: Period, granularity: Granularity | null) {
    this.#periods = granularity === null ? [] : tile(period, granularity);
  }

  periodOf(bucket: number | undefined): Period | undefined {
    return bucket === undefined ? undefined : this.#periods[bucket];
  }
}
