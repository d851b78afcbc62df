import type {LabelDimension} from '../../core/dimension.ts';
import {ProviderError} from '../../core/errors.ts';
import type {Period} from '../../core/period.ts';
import type {Labels, Record} from '../../core/record.ts';
import {CURRENCY, GROUP_KEYS, type GroupKey, METRICS} from './metrics.ts';
import type {RollupRow} from './rollup.ts';

interface Rows {
  readonly key: GroupKey;
  /** Whose label the key becomes; undefined: nothing is split, the key is only there to be asked for. */
  readonly dimension: LabelDimension | undefined;
  readonly period: Period;
  readonly kinds: readonly string[];
}

/**
 * For each row the cost, and each quantity of the kinds wanted as a record of its own, because a record has one kind.
 * Throws if a group comes twice or the rows are grouped by something else: sums of them would be wrong.
 */
export function toRecords(rows: readonly RollupRow[], {key, dimension, period, kinds}: Rows): Record[] {
  checkGroups(rows, key);
  const records: Record[] = [];
  for (const row of rows) {
    const id = row[key];
    const labels: Labels = dimension && id ? {[dimension]: {id}} : {};
    records.push({period, labels, cost: {amount: row.credit_cents, currency: CURRENCY}});
    for (const {kind, name} of METRICS) {
      const quantity = row[name];
      if (quantity != null && kinds.includes(kind))
        records.push({period, labels, kind, quantities: {[name]: quantity}});
    }
  }
  return records;
}

function checkGroups(rows: readonly RollupRow[], key: GroupKey): void {
  const seen = new Set<string | null>();
  for (const row of rows) {
    const id = row[key] ?? null;
    if (seen.has(id))
      throw inconsistent(`lists ${id === null ? 'the rest' : `"${id.slice(0, 80)}"`} twice`, key);
    seen.add(id);
    // An API that ignored group_by would look like one big unattributed group.
    const other = GROUP_KEYS.find(name => row[name] != null);
    if (row[key] === undefined && other) throw inconsistent(`groups by ${other}`, key);
  }
}

const inconsistent = (what: string, key: GroupKey): ProviderError =>
  new ProviderError('inconsistent', `MIOSA's usage by ${key} ${what}`, {
    provider: 'miosa',
    rule: 'one row for each group',
  });
