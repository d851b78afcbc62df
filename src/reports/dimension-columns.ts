import {DIMENSIONS, type Dimension} from '../core/dimension.ts';
import type {Instant} from '../core/instant.ts';
import type {Query} from '../core/query.ts';
import {type LineColumn, NONE, text} from './column.ts';
import type {LabelText, Line} from './line.ts';

type Texts = (line: Line, dimension: Dimension) => LabelText;

/** Who reported it. In a table the account is shown only where accounts go by other names than their providers. */
export function originColumns(groupBy: readonly Dimension[], showAccounts: boolean): LineColumn[] {
  const columns: LineColumn[] = [];
  if (!groupBy.includes('provider')) {
    columns.push({
      key: 'provider',
      title: 'Provider',
      align: 'left',
      shown: 'everywhere',
      rank: 3,
      description: 'the provider; null where a row mixes several',
      cell: line => text(line.provider),
    });
  }
  if (!groupBy.includes('account')) {
    columns.push({
      key: 'account',
      title: 'Account',
      align: 'left',
      shown: showAccounts ? 'everywhere' : 'data',
      rank: 4,
      description: 'the account; null where a row mixes several',
      cell: line => text(line.account),
    });
  }
  return columns;
}

/** One column for a plain dimension; id and name for one whose values have both. */
export function dimensionColumns(groupBy: readonly Dimension[], texts: Texts): LineColumn[] {
  return groupBy.flatMap((dimension, index): LineColumn[] => {
    const {title, named} = DIMENSIONS[dimension];
    const common = {align: 'left', rank: index === 0 ? 0 : 1} as const;
    if (!named) {
      return [
        {
          ...common,
          key: dimension,
          title,
          shown: 'everywhere',
          description: `the ${title.toLowerCase()}`,
          cell: line => text(texts(line, dimension).name),
          footer: 'label',
        },
      ];
    }
    return [
      {
        ...common,
        key: `${dimension}_id`,
        title: `${title} id`,
        shown: 'data',
        description: `what the provider calls the ${title.toLowerCase()}; null for (other) and (unattributed)`,
        cell: line => text(texts(line, dimension).id),
      },
      {
        ...common,
        key: `${dimension}_name`,
        title,
        shown: 'everywhere',
        description: `the name of the ${title.toLowerCase()}, if it has one; or (other), (unattributed)`,
        cell: line => {
          const {name, display} = texts(line, dimension);
          return text(name, display);
        },
        footer: 'label',
      },
    ];
  });
}

/** The bucket that a row is about, and whether its figures may still change. */
export function bucketColumns({bucket}: Query, provisionalFrom: Instant | undefined): LineColumn[] {
  if (bucket === null) return [];
  const date = bucket !== 'minute' && bucket !== 'hour';
  const at = (value: Instant | undefined) =>
    value === undefined ? NONE : ({type: 'instant', value, date} as const);
  return [
    {
      key: 'bucket_start',
      title: bucket.replace(/^./, first => first.toUpperCase()),
      align: 'left',
      shown: 'everywhere',
      rank: 0,
      description: `start of the ${bucket}`,
      cell: line => at(line.bucket?.start),
      footer: 'label',
    },
    {
      key: 'bucket_end',
      title: 'Until',
      align: 'left',
      shown: 'data',
      rank: 8,
      description: `end of the ${bucket}, not included`,
      cell: line => (line.bucket ? {type: 'instant', value: line.bucket.end, date: false} : NONE),
    },
    {
      key: 'provisional',
      title: 'Provisional',
      align: 'left',
      shown: 'data',
      rank: 8,
      description: `whether the figures of the ${bucket} may still change`,
      cell: line => ({
        type: 'flag',
        value:
          provisionalFrom !== undefined && line.bucket !== undefined && line.bucket.end > provisionalFrom,
      }),
    },
  ];
}
