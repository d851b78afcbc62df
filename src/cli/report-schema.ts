import {DIMENSION_NAMES} from '../core/dimension.ts';
import {instant} from '../core/instant.ts';
import type {JsonSchema} from '../core/json-schema.ts';
import type {ReportKind} from '../core/query.ts';
import type {Column} from '../core/report.ts';
import {reportDocument} from '../render/json-schema.ts';
import {describeColumns} from '../reports/build.ts';
import type {ReportFlags} from './options.ts';
import {metricsOf, parseQuery} from './parse-query.ts';

const TITLES: {readonly [R in ReportKind]: string} = {
  report: 'usage report: where the money went',
  costs: 'usage costs: what was billed',
  usage: 'usage usage: metered quantities',
};

/** The JSON Schema of a report, from the columns that it has with one flag or another. */
export function reportSchema(kind: ReportKind): JsonSchema {
  const now = instant(0);
  const groupBy = DIMENSION_NAMES.map(String);
  const compare = kind === 'usage' ? {} : {compare: 'previous'};
  const forms: readonly ReportFlags[] = [
    {groupBy, bucket: 'day', ...compare},
    // What only comes without buckets (the trend), and metrics as columns.
    {groupBy, period: '30d', wide: true},
  ];
  const columns = new Map<string, Column>();
  for (const flags of forms) {
    const query = parseQuery(kind, [], flags, now);
    for (const column of describeColumns(query, metricsOf(query)))
      if (!columns.has(column.key)) columns.set(column.key, column);
  }
  return reportDocument(`usage/${kind}@1`, TITLES[kind], [...columns.values()]);
}
