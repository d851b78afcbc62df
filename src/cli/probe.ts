import {InterruptedError, UsageError} from '../core/errors.ts';
import type {Instant} from '../core/instant.ts';
import {ZERO} from '../core/money.ts';
import type {Period} from '../core/period.ts';
import type {Record} from '../core/record.ts';
import {kindsOf, type Source} from '../drivers/driver.ts';
import type {Connected} from '../pipeline/connected.ts';

/** Whether a key may read one part of what its provider has. */
export interface Reading {
  /** `costs`, `usage`, or `costs and usage` where they come together. */
  readonly what: string;
  /** The start of the newest day with a figure that is not 0, if there is one. */
  readonly newest: Instant | undefined;
  /** Why it cannot be read. */
  readonly error: UsageError | undefined;
}

/** Finds out what a key may read by asking for a few days of it. Throws InterruptedError, and bugs. */
export const probe = (account: Connected, period: Period, now: Instant): Promise<Reading[]> =>
  Promise.all(
    parts(account.driver.sources).map(async ({what, source}) => {
      try {
        return {what, newest: await newestDay(source, account, period, now), error: undefined};
      } catch (error) {
        if (!(error instanceof UsageError) || error instanceof InterruptedError) throw error;
        return {what, newest: undefined, error};
      }
    }),
  );

/** One source for the money and one for the quantities: an API's sources of one kind need the same rights. */
function parts(sources: readonly Source[]): {readonly what: string; readonly source: Source}[] {
  const billed = sources.find(source => source.billed);
  const metered = sources.find(source => source.metrics.length > 0 && !source.newer);
  if (billed && billed === metered) return [{what: 'costs and usage', source: billed}];
  return [
    ...(billed ? [{what: 'costs', source: billed}] : []),
    ...(metered ? [{what: 'usage', source: metered}] : []),
  ];
}

async function newestDay(
  source: Source,
  {session}: Connected,
  window: Period,
  now: Instant,
): Promise<Instant | undefined> {
  const granularity = source.granularities.includes('day') ? 'day' : (source.granularities.at(-1) ?? null);
  const query = {window, now, granularity, split: [], filters: {}, kinds: kindsOf(source)};
  let newest: Instant | undefined;
  for (const slice of source.slices(query)) {
    for await (const records of source.fetch(slice, session))
      for (const record of records) {
        const {start} = record.period;
        if (hasFigure(record) && (newest === undefined || start > newest)) newest = start;
      }
  }
  return newest;
}

const hasFigure = ({cost, quantities = {}}: Record): boolean =>
  (cost !== undefined && cost.amount !== ZERO) || Object.values(quantities).some(amount => amount !== ZERO);
