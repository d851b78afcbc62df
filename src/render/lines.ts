import {formatDate, formatInstant, type Instant, startOfDay} from '../core/instant.ts';
import {formatPeriod, type NamedPeriod} from '../core/period.ts';
import type {Report} from '../core/report.ts';
import {widthOf} from './layout.ts';
import {sanitize} from './sanitize.ts';

// The lines above and below the rows that all formats for people share.

/**
 * `Costs as billed`, `2026-11-01..2026-11-22* (mtd, UTC)`, `vs 2026-10-01..2026-10-22`, `* provisional from 2026-11-22`:
 * which figures these are, of when, by which clock, and what of them may still change.
 */
export function headParts(report: Report): readonly string[] {
  const {provisionalFrom: from, period, compare} = report;
  const provisional = from === undefined ? [] : [`* provisional from ${dayOrInstant(from)}`];
  if (report.subtitle !== undefined)
    return [...[report.title, report.subtitle].filter(Boolean).map(sanitize), ...provisional];
  if (!period) return [sanitize(report.title), `on ${formatDate(report.generatedAt)} (UTC)`, ...provisional];
  const mark = from === undefined ? '' : '*';
  const label = compare && names(compare);
  return [
    sanitize(report.title),
    `${formatPeriod(period)}${mark} (${names(period, 'UTC')})`,
    ...(compare ? [`vs ${formatPeriod(compare)}${label && ` (${label})`}`] : []),
    ...provisional,
  ];
}

const dayOrInstant = (at: Instant): string => (startOfDay(at) === at ? formatDate(at) : formatInstant(at));

/** The name a person gave the period, unless it is just its dates. */
function names(period: NamedPeriod, ...more: readonly string[]): string {
  const label = sanitize(period.label);
  return [...(label === formatPeriod(period) ? [] : [label]), ...more].join(', ');
}

export const SEPARATOR = ' · ';

/** Joins parts into lines of at most `width` columns, breaking between parts only. */
export function wrapParts(parts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : last + SEPARATOR + part;
    if (last !== undefined && widthOf(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines;
}

/** Says that there is nothing, where there is nothing. */
export function emptyNote(report: Report): string | undefined {
  if (report.rows.length > 0) return undefined;
  if (report.totals.length > 0) return 'No row matches.'; // there were some before a filter
  const metered = report.columns.some(({key}) => key === 'cost' || key === 'quantity');
  if (!metered) return 'Nothing to list.';
  const whole = report.sources.every(({status}) => status !== 'failed');
  return `No costs or usage in this period${whole ? '' : ' from those that answered'}.`;
}

/** Says whose figures are missing: a table that is passed on must not look whole. */
function missingNote({sources}: Report): string | undefined {
  const failed = sources.filter(({status}) => status === 'failed').map(({account}) => sanitize(account));
  return failed.length === 0
    ? undefined
    : `! without ${failed.join(', ')}, which failed: the totals are not whole`;
}

/** All lines below a table. */
export const notesOf = (report: Report): readonly string[] =>
  [emptyNote(report), missingNote(report), ...(report.remarks ?? []).map(sanitize)].filter(
    note => note !== undefined,
  );
