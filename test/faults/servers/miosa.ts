import {Random} from '../random.ts';
import {dayOf, type Metered, TODAY, type World} from '../world.ts';
import {type Answer, type Asked, DAY_MS, type Fields, figures, other, rfc3339, written} from './answer.ts';

const KEYS = ['external_project_id', 'workspace_id'] as const;
const NOW = TODAY * DAY_MS + 9 * 3_600_000;
const FIRST = dayOf('2026-11-01') * DAY_MS;

/** MIOSA's rollup for a world: one row a group for the whole window; bare, or in `data`. */
export const miosa =
  (world: World, seed: number) =>
  ({path, query}: Asked): Answer => {
    const random = new Random(seed, path, query.toString());
    if (path === '/projects' || path === '/workspaces') return other({data: [], total: 0});
    const key = KEYS.find(name => name === query.get('group_by'));
    if (path !== '/usage' || !key) return other({error: {code: 'NOT_FOUND', message: 'no'}}, 404);
    const monthToDate = query.get('period') === 'mtd';
    const start = monthToDate ? FIRST : Date.parse(query.get('start') ?? '');
    const end = monthToDate ? NOW : Date.parse(query.get('end') ?? '');
    const rows = world.metered.filter(({day}) => start <= day * DAY_MS && day * DAY_MS < end);
    const ids = random.shuffled([...new Set(rows.map(row => row[key]))]);
    const body = {
      period_start: rfc3339(start),
      period_end: rfc3339(end),
      results: ids.map(id =>
        row(
          key,
          id,
          rows.filter(one => one[key] === id),
          random,
        ),
      ),
    };
    return figures(random.chance(0.5) ? {data: body} : body);
  };

function row(key: string, id: string | null, rows: readonly Metered[], random: Random): Fields {
  return {
    ...(id === null ? random.pick<Fields>([{[key]: null}, {[key]: ''}, {}]) : {[key]: id}),
    sandbox_seconds: Number(rows.reduce((sum, one) => sum + one.sandbox_seconds, 0n)),
    computer_seconds: 0,
    storage_gb_hours: 2.5,
    credit_cents: written(
      rows.reduce((sum, {units}) => sum + units, 0n),
      random,
    ),
  };
}
