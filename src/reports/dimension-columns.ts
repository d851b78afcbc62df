import {DIMENSIONS, type Dimension} from '../core/dimension.ts';
import type {Instant} from '../core/instant.ts';
import type {Query} from '../core/query.ts';
import {type LineColumn, NONE, text} from './column.ts';
import type {LabelText, Line} from './line.ts';

type Texts = (line: Line, dimension: Dimension) => LabelText;

/** Who reported it: always first. In a table the account is shown where it is grouped by, or goes by another name. */
export function originColumns(
  groupBy: readonly Dimension[],
  showAccounts: boolean,
  texts: Texts,
): LineColumn[] {
  return (['provider', 'account'] as const).map((dimension): LineColumn => {
    const grouped = groupBy.includes(dimension);
    return {
      key: dimension,
      title: DIMENSIONS[dimension].title,
      align: 'left',
      shown: dimension === 'provider' || grouped || showAccounts ? 'everywhere' : 'data',
      rank: grouped ? Math.min(1, groupBy.indexOf(dimension)) : dimension === 'provider' ? 3 : 4,
      description: `the ${dimension}; null where a row mixes several`,
      cell: line => text(grouped ? texts(line, dimension).name : line[dimension]),
      ...(grouped ? {footer: 'label'} : {}),
    };
  });
}

/** One column for a plain dimension; id and name for one whose values have both. */
export function dimensionColumns(groupBy: readonly Dimension[], texts: Texts): LineColumn[] {
  return groupBy.flatMap((dimension, index): LineColumn[] => {
    if (dimension === 'provider' || dimension === 'account') return [];
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
      type: 'instant',
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
      type: 'instant',
      align: 'left',
      shown: 'data',
      rank: 8,
      description: `end of the ${bucket}, not included`,
      cell: line => (line.bucket ? {type: 'instant', value: line.bucket.end, date: false} : NONE),
    },
    {
      key: 'provisional',
      title: 'Provisional',
      type: 'flag',
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
