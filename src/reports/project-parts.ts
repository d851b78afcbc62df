import {DIMENSIONS, type LabelDimension} from '../core/dimension.ts';
import {type Currency, compareDecimals, type Decimal} from '../core/money.ts';
import type {Member} from '../core/project.ts';
import {type Label, OTHER, UNATTRIBUTED} from '../core/record.ts';
import type {Cell, Column, Row, Section} from '../core/report.ts';
import {Sum} from '../core/sum.ts';
import type {Group} from '../pipeline/aggregate.ts';
import type {ProjectWhole} from '../pipeline/project.ts';
import {NONE, text} from './column.ts';
import {byCurrency} from './line.ts';
import {money} from './money-columns.ts';
import type {Share} from './project-sheet.ts';

/** What one user, line item or job comes to in one currency. */
interface Part {
  readonly label: Label;
  readonly currency: Currency | undefined;
  readonly cost: Decimal | undefined;
}

/** Members with what each has spent, and whoever else has: service accounts, people who left, nobody that is known. */
export function memberSection(
  {project: {members = []}, budgets}: ProjectWhole,
  users: readonly Group[] | undefined,
  share: Share,
  span: string,
): Section {
  const spent = partsOf(users ?? []);
  const idle = members
    .filter(({id}) => !spent.some(({label}) => label.id === id))
    .map(({id}): Part => ({label: {id}, currency: undefined, cost: undefined}));
  const quotaNames = budgets.flatMap(({scope}) => (scope.level === 'user' ? [scope.user] : []));
  const known = new Map<string, Partial<Member>>([
    ...quotaNames.map(user => [user.id, user] as const),
    ...members.map(member => [member.id, member] as const),
  ]);
  const rows = [...spent, ...idle].map(({label, ...part}) => {
    const {name = label.name, email, role} = known.get(label.id) ?? {};
    return [
      ...namedCells({...label, ...(name && {name})}, label),
      text(email ?? null),
      text(role ?? null),
      ...costCells(part, share),
    ];
  });
  return {
    key: 'members',
    title: 'Members',
    subtitle: users ? span : 'what each has spent is not told',
    shape: 'table',
    columns: memberColumns(),
    rows,
    footer: [],
  };
}

const titleOf = (dimension: LabelDimension): string => (dimension === 'job' ? 'Job' : 'Line item');

/** The dearest line items or jobs; what is not listed is added up in `(other)`. */
export function itemSection(
  {dimension, groups}: {readonly dimension: LabelDimension; readonly groups: readonly Group[]},
  share: Share,
  span: string,
  top: number,
): Section {
  const title = titleOf(dimension);
  const {named} = DIMENSIONS[dimension];
  const rows = cut(partsOf(groups), top).map(({label, ...part}) => [
    ...(named ? namedCells(label, label) : [text(label.id)]),
    ...costCells(part, share),
  ]);
  return {
    key: 'items',
    title: `Top ${title.toLowerCase()}s`,
    subtitle: span,
    shape: 'table',
    columns: itemColumns(dimension),
    rows,
    footer: [],
  };
}

/** Dearest first, currency by currency; what has no label comes last. */
function partsOf(groups: readonly Group[]): Part[] {
  const parts = groups.flatMap(({labels: [label = UNATTRIBUTED], costs}) =>
    [...costs].map(([currency, {total}]) => ({label, currency, cost: total.value})),
  );
  return parts.sort(
    (a, b) =>
      byCurrency(a.currency, b.currency) ||
      Number(a.label === UNATTRIBUTED) - Number(b.label === UNATTRIBUTED) ||
      compareDecimals(b.cost, a.cost) ||
      (a.label.id < b.label.id ? -1 : 1),
  );
}

function cut(parts: readonly Part[], top: number): Part[] {
  const currencies = [...new Set(parts.map(({currency}) => currency))];
  return currencies.flatMap(currency => {
    const own = parts.filter(part => part.currency === currency);
    const named = own.filter(({label}) => label !== UNATTRIBUTED);
    const rest = named.slice(top);
    const sum = rest.reduce((total, {cost}) => (cost ? total.add(cost) : total), new Sum()).value;
    return [
      ...named.slice(0, top),
      ...(rest.length > 0 ? [{label: OTHER, currency, cost: sum}] : []),
      ...own.filter(({label}) => label === UNATTRIBUTED),
    ];
  });
}

function namedCells(label: Label, original: Label): readonly Cell[] {
  if (original === OTHER || original === UNATTRIBUTED) return [NONE, text(original.id)];
  return [text(label.id), label.name === undefined ? text(null, label.id) : text(label.name)];
}

function costCells({cost, currency}: Omit<Part, 'label'>, share: Share): Row {
  const part = cost !== undefined && currency !== undefined ? share(cost, currency) : undefined;
  return [
    money(cost, currency),
    text(currency ?? null),
    part === undefined ? NONE : {type: 'share', value: part},
  ];
}

export const column = (
  key: string,
  title: string,
  description: string,
  shown: Column['shown'],
  rank: number,
  align: Column['align'] = 'left',
  type: Column['type'] = 'text',
): Column => ({key, title, type, description, shown, rank, align});

const namedColumns = (key: string, title: string): readonly Column[] => [
  column(`${key}_id`, `${title} id`, 'what the provider calls it', 'data', 9),
  column(`${key}_name`, title, 'its name, if it has one; or (other), (unattributed)', 'everywhere', 0),
];

const costColumns: readonly Column[] = [
  column('cost', 'Cost', 'what was billed in the period, exact', 'everywhere', 1, 'right', 'money'),
  column('currency', 'Currency', 'the currency of cost', 'data', 9),
  column('share', 'Share', "cost divided by the project's, to 6 places", 'everywhere', 2, 'right', 'share'),
];

export const memberColumns = (): readonly Column[] => [
  ...namedColumns('user', 'Member'),
  column('email', 'Mail', 'their mail address', 'data', 9),
  column('role', 'Role', 'what the provider calls them; null for those who are no members', 'everywhere', 5),
  ...costColumns,
];

export function itemColumns(dimension: LabelDimension): readonly Column[] {
  const title = titleOf(dimension);
  return [
    ...(DIMENSIONS[dimension].named
      ? namedColumns(dimension, title)
      : [column(dimension, title, 'what it was billed for; or (other), (unattributed)', 'everywhere', 0)]),
    ...costColumns,
  ];
}
