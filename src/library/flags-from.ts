import type {ReportFlags} from '../cli/options.ts';
import {dimensionOf, flagOf} from '../core/dimension.ts';
import {InputError} from '../core/errors.ts';
import type {ReportOptions} from '../index.ts';

/** Options as the flags that they stand for, so that both are checked by the same code. */
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
  return Object.fromEntries([...given, ...Object.entries(filters).map(filterFlag)]);
}

function filterFlag([name, values]: [string, readonly string[] | undefined]): [string, unknown] {
  const dimension = dimensionOf(name);
  if (!dimension) throw new InputError(`filters.${name} is no dimension`, {rule: 'those of groupBy'});
  if (dimension === 'batch') return ['batch', values?.[0] === 'true'];
  const camel = flagOf(dimension).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [camel, values];
}
