import type {UsageError} from '../core/errors.ts';
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
        metrics: metricsOf(as).filter(
          ({kind, name}) => as.fields?.includes(name) || isAsked(as, selection.accounts, kind),
        ),
        notices,
        showAccounts: selection.accounts.some(({name, driver}) => name !== driver.id),
      }),
  };
}

const isAsked = (query: Query, accounts: readonly Account[], kind: string): boolean =>
  accounts.some(({driver}) =>
    relevantSources(driver.sources, query).some(({metrics}) => metrics.some(metric => metric.kind === kind)),
  );
