import {GRANULARITIES} from '../core/bucket.ts';
import {
  DIMENSION_NAMES,
  type Dimension,
  dimensionOf,
  flagOf,
  type LabelDimension,
} from '../core/dimension.ts';
import {InputError} from '../core/errors.ts';
import type {Instant} from '../core/instant.ts';
import type {Metric} from '../core/metric.ts';
import {PERIOD_WORDS, parseFromTo, parsePeriod} from '../core/parse-period.ts';
import {type NamedPeriod, previousPeriod} from '../core/period.ts';
import type {Query, ReportKind, Sort} from '../core/query.ts';
import type {Column} from '../core/report.ts';
import {drivers} from '../drivers/index.ts';
import {describeColumns} from '../reports/build.ts';
import {choose, chooseAll, wholeNumber} from './choice.ts';
import {parseFields} from './fields.ts';
import {FILTER_DIMENSIONS, type ReportFlags} from './options.ts';

/** Columns that have no order. */
const UNSORTABLE = new Set(['trend', 'quantities', 'provisional']);

/** Whether `--sort` takes a column. */
export const isSortable = ({key}: Column): boolean => !UNSORTABLE.has(key);

/** Turns flags into a Query, all of it checked before anything is fetched. Throws InputError. Pure. */
export function parseQuery(
  report: ReportKind,
  kinds: readonly string[],
  flags: ReportFlags,
  now: Instant,
): Query {
  const period = parseSpan(flags, now);
  const bucket = flags.bucket === undefined ? null : choose('--bucket', flags.bucket, GRANULARITIES);
  const compare = parseCompare(report, flags.compare, period, now);
  if (report === 'usage' && flags.compare !== undefined && flags.compare !== 'none') {
    throw new InputError('--compare is about money', {rule: 'usage report and usage costs take it'});
  }
  const base: Query = {
    report,
    now,
    period,
    compare,
    bucket,
    groupBy: flags.groupBy === undefined ? ['provider'] : parseGroupBy(flags.groupBy),
    filters: parseFilters(flags),
    kinds: chooseAll('--kind', [...kinds, ...(flags.kind ?? [])], allKinds()),
    sort: undefined,
    top: flags.top === undefined ? undefined : wholeNumber('--top', flags.top, 1, 1_000_000),
    fields: undefined,
    wide: flags.wide ?? false,
    trend: false,
  };
  const columns = describeColumns(base, metricsOf(base));
  const fields = parseFields(flags, columns);
  const sort = flags.sort === undefined ? undefined : parseSort(flags.sort, columns);
  return {...base, fields, sort};
}

/** `--period`, or `--from` and `--to`; the running month if none is given. */
export function parseSpan(
  {period, from, to}: Pick<ReportFlags, 'period' | 'from' | 'to'>,
  now: Instant,
): NamedPeriod {
  if (from === undefined && to === undefined) return parsePeriod(period ?? 'mtd', now);
  if (period !== undefined)
    throw new InputError('--period and --from/--to exclude each other', {rule: 'give one of them'});
  if (from === undefined) throw new InputError('--to needs --from', {rule: 'a range has a first day'});
  return parseFromTo(from, to, now);
}

function parseCompare(
  report: ReportKind,
  given: string | undefined,
  period: NamedPeriod,
  now: Instant,
): NamedPeriod | undefined {
  const asked = given ?? (report === 'report' ? 'previous' : 'none');
  if (asked === 'none') return undefined;
  if (asked === 'previous') return previousPeriod(period);
  try {
    return parsePeriod(asked, now);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`--compare: ${error.message}`, {
      rule: `previous, none, or a period: ${error.advice.rule}`,
      nearest: [asked, ['previous', 'none', ...PERIOD_WORDS]],
    });
  }
}

/** Reads the words of `--group-by`; `flag` is how errors call it. Throws InputError. */
export function parseGroupBy(given: readonly string[], flag = '--group-by'): readonly Dimension[] {
  if (given.length === 1 && given[0] === 'none') return [];
  if (given.length === 0)
    throw new InputError(`${flag} is empty`, {
      rule: `comma list of ${DIMENSION_NAMES.map(flagOf).join(', ')}; or none`,
    });
  const flagged = given.map(word => (dimensionOf(word) ? flagOf(dimensionOf(word) ?? 'provider') : word));
  return chooseAll(flag, flagged, DIMENSION_NAMES.map(flagOf)).flatMap(flag => dimensionOf(flag) ?? []);
}

function parseFilters(flags: ReportFlags): Query['filters'] {
  const filters: {[D in LabelDimension]?: readonly string[]} = {};
  for (const dimension of FILTER_DIMENSIONS) {
    const values = flags[flagOf(dimension).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
    if (!Array.isArray(values)) continue;
    if (values.length === 0) throw new InputError(`--${flagOf(dimension)} is empty`, {rule: 'ids or names'});
    filters[dimension] = values.map(String);
  }
  if (flags.batch !== undefined) filters.batch = [String(flags.batch)];
  return filters;
}

export function parseSort(given: string, columns: readonly Column[]): Sort {
  const [field = '', direction, more] = given.split(':');
  const sortable = columns.filter(isSortable);
  const key = choose(
    '--sort',
    field,
    sortable.map(column => column.key),
  );
  if (more !== undefined)
    throw new InputError(`--sort "${given}" has too many parts`, {rule: 'field, field:asc or field:desc'});
  if (direction !== undefined) return {field: key, direction: choose('--sort', direction, ['asc', 'desc'])};
  const numeric = sortable.find(column => column.key === key)?.align === 'right';
  return {field: key, direction: numeric ? 'desc' : 'asc'};
}

const allMetrics = (): Metric[] => drivers.flatMap(({sources}) => sources.flatMap(({metrics}) => metrics));
const allKinds = (): string[] => [...new Set(allMetrics().map(({kind}) => kind))];

/** Every metric that a query may bring: the columns of `--wide`. */
export const metricsOf = ({kinds}: Pick<Query, 'kinds'>): Metric[] =>
  allMetrics().filter(({kind}) => kinds.length === 0 || kinds.includes(kind));
