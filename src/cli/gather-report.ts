import type {UsageError} from '../core/errors.ts';
import type {Metric} from '../core/metric.ts';
import type {Notice} from '../core/notice.ts';
import type {Query} from '../core/query.ts';
import type {Report} from '../core/report.ts';
import type {Connected} from '../pipeline/connected.ts';
import {relevantSources} from '../pipeline/plan.ts';
import {type Figures, runQuery} from '../pipeline/run.ts';
import {buildReport, shownNames} from '../reports/build.ts';
import type {Account, Selection} from './accounts.ts';
import {metricsOf} from './parse-query.ts';
import {missingSource} from './refuse.ts';

/** What the accounts answered to a query. */
export interface Gathered {
  /** Accounts that did not answer, and providers that have none. */
  readonly failures: readonly UsageError[];
  /** Whether anybody answered. */
  readonly answered: boolean;
  /** The report, with what was said meanwhile. `as` may be ordered or cut otherwise; it asks for the same figures. */
  report(notices: readonly Notice[], as?: Query): Report;
}

/** Asks the accounts. Throws InputError if none of them can answer, InterruptedError if it is aborted. */
export async function gatherReport(
  query: Query,
  selection: Selection,
  connected: readonly Connected[],
): Promise<Gathered> {
  const figures = await runQuery(query, connected, shownNames(query));
  const all: Figures = {...figures, sources: [...figures.sources, ...selection.missing.map(missingSource)]};
  return {
    failures: [...selection.missing, ...figures.failures],
    answered: figures.sources.some(({status}) => status === 'ok'),
    report: (notices, as = query) =>
      buildReport({
        query: as,
        figures: all,
        metrics: metricsIn(as, selection.accounts),
        notices,
        showAccounts: selection.accounts.some(({name, driver}) => name !== driver.id),
      }),
  };
}

/** What those who are asked can report, and fields that are named; what a file counts is known to nobody else. */
function metricsIn(query: Query, accounts: readonly Account[]): Metric[] {
  const own = accounts.flatMap(({driver}) =>
    relevantSources(driver.sources, query).flatMap(({metrics}) => metrics),
  );
  const kinds = new Set(own.map(({kind}) => kind));
  const known = metricsOf(query);
  const more = own.filter(metric => !known.includes(metric) && isOneOf(query.kinds, metric.kind));
  return [...known.filter(({kind, name}) => query.fields?.includes(name) || kinds.has(kind)), ...more];
}

const isOneOf = (kinds: readonly string[], kind: string): boolean =>
  kinds.length === 0 || kinds.includes(kind);
