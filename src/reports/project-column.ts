import type {Cell, Column} from '../core/report.ts';
import type {ProjectLine} from './project-lines.ts';

/** A column of the list of projects. */
export interface ProjectColumn extends Column {
  cell(line: ProjectLine): Cell;
  readonly footer?: 'label' | 'cost';
}

type Spec = Pick<Column, 'key' | 'title' | 'rank' | 'description'> & {
  readonly type?: NonNullable<Column['type']>;
  readonly right?: boolean;
  readonly shown?: Column['shown'];
  readonly footer?: 'label' | 'cost';
  cell(line: ProjectLine): Cell;
};

export const column = ({right = false, shown = 'everywhere', ...rest}: Spec): ProjectColumn => ({
  ...rest,
  align: right ? 'right' : 'left',
  shown,
});
