import {DIMENSION_NAMES, DIMENSIONS} from '../core/dimension.ts';
import {instant} from '../core/instant.ts';
import type {JsonSchema} from '../core/json-schema.ts';
import type {Column} from '../core/report.ts';
import {reportDocument, sheetDocument} from '../render/json-schema.ts';
import {describeProjects} from '../reports/projects.ts';
import {parseQuery} from './parse-query.ts';

const listed = (): readonly Column[] => describeProjects(parseQuery('costs', [], {}, instant(0)));

/** The JSON of `usage projects list`. */
export const projectsSchema = (): JsonSchema =>
  reportDocument('usage/projects@1', 'usage projects list: budgets and costs', listed());

/** What the members, items and budgets of a project hold besides text. */
const FIGURES: {readonly [key: string]: Column['type']} = {
  cost: 'money',
  share: 'share',
  budget: 'money',
  spent: 'money',
  remaining: 'money',
  used: 'share',
  enforced: 'flag',
};

const columns = (...keys: readonly string[]) =>
  keys.map(key => {
    const type = FIGURES[key];
    return {key, description: key.replaceAll('_', ' '), ...(type ? {type} : {})};
  });

/** The JSON of `usage projects show`. */
export const projectSchema = (): JsonSchema =>
  sheetDocument('usage/project@1', 'usage projects show: one project', {
    project: {shape: 'facts', columns: listed()},
    days: {shape: 'list', columns: columns('date', 'cost', 'currency')},
    members: {
      shape: 'list',
      columns: columns('user_id', 'user_name', 'email', 'role', 'cost', 'currency', 'share'),
    },
    items: {
      shape: 'list',
      optional: true,
      columns: columns(
        ...DIMENSION_NAMES.flatMap(name =>
          DIMENSIONS[name].named ? [`${name}_id`, `${name}_name`] : [name],
        ),
        ...['cost', 'currency', 'share'],
      ),
    },
    budgets: {
      shape: 'list',
      columns: columns(
        ...['scope', 'user_id', 'user_name', 'kind', 'budget', 'budget_period', 'spent', 'used'],
        ...['remaining', 'enforced', 'currency', 'remark'],
      ),
    },
  });
