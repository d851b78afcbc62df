import type {Column, Row} from '../core/report.ts';

/** A column without a single value tells people nothing and takes the room of others. Machines keep it. */
export function withoutVoid(column: Column, index: number, rows: readonly Row[]): Column {
  if (column.rank === 0 || rows.length === 0 || rows.some(row => row[index]?.type !== 'none')) return column;
  const without = {everywhere: 'data', data: 'data', table: 'nowhere', nowhere: 'nowhere'} as const;
  return {...column, shown: without[column.shown]};
}
