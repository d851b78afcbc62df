import * as z from 'zod/mini';
import {ProviderError} from '../../core/errors.ts';
import {type Instant, instant, SECOND_MS} from '../../core/instant.ts';
import type {Period} from '../../core/period.ts';
import type {Schema, Session, SourceQuery} from '../driver.ts';
import {paginate} from '../paginate.ts';
import {BucketLedger} from './ledger.ts';
import {expectedBuckets, WIDTHS, widthOf} from './slices.ts';
import {filterParams, groupBy} from './wire.ts';

/** Each page brings a bucket at least; so many may be empty before the answer counts as endless. */
const SPARE_PAGES = 10;

/** Beyond this an instant is no calendar time: seconds up to the year 9999. */
const MAX_SECONDS = 253_402_300_800;

const seconds = z.pipe(
  z.number().check(z.int(), z.gte(0), z.lte(MAX_SECONDS)),
  z.transform((value): Instant => instant(value * SECOND_MS)),
);

/** The envelope that costs and all usage endpoints share. `next_page` counts only while `has_more` is true. */
export const pageSchema = <Rows extends z.ZodMiniType>(results: Rows) =>
  z.object({
    data: z.array(z.object({start_time: seconds, end_time: seconds, results})),
    has_more: z.boolean(),
    next_page: z.nullish(z.string()),
  });

interface BucketPage<Row> {
  readonly data: readonly {
    readonly start_time: Instant;
    readonly end_time: Instant;
    readonly results: readonly Row[];
  }[];
  readonly has_more: boolean;
  readonly next_page?: string | null | undefined;
}

/** One bucket with its rows; the period is clipped to what was asked for. */
export interface Bucket<Row> {
  readonly period: Period;
  readonly rows: readonly Row[];
}

/**
 * Asks for a slice and follows its pages, all parameters kept: the cursor belongs to the query. One page is held at a
 * time. Throws ProviderError for a cursor or bucket that repeats, and for buckets that were not asked for or lack.
 */
export async function* fetchBuckets<Row>(
  path: string,
  slice: SourceQuery,
  session: Session,
  schema: Schema<BucketPage<Row>>,
): AsyncGenerator<Bucket<Row>> {
  const width = widthOf(slice.granularity);
  const ledger = new BucketLedger(path, slice.window, width, slice.now);
  const most = expectedBuckets(slice.window, width).size;
  const query = {
    start_time: slice.window.start / SECOND_MS,
    end_time: slice.window.end / SECOND_MS,
    bucket_width: WIDTHS[width],
    limit: most,
    group_by: groupBy(slice.split),
    ...filterParams(slice.filters),
  };
  const pages = paginate(async page => {
    const answer = await session.get(path, {query: {...query, page}, schema});
    return {content: answer.data, next: nextPage(path, answer)};
  }, most + SPARE_PAGES);
  for await (const buckets of pages) {
    for (const {start_time: start, end_time: end, results} of buckets) {
      yield {period: ledger.take({start, end}), rows: results};
    }
  }
  const late = ledger.close();
  if (late === undefined) return;
  session.note({
    level: 'warning',
    code: 'running_day_missing',
    message: `${path} has no figures of ${late} yet, or not all: what is missing is not counted`,
  });
}

function nextPage(path: string, {has_more, next_page}: BucketPage<unknown>): string | undefined {
  if (!has_more) return undefined;
  if (next_page) return next_page;
  throw new ProviderError(
    'bad_response',
    `OpenAI answered ${path} with more pages to come, but does not say which`,
    {
      provider: 'openai',
      hint: 'try again; if it lasts, report it',
    },
  );
}
