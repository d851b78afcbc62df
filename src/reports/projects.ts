import type {Currency} from '../core/money.ts';
import type {Notice} from '../core/notice.ts';
import type {ProjectState} from '../core/project.ts';
import type {Query} from '../core/query.ts';
import type {Column, Report, Row, SourceStatus, Total} from '../core/report.ts';
import {Sum} from '../core/sum.ts';
import type {ProjectFigures} from '../pipeline/projects.ts';
import {NONE, text} from './column.ts';
import {byCurrency} from './line.ts';
import {money} from './money-columns.ts';
import {compareCells} from './order.ts';
import type {ProjectColumn} from './project-column.ts';
import {projectColumns} from './project-columns.ts';
import {byCost, type ProjectLine, projectLines, sharedNames} from './project-lines.ts';
import {withoutVoid} from './void.ts';

/** What the list is built from besides the figures. */
export interface ProjectsBuild {
  readonly query: Query;
  readonly figures: ProjectFigures;
  /** All sources, those that were never asked among them. */
  readonly sources: readonly SourceStatus[];
  readonly notices: readonly Notice[];
  /** Only projects in these states; rows that are no projects stay with `unknown`. */
  readonly states: readonly ProjectState[] | undefined;
  readonly showAccounts: boolean;
}

/** The list of projects as every renderer prints it. Pure. */
export function buildProjects(build: ProjectsBuild): Report {
  const {query, figures, sources, notices, states, showAccounts} = build;
  const all = projectLines(figures, query);
  const lines = states ? all.filter(line => states.includes(line.project?.state ?? 'unknown')) : all;
  const columns = projectColumns(query, showAccounts, sharedNames(all));
  const ordered = sorted(lines, query, columns);
  const rows = ordered.map(line => columns.map(column => column.cell(line)));
  const totals = totalsOf(lines);
  const hasSums = query.fields?.includes('cost') ?? true;
  return {
    schema: 'usage/projects@1',
    title: 'Projects',
    generatedAt: query.now,
    period: query.period,
    compare: undefined,
    groupBy: ['project'],
    bucket: null,
    columns: columns.map((column, index) => withoutVoid(column, index, rows)),
    fields: query.fields,
    rows,
    footer: hasSums ? totals.map(total => footerRow(total, columns)) : [],
    totals,
    sources,
    notices,
    provisionalFrom: figures.provisionalFrom,
  };
}

/** All columns of the list, before anything is asked: for `--fields` and `--sort`. */
export const describeProjects = (query: Query): readonly Column[] => projectColumns(query, false, new Set());

function sorted(
  lines: readonly ProjectLine[],
  {sort}: Query,
  columns: readonly ProjectColumn[],
): readonly ProjectLine[] {
  const column = columns.find(({key}) => key === sort?.field);
  if (!sort || !column) return lines.toSorted(byCost);
  const factor = sort.direction === 'asc' ? 1 : -1;
  return lines.toSorted((a, b) => {
    const [left, right] = [column.cell(a), column.cell(b)];
    if (left.type === 'none' || right.type === 'none')
      return Number(left.type === 'none') - Number(right.type === 'none') || byCost(a, b);
    // Amounts of different currencies cannot be ranked against each other.
    const apart =
      left.type === 'money' && right.type === 'money' ? byCurrency(left.currency, right.currency) : 0;
    return apart || factor * compareCells(left, right) || byCost(a, b);
  });
}

/** The sum of each currency over the lines that are shown. */
function totalsOf(lines: readonly ProjectLine[]): Total[] {
  const sums = new Map<Currency, Sum>();
  for (const {cost} of lines) {
    if (!cost) continue;
    sums.set(cost.currency, (sums.get(cost.currency) ?? new Sum()).add(cost.amount));
  }
  return [...sums]
    .sort(([a], [b]) => byCurrency(a, b))
    .map(([currency, sum]) => ({currency, cost: sum.value}));
}

const footerRow = ({currency, cost}: Total, columns: readonly ProjectColumn[]): Row =>
  columns.map(({footer}) => {
    if (footer === 'label') return text('Total');
    return footer === 'cost' ? money(cost ?? undefined, currency) : NONE;
  });
