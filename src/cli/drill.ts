import {
  DIMENSION_NAMES,
  DIMENSIONS,
  type Dimension,
  isIntrinsic,
  type LabelDimension,
} from '../core/dimension.ts';
import {OTHER, UNATTRIBUTED} from '../core/record.ts';
import type {Report, Row} from '../core/report.ts';
import {type Source as ApiSource, canSplit} from '../drivers/driver.ts';
import type {Choice, Grouping, Question, Step} from '../interactive/question.ts';
import type {Account} from './accounts.ts';

/** Whose costs have parts: projects first, where they are not told apart yet. Everything else opens into its days. */
const OWNERS: readonly Dimension[] = ['provider', 'account', 'project', 'workspace', 'user', 'api_key'];
const PARTS: readonly LabelDimension[] = ['line_item', 'model', 'job'];
const DAYS: Grouping = {groupBy: [], bucket: 'day'};

/** The step that Enter takes from a row, or why there is none. */
export function below(
  question: Question,
  report: Report,
  row: Row,
  accounts: readonly Account[],
): Step | string {
  if (question.bucket !== null) return 'there is nothing below a day';
  const text = (key: string): string | null => {
    const cell = row[report.columns.findIndex(column => column.key === key)];
    return cell?.type === 'text' ? cell.value : null;
  };
  const account = text('account');
  const filters: {[D in LabelDimension]?: readonly string[]} = {...question.filters};
  let name = question.groupBy.length === 0 ? 'total' : (account ?? '');
  for (const dimension of question.groupBy) {
    if (dimension === 'provider' || dimension === 'account') continue;
    if (dimension === 'kind') return 'a kind of usage is not split further here';
    const shown = text(DIMENSIONS[dimension].named ? `${dimension}_name` : dimension);
    const id = text(DIMENSIONS[dimension].named ? `${dimension}_id` : dimension);
    if (id === null || shown === OTHER.id || shown === UNATTRIBUTED.id)
      return `${shown ?? 'this row'} is what is left: it has no parts of its own`;
    filters[dimension] = [id];
    name = shown ?? id;
  }
  const owners = accounts.filter(candidate => account === null || candidate.name === account);
  const isOwner = question.groupBy.every(dimension => OWNERS.includes(dimension));
  const isWhole = question.groupBy.every(dimension => dimension === 'provider' || dimension === 'account');
  const order: readonly LabelDimension[] = isWhole ? ['project', ...PARTS] : isOwner ? PARTS : [];
  const next = order.find(dimension => !filters[dimension] && owners.some(able(dimension, filters)));
  return {
    name,
    question: {
      ...question,
      ...(next ? {groupBy: [next], bucket: null} : DAYS),
      filters,
      accounts: account === null ? question.accounts : [account],
      sort: undefined,
    },
  };
}

/** What a screen may be grouped by: whatever somebody can split by, the accounts, and days. */
export function groupingsOf(question: Question, accounts: readonly Account[]): Choice<Grouping>[] {
  const owners = accounts.filter(({name}) => question.accounts?.includes(name) ?? true);
  const dimensions = DIMENSION_NAMES.filter(dimension =>
    isIntrinsic(dimension)
      ? dimension !== 'kind' && owners.length > 1
      : owners.some(({driver}) => driver.sources.some(source => canSplit(source, dimension))),
  );
  const choices = dimensions.map(
    (dimension): Choice<Grouping> => ({
      label: DIMENSIONS[dimension].title,
      value: {groupBy: [dimension], bucket: null},
    }),
  );
  return [...choices, {label: 'Day', value: DAYS}, {label: 'Week', value: {groupBy: [], bucket: 'week'}}];
}

/** Whether an account bills by a dimension while these filters hold. */
const able =
  (dimension: LabelDimension, filters: Question['filters']) =>
  ({driver}: Account): boolean =>
    driver.sources.some(source => source.billed && canSplit(source, dimension) && canFilter(source, filters));

/** A source that splits by one dimension at a time can be filtered by no other, but by what its API filters itself. */
const canFilter = ({splits, filters: own}: ApiSource, filters: Question['filters']): boolean =>
  splits === 'any' ||
  (Object.keys(filters) as Dimension[]).every(key => (own as readonly Dimension[]).includes(key));
