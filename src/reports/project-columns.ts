import {tile} from '../core/bucket.ts';
import {addDays, type Instant, startOfDay} from '../core/instant.ts';
import {decimal} from '../core/money.ts';
import {intersect} from '../core/period.ts';
import type {Query} from '../core/query.ts';
import type {Cell} from '../core/report.ts';
import {NONE, text} from './column.ts';
import {amountCell, limitColumns} from './limit-columns.ts';
import {column, type ProjectColumn} from './project-column.ts';
import {isRest, type ProjectLine} from './project-lines.ts';

/** Columns in the order in which they are printed. */
export function projectColumns(
  query: Query,
  showAccounts: boolean,
  shared: ReadonlySet<string>,
): ProjectColumn[] {
  return [
    column({
      key: 'provider',
      title: 'Provider',
      rank: 7,
      description: 'the provider',
      cell: ({provider}) => text(provider),
    }),
    column({
      key: 'account',
      title: 'Account',
      rank: 8,
      shown: showAccounts ? 'everywhere' : 'data',
      description: 'the account',
      cell: ({account}) => text(account),
    }),
    column({
      key: 'project_id',
      title: 'Project id',
      rank: 9,
      shown: 'data',
      description: 'what costs call the project; null for (other) and (unattributed)',
      cell: line => text(isRest(line) ? null : line.label.id),
    }),
    column({
      key: 'project_name',
      title: 'Project',
      rank: 0,
      description: 'its name, if it has one; or (other), (unattributed)',
      footer: 'label',
      cell: line => nameCell(line, shared),
    }),
    ...stateColumns,
    ...limitColumns,
    ...costColumns(query),
    ...peopleColumns,
  ];
}

function nameCell({label, ...line}: ProjectLine, shared: ReadonlySet<string>): Cell {
  if (isRest({label, ...line})) return text(label.id);
  const {id, name} = label;
  if (name === undefined) return text(null, id);
  return text(name, shared.has(name) ? `${name} (${id})` : name);
}

const stateColumns: readonly ProjectColumn[] = [
  column({
    key: 'state',
    title: 'State',
    rank: 5,
    description: 'active, archived, or unknown: the provider does not say, or no list names it',
    cell: line => (isRest(line) ? NONE : text(line.project?.state ?? 'unknown')),
  }),
];

function costColumns(query: Query): ProjectColumn[] {
  return [
    column({
      key: 'cost',
      type: 'money',
      title: 'Cost',
      right: true,
      rank: 0,
      description: 'what was billed in the period, exact; null if nothing was reported',
      footer: 'cost',
      cell: ({cost}) => amountCell(cost),
    }),
    column({
      key: 'currency',
      title: 'Currency',
      rank: 12,
      shown: 'data',
      description: 'the currency of cost',
      cell: ({cost}) => text(cost?.currency ?? null),
    }),
    column({
      key: 'cost_ever',
      type: 'money',
      title: 'All time',
      right: true,
      rank: 6,
      description: 'what it has cost since it exists, where the provider says so',
      cell: ({spentEver}) => amountCell(spentEver),
    }),
    column({
      key: 'cost_ever_currency',
      title: 'All time currency',
      rank: 12,
      shown: 'data',
      description: 'the currency of cost_ever',
      cell: ({spentEver}) => text(spentEver?.currency ?? null),
    }),
    column({
      key: 'trend',
      type: 'series',
      title: 'Trend',
      rank: 11,
      shown: 'nowhere',
      description: 'the cost of each day; null where the provider does not tell days',
      cell: ({days}) => daysCell(days, query),
    }),
  ];
}

/** One value for each day of the period so far; nothing where no day is told. */
export function daysCell(
  known: ReadonlyMap<Instant, string>,
  {period, now}: Pick<Query, 'period' | 'now'>,
): Cell {
  if (known.size === 0) return NONE;
  const soFar = intersect(period, {start: period.start, end: addDays(startOfDay(now), 1)});
  const days = tile(soFar, 'day').map(day => known.get(startOfDay(day.start)));
  return {type: 'series', values: days.map(value => (value === undefined ? null : decimal(value)))};
}

const instantCell = (value: Instant | undefined): Cell =>
  value === undefined ? NONE : {type: 'instant', value, date: true};

const peopleColumns: readonly ProjectColumn[] = [
  column({
    key: 'members',
    type: 'quantity',
    title: 'Members',
    right: true,
    rank: 9,
    description: 'how many people may use it; null where the provider does not say',
    cell: ({project}) =>
      project?.members ? {type: 'quantity', value: decimal(project.members.length), unit: 'members'} : NONE,
  }),
  column({
    key: 'backends',
    title: 'Backends',
    rank: 11,
    description: 'machines that it may use, where the provider says so',
    cell: ({project}) => (project?.backends ? text(project.backends.join(', ')) : NONE),
  }),
  column({
    key: 'last_activity',
    type: 'instant',
    title: 'Last active',
    rank: 8,
    description:
      'when it was last used, as the provider says; or the last day with a cost, in a period up to now',
    cell: ({lastActivity}) => instantCell(lastActivity),
  }),
  column({
    key: 'workspace_id',
    title: 'Workspace id',
    rank: 12,
    shown: 'data',
    description: 'the workspace that it is in',
    cell: ({project}) => text(project?.workspace?.id ?? null),
  }),
  column({
    key: 'workspace_name',
    title: 'Workspace',
    rank: 12,
    shown: 'data',
    description: 'the name of the workspace',
    cell: ({project}) => text(project?.workspace?.name ?? null),
  }),
  column({
    key: 'created_at',
    type: 'instant',
    title: 'Created',
    rank: 12,
    shown: 'data',
    description: 'when it was made',
    cell: ({project}) => instantCell(project?.createdAt),
  }),
  column({
    key: 'archived_at',
    type: 'instant',
    title: 'Archived',
    rank: 12,
    shown: 'data',
    description: 'when it was archived',
    cell: ({project}) => instantCell(project?.archivedAt),
  }),
];
