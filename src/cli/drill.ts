import {
  DIMENSION_NAMES,
  DIMENSIONS,
  type Dimension,
  isIntrinsic,
  type LabelDimension,
} from '../core/dimension.ts';
import {OTHER, type Record, UNATTRIBUTED} from '../core/record.ts';
import type {Report, Row} from '../core/report.ts';
import {type Source as ApiSource, canSplit, type Driver, type SourceQuery} from '../drivers/driver.ts';
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
  const without = [...question.without];
  let name = question.groupBy.length === 0 ? 'total' : (account ?? '');
  for (const dimension of question.groupBy) {
    if (dimension === 'provider' || dimension === 'account') continue;
    if (dimension === 'kind') return 'a kind of usage is not split further here';
    const shown = text(DIMENSIONS[dimension].named ? `${dimension}_name` : dimension);
    const id = text(DIMENSIONS[dimension].named ? `${dimension}_id` : dimension);
    if (shown === UNATTRIBUTED.id && (id === null || id === shown)) {
      if (!without.includes(dimension)) without.push(dimension);
      name = shown;
      continue;
    }
    if (id === null || shown === OTHER.id)
      return `${shown ?? 'this row'} is what is left: it has no parts of its own`;
    filters[dimension] = [id];
    name = shown ?? id;
  }
  const owners = accounts.filter(candidate => account === null || candidate.name === account);
  const isOwner = question.groupBy.every(dimension => OWNERS.includes(dimension));
  const isWhole = question.groupBy.every(dimension => dimension === 'provider' || dimension === 'account');
  const order: readonly LabelDimension[] = isWhole ? ['project', ...PARTS] : isOwner ? PARTS : [];
  const isOpen = (dimension: LabelDimension) => !filters[dimension] && !without.includes(dimension);
  const next = order.find(
    dimension => isOpen(dimension) && owners.some(able(dimension, {...question, filters, without})),
  );
  return {
    name,
    question: {
      ...question,
      ...(next ? {groupBy: [next], bucket: null} : DAYS),
      filters,
      without,
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
      : owners.some(({driver}) =>
          unlabelled(driver, question).sources.some(source => canSplit(source, dimension)),
        ),
  );
  const choiceOf = (label: string, value: Grouping): Choice<Grouping> => ({
    label,
    value,
    isCurrent: value.bucket === question.bucket && value.groupBy.join() === question.groupBy.join(),
  });
  return [
    ...dimensions.map(dimension =>
      choiceOf(DIMENSIONS[dimension].title, {groupBy: [dimension], bucket: null}),
    ),
    choiceOf('Day', DAYS),
    choiceOf('Week', {groupBy: [], bucket: 'week'}),
  ];
}

type Scope = Pick<Question, 'filters' | 'without'>;

/**
 * A driver of which only those records are left that carry no label of `without`: what a row `(unattributed)` is made
 * of. No API can be asked for that, so its sources are split by those dimensions as well, and records are left out here.
 */
export function unlabelled(driver: Driver, scope: Scope): Driver {
  if (scope.without.length === 0) return driver;
  return {...driver, sources: driver.sources.map(source => unlabelledSource(source, scope))};
}

function unlabelledSource(source: ApiSource, {filters, without}: Scope): ApiSource {
  const possible = without.filter(dimension => canSplit(source, dimension));
  // Whoever splits by one dimension at a time did so for the row too: by a filter if there is one, else by the first.
  const told = source.splits === 'any' ? possible : canFilter(source, filters) ? possible.slice(0, 1) : [];
  if (told.length === 0) return source; // all that it has was in that row
  const isLeft = ({labels}: Record) => told.every(dimension => labels[dimension] === undefined);
  return {
    ...source,
    dimensions: source.splits === 'any' ? source.dimensions : [],
    slices: (query: SourceQuery) => source.slices({...query, split: [...new Set([...query.split, ...told])]}),
    fetch: async function* (slice, session) {
      for await (const records of source.fetch(slice, session)) yield records.filter(isLeft);
    },
  };
}

/** Whether an account bills by a dimension while these filters hold. */
const able =
  (dimension: LabelDimension, scope: Scope) =>
  ({driver}: Account): boolean =>
    unlabelled(driver, scope).sources.some(
      source => source.billed && canSplit(source, dimension) && canFilter(source, scope.filters),
    );

/** A source that splits by one dimension at a time can be filtered by no other, but by what its API filters itself. */
const canFilter = ({splits, filters: own}: ApiSource, filters: Scope['filters']): boolean =>
  splits === 'any' ||
  (Object.keys(filters) as Dimension[]).every(key => (own as readonly Dimension[]).includes(key));
