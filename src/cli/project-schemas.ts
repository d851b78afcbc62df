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
const DAY = {date: TEXT, ...COST};
const MEMBER = {user_id: TEXT, user_name: TEXT, email: TEXT, role: TEXT, ...COST, share: DECIMAL};
/** What a project is billed for is told by some providers only, as line items or as jobs. */
const ITEM = {line_item: TEXT, job_id: TEXT, job_name: TEXT, ...COST, share: DECIMAL};
const BUDGET = {
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
};

/** The JSON Schema of one project: the envelope of the list, with sections instead of rows. */
export function projectSchema(): JsonSchema {
  const {properties, required: _required, $defs, ...rest} = projectsSchema();
  const {rows: _rows, compare: _compare, group_by: _groups, bucket: _bucket, ...kept} = membersOf(properties);
  const {row = {}, ...defs} = membersOf($defs);
  const sections = {
    project: {$ref: '#/$defs/project'},
    days: list(optional(DAY)),
    members: list(optional(MEMBER)),
    budgets: list(optional(BUDGET)),
  };
  const flat = optional({section: TEXT, ...DAY, ...MEMBER, ...ITEM, ...BUDGET});
  return {
    ...rest,
    title: 'usage projects show: one project, its members, budgets, days and items',
    properties: {
      ...kept,
      schema: {const: 'usage/project@1'},
      generated_at: INSTANT,
      ...sections,
      items: list(optional(ITEM)),
    },
    required: [...Object.keys(kept), ...Object.keys(sections)],
    // A line of NDJSON has the fields of every section.
    $defs: {
      ...defs,
      project: row,
      row: {...flat, properties: {...membersOf(row.properties), ...membersOf(flat.properties)}},
    },
  };
}

const membersOf = (value: unknown): {readonly [key: string]: JsonSchema} => (isRecord(value) ? value : {});

const isRecord = (value: unknown): value is {readonly [key: string]: JsonSchema} =>
  typeof value === 'object' && value !== null;
