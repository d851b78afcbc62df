import {DIMENSIONS} from '../core/dimension.ts';
import {InputError, InterruptedError, StoreError, UsageError} from '../core/errors.ts';
import type {FocusColumn} from '../core/focus-columns.ts';
import type {Currency, Decimal} from '../core/money.ts';
import {isEmpty} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import type {Source, SourceQuery} from '../drivers/driver.ts';
import type {ChargeFacts, FocusMapping} from '../drivers/focus-mapping.ts';
import type {Encoder} from '../focus/encode.ts';
import {LeftOutBook} from '../focus/left-out.ts';
import {LineMaker} from '../focus/lines.ts';
import {Spool} from '../focus/spool.ts';
import {collectCharges} from '../pipeline/charges.ts';
import type {Connected} from '../pipeline/connected.ts';
import {NameBook} from '../pipeline/names.ts';
import {describeWidened, isPlan, planSource} from '../pipeline/plan.ts';
import {isSystemError} from '../store/fault.ts';
import {reason} from './write-answer.ts';

/** What the rows of all accounts are made by. */
export interface ExportJob {
  readonly query: Query;
  readonly columns: readonly FocusColumn[];
  readonly rates: ReadonlyMap<Currency, Decimal>;
  readonly encoder: Encoder;
  /** Where lines go that do not fit into memory. */
  readonly folder: string;
}

/** The rows of one account, or why there are none. */
export interface Exported {
  readonly connected: Connected;
  readonly spool: Spool;
  readonly leftOut: LeftOutBook;
  readonly error?: UsageError;
}

/**
 * Reads everything that an account billed, and keeps its lines until all of it has answered. What is no account's
 * fault is thrown: a full disk, Ctrl-C and bugs.
 */
export async function exportAccount(connected: Connected, job: ExportJob): Promise<Exported> {
  const spool = new Spool(job.folder);
  const leftOut = new LeftOutBook();
  try {
    await fill(connected, job, spool, leftOut);
    return {connected, spool, leftOut};
  } catch (error) {
    await spool.dispose();
    if (!(error instanceof UsageError) || error instanceof InterruptedError || error instanceof StoreError)
      throw error;
    const {driver, account} = connected;
    return {
      connected,
      spool: new Spool(job.folder),
      leftOut,
      error: error.attribute(driver.id, driver.title, account),
    };
  }
}

async function fill(connected: Connected, job: ExportJob, spool: Spool, leftOut: LeftOutBook): Promise<void> {
  const mapping = connected.driver.focus;
  if (!mapping) throw new InputError('this source is FOCUS already, or has no table that makes it so');
  const {source, query} = planOf(connected, mapping, job.query);
  if (isEmpty(query.window)) return;
  const slices = source.slices(query);
  const lanes = slices.map(() => spool.lane());
  // Names and the bill's account are asked for beside the charges; the first rows wait for them.
  const maker = makerOf(connected, mapping, job, leftOut);
  try {
    await collectCharges(connected, source, slices, async (slice, charges) => {
      if (charges.length === 0) return;
      const made = await maker;
      const lane = lanes[slice];
      for (const charge of charges) {
        lane?.add(made.lines(charge));
        if (spool.isFull) await relieve(spool, job.folder);
      }
    });
  } finally {
    await maker.catch(() => undefined); // it may be under way still, and what failed first is what counts
  }
  await maker;
}

async function relieve(spool: Spool, folder: string): Promise<void> {
  try {
    await spool.relieve();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new StoreError(`what does not fit into memory cannot be kept in ${folder}: ${reason(error)}`, {
      hint: 'make room there; with --output it is the folder of the file, else TMPDIR',
      cause: error,
    });
  }
}

function planOf(
  {driver, session}: Connected,
  {source: id, split}: FocusMapping,
  query: Query,
): {readonly source: Source; readonly query: SourceQuery} {
  const source = driver.sources.find(candidate => candidate.id === id);
  const plan = source && planSource(source, {...query, groupBy: split});
  if (!source || !plan || !isPlan(plan)) throw new TypeError(`no source ${id} by the day`);
  if (plan.widened) {
    const message = `${id} is billed by whole UTC days: ${describeWidened(plan.widened)} is exported`;
    session.note({level: 'warning', code: 'widened', message});
  }
  return {source, query: plan.query};
}

async function makerOf(
  connected: Connected,
  mapping: FocusMapping,
  {query, columns, rates, encoder}: ExportJob,
  leftOut: LeftOutBook,
): Promise<LineMaker> {
  const {driver, account, session} = connected;
  const named = mapping.split.filter(dimension => DIMENSIONS[dimension].named);
  const [names, billingAccount] = await Promise.all([
    new NameBook(connected).forDisplay(named, async () => new Set()),
    mapping.billingAccount?.(session),
  ]);
  const nameOf: ChargeFacts['nameOf'] = (dimension, {id, name}) => name ?? names.get(dimension)?.get(id);
  const subject = {
    provider: driver.id,
    account,
    mapping,
    billingAccount: billingAccount ?? account,
    settledUntil: driver.settledUntil(query.now),
    rates,
    nameOf,
  };
  return new LineMaker(subject, columns, encoder, left => leftOut.add(left));
}
