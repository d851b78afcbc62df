import type {ReportKind} from '../../core/query.ts';
import type {Column} from '../../core/report.ts';
import {describeColumns} from '../../reports/build.ts';
import {describeProjects} from '../../reports/projects.ts';
import {splitList} from '../choice.ts';
import type {ReportFlags} from '../options.ts';
import {isSortable, metricsOf, parseQuery} from '../parse-query.ts';
import type {Offer, Typed} from './value.ts';

const FIELDS_HELP: Offer = {value: 'help', description: 'list them all', alone: true};

export const fieldsOf = (report: ReportKind, typed: Typed): Offer[] => [
  ...columnsOf(report, typed).map(({key, description}) => ({value: key, description})),
  FIELDS_HELP,
];

export const sortsOf = (report: ReportKind, typed: Typed): Offer[] => sorts(columnsOf(report, typed), typed);

export const projectFields = (typed: Typed): Offer[] => [
  ...projectColumns(typed).map(({key, description}) => ({value: key, description})),
  FIELDS_HELP,
];

export const projectSorts = (typed: Typed): Offer[] => sorts(projectColumns(typed), typed);

/** The same for every period. */
const projectColumns = ({context}: Typed): readonly Column[] =>
  describeProjects(parseQuery('costs', [], {groupBy: ['project']}, context.now()));

/** Fields alone, and once one is written out with its directions. */
function sorts(columns: readonly Column[], {partial}: Typed): Offer[] {
  const sortable = columns.filter(isSortable);
  if (!partial.includes(':')) return sortable.map(({key, description}) => ({value: key, description}));
  return sortable.flatMap(({key}) => [{value: `${key}:asc`}, {value: `${key}:desc`}]);
}

/** The columns of what is typed; of the plain report if that is not finished or wrong. */
function columnsOf(report: ReportKind, typed: Typed): readonly Column[] {
  try {
    return described(report, typed, {
      ...first(typed, '--period', 'period'),
      ...first(typed, '--bucket', 'bucket'),
      ...first(typed, '--compare', 'compare'),
      ...list(typed, '--group-by', 'groupBy'),
      ...list(typed, '--kind', 'kind'),
      wide: typed.flags.has('--wide'),
    });
  } catch {
    return described(report, {...typed, words: []}, {});
  }
}

function described(report: ReportKind, {words, context}: Typed, flags: ReportFlags): readonly Column[] {
  const query = parseQuery(report, report === 'usage' ? words : [], flags, context.now());
  return describeColumns(query, metricsOf(query));
}

const first = ({flags}: Typed, flag: string, name: string): ReportFlags => {
  const [value] = flags.get(flag) ?? [];
  return value === undefined ? {} : {[name]: value};
};

const list = ({flags}: Typed, flag: string, name: string): ReportFlags => {
  const values = flags.get(flag);
  return values ? {[name]: values.flatMap(splitList)} : {};
};
