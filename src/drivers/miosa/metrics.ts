import type {LabelDimension} from '../../core/dimension.ts';
import type {Metric} from '../../core/metric.ts';

/** What a row of the rollup meters. Seconds are those of virtual CPUs, not of the wall; "gb" means GiB. */
export const METRICS = [
  {kind: 'sandboxes', name: 'sandbox_seconds', unit: 'vcpu-seconds', statistic: 'sum'},
  {kind: 'computers', name: 'computer_seconds', unit: 'vcpu-seconds', statistic: 'sum'},
  {kind: 'storage', name: 'storage_gb_hours', unit: 'gib-hours', statistic: 'sum'},
] as const satisfies readonly Metric[];

/** The values of `group_by`. A row carries its value under the same name. */
export const GROUP_KEYS = ['external_user_id', 'external_project_id', 'workspace_id'] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];

const KEY_OF: {readonly [D in LabelDimension]?: GroupKey} = {
  user: 'external_user_id',
  project: 'external_project_id',
  workspace: 'workspace_id',
};

/** The one dimension of a split and its key. Without a split, workspaces: every resource has one, so all cost is in. */
export function groupingOf(split: readonly LabelDimension[]): {
  readonly key: GroupKey;
  readonly dimension?: LabelDimension;
} {
  const [dimension] = split;
  const key = dimension && KEY_OF[dimension];
  return key ? {key, dimension} : {key: 'workspace_id'};
}

/** Credit cents have no published price in any money, so they are a currency of their own. */
export const CURRENCY = 'MIOSA_CREDIT_CENTS';
