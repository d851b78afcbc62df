import type {ReportFlags} from '../cli/options.ts';
import {dimensionOf, flagOf} from '../core/dimension.ts';
import type {ReportOptions} from '../index.ts';

/** Options as the flags that they stand for, so that both are checked by the same code. They have passed `checkOptions`. */
export function flagsFrom({filters = {}, groupBy, top, ...options}: ReportOptions): ReportFlags {
  const {period, from, to, bucket, compare, sort} = options;
  const given = Object.entries({
    period,
    from,
    to,
    bucket,
    compare,
    sort,
    groupBy: groupBy?.length === 0 ? ['none'] : groupBy,
    top: top === undefined ? undefined : String(top),
  }).filter(([, value]) => value !== undefined);
  const filtered = Object.entries(filters).flatMap(([name, values]) =>
    values === undefined ? [] : [filterFlag(name, values)],
  );
  return Object.fromEntries([...given, ...filtered]);
}

function filterFlag(name: string, values: readonly string[]): [string, unknown] {
  const dimension = dimensionOf(name);
  if (dimension === 'batch') return ['batch', values[0] === 'true'];
  const flag = dimension ? flagOf(dimension) : name;
  return [flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()), values];
}
