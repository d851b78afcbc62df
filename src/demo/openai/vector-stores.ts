import {earlier} from '../../core/instant.ts';
import type {Period} from '../../core/period.ts';
import type {Json} from '../json.ts';
import type {Ledger} from './ledger.ts';
import type {Parameters} from './parameters.ts';
import {bytesAt, STORES} from './stores.ts';

/** Rows of /organization/usage/vector_stores: how many bytes are kept when a bucket ends. A level, no flow. */
export function vectorStores(parameters: Parameters, {now}: Ledger): (bucket: Period) => readonly Json[] {
  const byProject = parameters.choices('group_by', ['project_id']) !== undefined;
  const projects = parameters.list('project_ids');
  const stores = STORES.filter(({project}) => projects === undefined || projects.includes(project));
  return bucket => {
    if (bucket.start >= now) return [];
    const at = earlier(bucket.end, now);
    const levels = stores.flatMap(store => {
      const usage_bytes = bytesAt(store, at);
      return usage_bytes > 0 ? [{usage_bytes, project_id: store.project}] : [];
    });
    const row = (usage_bytes: number, project_id: string | null): Json => ({
      object: 'organization.usage.vector_stores.result',
      usage_bytes,
      project_id,
    });
    if (byProject) return levels.map(({usage_bytes, project_id}) => row(usage_bytes, project_id));
    return levels.length > 0
      ? [
          row(
            levels.reduce((sum, {usage_bytes}) => sum + usage_bytes, 0),
            null,
          ),
        ]
      : [];
  };
}
