import {type Granularity, tile} from '../../core/bucket.ts';
import {InputError, ProviderError} from '../../core/errors.ts';
import {formatInstant} from '../../core/instant.ts';
import type {Period} from '../../core/period.ts';
import type {Record} from '../../core/record.ts';
import type {QueryParams, Session, Source, SourceQuery} from '../driver.ts';
import {type GroupKey, groupingOf, METRICS} from './metrics.ts';
import {toRecords} from './records.ts';
import {type Rollup, rollup} from './rollup.ts';
import {customRange, isMonthToDate, matchesWindow, untilNow} from './window.ts';

/** A series costs one call a bucket; beyond this it would be an attack rather than a report. */
const MAX_CALLS = 1_000;

/** The rollup: one row a group for a whole window, no buckets, no pages. */
export const usage: Source = {
  id: 'usage',
  billed: true,
  metrics: METRICS,
  dimensions: ['user', 'project', 'workspace'],
  splits: 'one',
  filters: [], // external_user_id narrows the rollup in some SDKs, but the docs do not know it
  granularities: ['hour', 'day', 'week', 'month'],
  whole: true,
  resolution: 'minute',
  slices,
  fetch,
};

/** One slice a bucket. What has not begun yet is not asked for: it is empty, and its range would be backwards. */
function slices(query: SourceQuery): SourceQuery[] {
  const windows = query.granularity === null ? [query.window] : tile(query.window, query.granularity);
  const begun = windows.filter(window => window.start < query.now);
  if (query.granularity !== null && begun.length > MAX_CALLS)
    throw tooManyCalls(begun.length, query.granularity);
  return begun.map(window => ({...query, window}));
}

const tooManyCalls = (calls: number, granularity: Granularity): InputError =>
  new InputError(`--bucket ${granularity} would take ${calls} calls of MIOSA, one for each bucket`, {
    rule: `at most ${MAX_CALLS} buckets`,
    hint: 'choose a coarser --bucket or a shorter period',
    provider: 'miosa',
  });

async function* fetch(slice: SourceQuery, session: Session): AsyncGenerator<readonly Record[]> {
  const {key, dimension} = groupingOf(slice.split);
  const {results} = await getRollup(slice.window, slice, key, session);
  yield toRecords(results, {key, dimension, period: slice.window, kinds: slice.kinds});
}

/** The rollup of a window by one key. `more` narrows it, for parameters that not every server knows. */
export async function getRollup(
  window: Period,
  {now}: Pick<SourceQuery, 'now'>,
  key: GroupKey,
  session: Session,
  more: QueryParams = {},
): Promise<Rollup> {
  const ask = (period: QueryParams) =>
    session.get('/usage', {query: {group_by: key, ...more, ...period}, schema: rollup});
  const fits = (answer: Rollup) => matchesWindow(window, now, answer.period_start, answer.period_end);
  if (isMonthToDate(window, now)) {
    const answer = await ask({period: 'mtd'});
    if (fits(answer)) return answer;
    // The zone of `mtd` is not documented, and our clock may be wrong or fixed: the range says what is meant.
  }
  const asked = untilNow(window, now);
  const answer = await ask(customRange(asked));
  if (fits(answer)) return answer;
  const wanted = `${formatInstant(asked.start)} to ${formatInstant(asked.end)}`;
  // Text from outside: an instant needs no more than that.
  const got = `${answer.period_start.slice(0, 40)} to ${answer.period_end.slice(0, 40)}`;
  throw new ProviderError('outside_window', `MIOSA was asked for ${wanted} and answered for ${got}`, {
    provider: 'miosa',
    rule: 'an answer must cover the window that was asked for',
  });
}
