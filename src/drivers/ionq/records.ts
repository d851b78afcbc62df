import type {LabelDimension} from '../../core/dimension.ts';
import {ProviderError} from '../../core/errors.ts';
import {formatDate} from '../../core/instant.ts';
import {ZERO} from '../../core/money.ts';
import type {Period} from '../../core/period.ts';
import {type Labels, OTHER, type Quantities, type Record} from '../../core/record.ts';
import {type Amounts, isNoise, isZero, toRecords, without} from './amounts.ts';
import type {Bucket, Group} from './schema.ts';
import type {Pricing} from './units.ts';

/** The records of a bucket. Whatever the split, they add up exactly to what the bucket says. */
export interface BucketRecords {
  readonly records: readonly Record[];
  /** What the listed groups leave of the bucket; undefined if nothing, or if there is no split. */
  readonly remainder: Amounts | undefined;
}

/**
 * Turns a bucket into records: one a group and currency, and `(other)` for what IonQ does not list.
 * Throws ProviderError if a group comes twice, or lacks a figure that is not zero.
 */
export function recordsOf(
  bucket: Bucket,
  period: Period,
  split: LabelDimension | undefined,
  pricing: Pricing,
): BucketRecords {
  refuseTwins(bucket);
  const whole = {costs: pricing.costs(bucket), quantities: quantitiesOf(bucket)};
  if (split === undefined) return {records: toRecords(whole, {}, period), remainder: undefined};
  const groups = bucket.group_usages.map(group => ({
    labels: labelsOf(group, split),
    amounts: {costs: pricing.costs(group, bucket), quantities: quantitiesOf(group)},
  }));
  const rest = groups.reduce<Amounts>((left, {amounts}) => without(left, amounts), whole);
  refuseMissing(bucket, rest, pricing);
  const listed = groups.flatMap(({amounts, labels}) => toRecords(amounts, labels, period));
  if (isZero(rest)) return {records: listed, remainder: undefined};
  return {records: [...listed, ...toRecords(rest, {[split]: OTHER}, period)], remainder: rest};
}

/** Else (other) would take off again what the group has too much: the sum of the day right, both rows wrong. */
function refuseTwins({from, group_usages}: Bucket): void {
  const seen = new Set<string>();
  for (const {group_id: id} of group_usages) {
    if (id && seen.has(id)) {
      throw new ProviderError(
        'inconsistent',
        `IonQ lists "${id.slice(0, 80)}" twice on ${formatDate(from)}`,
        {
          provider: 'ionq',
          rule: 'one row for each group of a day',
        },
      );
    }
    if (id) seen.add(id);
  }
}

/**
 * IonQ's specification requires no figure of a group. The groups come in order of cost, so where one without a figure
 * leaves nothing over, the figure is a zero; else it would be counted as (other), and the group's own be too small.
 */
function refuseMissing({from, group_usages}: Bucket, {costs, quantities}: Amounts, pricing: Pricing): void {
  const missing = [
    [group_usages.some(pricing.lacks), 'amount', [...costs.values()]],
    [group_usages.some(group => group.time_us == null), 'time_us', [quantities.qpu_time ?? ZERO]],
    [group_usages.some(group => group.job_count == null), 'job_count', [quantities.job_count ?? ZERO]],
  ] as const;
  for (const [isMissing, field, left] of missing) {
    if (!isMissing || left.every(isNoise)) continue;
    const message = `IonQ lists a group of ${formatDate(from)} without ${field}, though the others leave some of it over`;
    throw new ProviderError('bad_response', message, {provider: 'ionq'});
  }
}

function labelsOf({group_id, group_name}: Group, split: LabelDimension): Labels {
  if (!group_id) return {};
  return {[split]: group_name ? {id: group_id, name: group_name} : {id: group_id}};
}

const quantitiesOf = ({time_us, job_count}: Bucket | Group): Quantities => ({
  qpu_time: time_us ?? ZERO,
  job_count: job_count ?? ZERO,
});
