import type {LabelDimension} from '../core/dimension.ts';
import {MANDATORY_COLUMNS} from '../core/focus-columns.ts';
import {getOrAdd} from '../core/get-or-add.ts';
import {instant} from '../core/instant.ts';
import type {Currency, Decimal} from '../core/money.ts';
import type {Period} from '../core/period.ts';
import {Sum} from '../core/sum.ts';
import {type Complaint, Complaints} from './complaints.ts';
import {examine} from './examine.ts';
import {type Coverage, recordsOf} from './records.ts';
import type {Roles} from './roles.ts';
import type {Table} from './table.ts';

/** What a file holds, found by reading all of it. */
export interface Survey {
  readonly version: string;
  readonly rows: number;
  /** From its first charge to its last; undefined without rows. */
  readonly period: Period | undefined;
  readonly providers: readonly string[];
  /** By currency, of the column that `cost` names. */
  readonly totals: ReadonlyMap<Currency, Decimal>;
  readonly cost: string;
  readonly dimensions: readonly LabelDimension[];
  readonly complaints: readonly Complaint[];
}

/** All that a date can say: no row may fall out of the total. */
const ALL_TIME: Period = {start: instant(-8.64e15), end: instant(8.64e15)};

/** Reads a file from end to end. Throws ProviderError for a row that no figure can be made of. */
export async function survey(table: Table, roles: Roles): Promise<Survey> {
  const complaints = new Complaints();
  const missing = missingOf(table.columns);
  if (missing.length > 0) {
    const message = `it lacks what the standard demands: ${missing.join(', ')}`;
    complaints.add('DatasetCompleteness', '', message);
  }
  const coverage: Coverage = {beyond: 0, rows: 0, start: undefined, end: undefined};
  const asked = {window: ALL_TIME, split: [], quantities: false, providers: undefined};
  const sums = new Map<Currency, Sum>();
  const providers = new Set<string>();
  for await (const records of recordsOf(table, roles, asked, complaints, coverage)) {
    for (const {cost, provider} of records) {
      if (cost) getOrAdd(sums, cost.currency, () => new Sum()).add(cost.amount);
      if (provider !== undefined) providers.add(provider);
    }
  }
  const looked = [roles.start, roles.end, roles.cost, roles.currency, roles.provider, roles.quantity];
  await examine(
    table,
    looked.flatMap(column => column ?? []),
    complaints,
  );
  const {rows, start, end} = coverage;
  return {
    version: versionOf(table.columns),
    rows,
    period:
      start === undefined || end === undefined ? undefined : {start, end: instant(Math.max(start, end))},
    providers: [...providers],
    totals: new Map([...sums].map(([currency, sum]) => [currency, sum.value])),
    cost: roles.cost,
    dimensions: Object.keys(roles.labels) as LabelDimension[],
    complaints: complaints.all(),
  };
}

/** Until 1.3 a service's provider was ProviderName; HostProviderName came with its successor. */
function missingOf(columns: readonly string[]): string[] {
  const old = columns.includes('ProviderName');
  return MANDATORY_COLUMNS.filter(
    column =>
      !columns.includes(column) &&
      !(old && (column === 'ServiceProviderName' || column === 'HostProviderName')),
  );
}

/** The version whose columns these are: no file says it. */
function versionOf(columns: readonly string[]): string {
  const has = (...names: readonly string[]) => names.some(name => columns.includes(name));
  const [old, successor] = [
    has('ProviderName', 'PublisherName'),
    has('ServiceProviderName', 'HostProviderName'),
  ];
  if (
    has('InvoiceDetailId', 'CommitmentProgramEligibilityDetails') ||
    (successor && !old && has('SubAccountType', 'BillingAccountType'))
  )
    return '1.4';
  if (successor) return old || has('AllocatedMethodId', 'ContractApplied') ? '1.3' : '1.3 or 1.4';
  if (has('InvoiceId', 'SubAccountType', 'PricingCurrency')) return '1.2';
  return has('SkuMeter', 'SkuPriceDetails', 'CommitmentDiscountQuantity') ? '1.1' : '1.0';
}
