import {instant} from '../core/instant.ts';
import {DECIMAL, FLAG, INSTANT, type JsonSchema, list, nullable, object, TEXT} from '../core/json-schema.ts';
import {reportDocument} from '../render/json-schema.ts';
import {describeProjects} from '../reports/projects.ts';
import {parseQuery} from './parse-query.ts';

/** The JSON Schema of the list of projects. */
export const projectsSchema = (): JsonSchema =>
  reportDocument(
    'usage/projects@1',
    'usage projects: state, budget, costs, what is left',
    describeProjects(parseQuery('costs', [], {groupBy: ['project']}, instant(0))),
  );

const optional = (fields: {readonly [key: string]: JsonSchema}): JsonSchema =>
  object({}, Object.fromEntries(Object.entries(fields).map(([key, schema]) => [key, nullable(schema)])));
const COST = {cost: DECIMAL, currency: TEXT};

/** The JSON Schema of one project: the envelope of the list, with sections instead of rows. */
export function projectSchema(): JsonSchema {
  const {properties, required, ...rest} = projectsSchema();
  const envelope = isRecord(properties) ? properties : {};
  const {rows: _rows, compare: _compare, group_by: _groups, bucket: _bucket, ...kept} = envelope;
  const sections = {
    project: {$ref: '#/$defs/row'},
    days: list(optional({date: TEXT, ...COST})),
    members: list(
      optional({user_id: TEXT, user_name: TEXT, email: TEXT, role: TEXT, ...COST, share: DECIMAL}),
    ),
    budgets: list(
      optional({
        scope: TEXT,
        user_id: TEXT,
        user_name: TEXT,
        kind: TEXT,
        budget: DECIMAL,
        budget_period: TEXT,
        spent: DECIMAL,
        used: DECIMAL,
        remaining: DECIMAL,
        enforced: FLAG,
        currency: TEXT,
        remark: TEXT,
      }),
    ),
  };
  // What a project is billed for is told by some providers only, as line items or as jobs.
  const items = list(optional({line_item: TEXT, job_id: TEXT, job_name: TEXT, ...COST, share: DECIMAL}));
  return {
    ...rest,
    title: 'usage projects show: one project, its members, budgets, days and items',
    properties: {
      ...kept,
      schema: {const: 'usage/project@1'},
      generated_at: INSTANT,
      ...sections,
      items,
    },
    required: [...Object.keys(kept), ...Object.keys(sections)],
  };
}

const isRecord = (value: unknown): value is {readonly [key: string]: JsonSchema} =>
  typeof value === 'object' && value !== null;
