import {getOrAdd} from '../core/get-or-add.ts';
import type {Query} from '../core/query.ts';
import {OTHER} from '../core/record.ts';
import {Aggregation, type Billed, type Group, mergeGroup} from '../pipeline/aggregate.ts';
import type {Figures} from '../pipeline/run.ts';
import {byCurrency, type Line} from './line.ts';
import {isOther} from './order.ts';

/**
 * Lanes are what can be ranked together: one for each currency, one for each metric. `--top 5` keeps five groups in
 * each lane, because neither dollars and credits nor tokens and seconds can be set against each other.
 */
const laneOf = (line: Line): string =>
  line.currency ?? (line.metric ? `${line.kind} ${line.metric.metric.name}` : (line.kind ?? ''));

/** Which groups stay, by lane. `lines` are sorted and without buckets, so that a group stays in all buckets or none. */
function keptGroups(lines: readonly Line[], top: number): Map<string, Set<string>> {
  const lanes = new Map<string, Set<string>>();
  for (const line of lines) {
    const kept = getOrAdd(lanes, laneOf(line), () => new Set());
    if (!isOther(line) && kept.size < top) kept.add(line.group.labelKey);
  }
  return lanes;
}

/** The same figures without buckets: what `--top` ranks by. */
export const withoutBuckets = (figures: Figures, groupBy: Query['groupBy']): Figures => ({
  ...figures,
  current: collapse(figures.current, groupBy),
  previous: collapse(figures.previous, groupBy),
});

function collapse(aggregation: Aggregation, groupBy: Query['groupBy']): Aggregation {
  const collapsed = new Aggregation(groupBy, undefined, false);
  for (const group of aggregation.groups.values()) {
    // Levels are ranked by their sums: over the same period that is the order of their means, which buckets of
    // different lengths are not.
    const quantities = new Map(
      [...group.quantities].map(([key, metered]) => [key, {...metered, buckets: 1}]),
    );
    addCopy(collapsed, {...group, key: group.labelKey, bucket: undefined, quantities});
  }
  return collapsed;
}

/**
 * Adds up what `--top` cuts in one `(other)` group for each bucket and currency: quantities stay with the money of those
 * who used them. Nothing is lost: parts that stay and go make the whole.
 */
export function cutToTop(
  figures: Figures,
  groupBy: Query['groupBy'],
  ranked: readonly Line[],
  top: number,
): Figures {
  const lanes = keptGroups(ranked, top);
  const isMoney = ranked.some(({currency}) => currency !== undefined);
  const cut = (aggregation: Aggregation): Aggregation => {
    const result = new Aggregation(groupBy, undefined, false);
    for (const group of aggregation.groups.values()) {
      const isKept = (lane: string) => lanes.get(lane)?.has(group.labelKey) ?? false;
      const keptAnywhere = [...lanes.values()].some(lane => lane.has(group.labelKey));
      const costs = split(group.costs, isKept);
      // Quantities of a report follow their group; those of `usage` are ranked by metric, or with `--wide` by kind.
      const quantities = split(group.quantities, (key, {metric}) => {
        const lane = [key, metric.kind].find(name => lanes.has(name));
        return lane === undefined ? keptAnywhere : isKept(lane);
      });
      if (costs.stay.size + quantities.stay.size > 0) {
        addCopy(result, {...group, costs: costs.stay, quantities: quantities.stay});
      }
      for (const [currency, billed] of costs.go) {
        const other = otherIdentity(group, isMoney ? currency : '');
        addCopy(result, {...group, ...other, costs: new Map([[currency, billed]]), quantities: new Map()});
      }
      if (quantities.go.size > 0) {
        const other = otherIdentity(
          group,
          isMoney ? ([...group.costs.keys()].sort(byCurrency)[0] ?? '') : '',
        );
        addCopy(result, {...group, ...other, costs: new Map(), quantities: quantities.go});
      }
    }
    return result;
  };
  return {...figures, current: cut(figures.current), previous: cut(figures.previous)};
}

function otherIdentity(
  {labels, bucket}: Group,
  currency: string,
): Pick<Group, 'key' | 'labelKey' | 'labels'> {
  const labelKey = `(other) ${currency}`;
  return {
    key: bucket === undefined ? labelKey : `${bucket} ${labelKey}`,
    labelKey,
    labels: labels.map(() => OTHER),
  };
}

function split<T>(
  parts: ReadonlyMap<string, T>,
  stays: (key: string, part: T) => boolean,
): {stay: Map<string, T>; go: Map<string, T>} {
  const entries = [...parts];
  return {
    stay: new Map(entries.filter(([key, part]) => stays(key, part))),
    go: new Map(entries.filter(([key, part]) => !stays(key, part))),
  };
}

/** Adds a group without sharing its sums with the aggregation that it comes from. */
function addCopy(into: Aggregation, group: Group): void {
  const empty = (): Group => ({...group, costs: new Map<string, Billed>(), quantities: new Map()});
  mergeGroup(getOrAdd(into.groups, group.key, empty), group);
}
