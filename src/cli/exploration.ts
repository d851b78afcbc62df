import type {Instant} from '../core/instant.ts';
import type {Notice} from '../core/notice.ts';
import {PERIOD_WORDS, parsePeriod} from '../core/parse-period.ts';
import {formatPeriod} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import type {Report} from '../core/report.ts';
import type {Answer, Choice, Question, Source} from '../interactive/question.ts';
import {describeColumns} from '../reports/build.ts';
import type {Selection} from './accounts.ts';
import {wholeNumber} from './choice.ts';
import {connect} from './connect.ts';
import type {Context} from './context.ts';
import {below, groupingsOf, unlabelled} from './drill.ts';
import {gatherReport} from './gather-report.ts';
import type {ReportFlags} from './options.ts';
import {isSortable, metricsOf, parseQuery} from './parse-query.ts';
import {describe} from './show-error.ts';

/** What `--interactive` begins with, and where its answers come from. */
export interface Exploration {
  readonly source: Source;
  readonly first: Question;
}

/** Checks the flags. Throws InputError, before anything is asked or drawn. */
export function explorationOf(selection: Selection, flags: ReportFlags, context: Context): Exploration {
  const now = context.now();
  const limits = {
    timeout: wholeNumber('--timeout', flags.timeout ?? '30', 1, 3_600),
    concurrency: wholeNumber('--concurrency', flags.concurrency ?? '8', 1, 64),
  };
  const queryOf = ({period, groupBy, bucket, filters, sort}: Question): Query => {
    const asked: ReportFlags = {period, ...(sort ? {sort} : {}), compare: flags.compare ?? 'previous'};
    const query = parseQuery('report', [], asked, now);
    return {...query, groupBy, bucket, filters, trend: bucket === null};
  };
  const begun = parseQuery('report', [], {...flags, groupBy: flags.groupBy ?? ['project']}, now);
  const first: Question = {
    groupBy: begun.groupBy,
    bucket: begun.bucket,
    period: begun.period.label,
    filters: begun.filters,
    without: [],
    accounts: undefined,
    sort: begun.sort && `${begun.sort.field}:${begun.sort.direction}`,
  };

  async function ask(
    question: Question,
    signal: AbortSignal,
    progress: (done: number, started: number) => void,
  ): Promise<Answer> {
    const query = queryOf(question);
    const accounts = selection.accounts.filter(({name}) => question.accounts?.includes(name) ?? true);
    const notices: Notice[] = [];
    let [done, started] = [0, 0];
    const connections = await connect(
      accounts,
      {env: context.env, clock: context.clock, signal: AbortSignal.any([context.signal, signal])},
      {
        ...limits,
        onNotice: notice => notices.push(notice),
        observe: () => ({
          started: () => progress(done, ++started),
          finished: () => progress(++done, started),
        }),
      },
    );
    try {
      const missing = question.accounts ? [] : selection.missing;
      const connected = connections.connected.map(one => ({
        ...one,
        driver: unlabelled(one.driver, question),
      }));
      const gathered = await gatherReport(query, {accounts, missing}, connected);
      const [failure] = gathered.failures;
      if (failure && !gathered.answered) throw failure;
      const failures = await Promise.all(gathered.failures.map(describe));
      const built = new Map<string | undefined, Report>();
      return {
        failures: failures.map(({message}) => message),
        report: sort => {
          const known = built.get(sort);
          if (known) return known;
          const report = gathered.report(notices, sorted(query, sort));
          built.set(sort, report);
          return report;
        },
      };
    } finally {
      await connections.close();
    }
  }

  const source: Source = {
    ask,
    below: (question, report, row) => below(question, report, row, selection.accounts),
    groupings: question => groupingsOf(question, selection.accounts),
    periods: question => periodChoices(flags.period, question.period, now),
    sorts: question => sortChoices(queryOf({...question, sort: undefined}), question.sort),
  };
  return {source, first};

  function sorted(query: Query, sort: string | undefined): Query {
    if (sort === undefined) return {...query, sort: undefined};
    const [field = '', direction] = sort.split(':');
    return {...query, sort: {field, direction: direction === 'asc' ? 'asc' : 'desc'}};
  }
}

function periodChoices(given: string | undefined, current: string, now: Instant): Choice<string>[] {
  const words = given === undefined || PERIOD_WORDS.some(word => word === given) ? [] : [given];
  return [...words, ...PERIOD_WORDS].map(value => {
    const period = parsePeriod(value, now);
    const label = `${value.padEnd(12)} ${formatPeriod(period)}`;
    return {label, value, isCurrent: value === current || period.label === current};
  });
}

function sortChoices(query: Query, chosen: string | undefined): Choice<string>[] {
  // Reports put what costs most first by themselves, and time in its own order.
  const current = chosen ?? (query.bucket === null ? 'cost:desc' : 'bucket_start:asc');
  const choiceOf = (label: string, value: string) => ({label, value, isCurrent: value === current});
  return describeColumns(query, metricsOf(query))
    .filter(column => isSortable(column) && column.shown === 'everywhere')
    .flatMap(({key, title, align}) => {
      const [up, down] = align === 'right' ? ['smallest first', 'largest first'] : ['A to Z', 'Z to A'];
      const choices = [
        choiceOf(`${title}, ${up}`, `${key}:asc`),
        choiceOf(`${title}, ${down}`, `${key}:desc`),
      ];
      return align === 'right' ? choices.reverse() : choices;
    });
}
