import {instant} from '../core/instant.ts';
import type {JsonSchema} from '../core/json-schema.ts';
import {reportDocument, sheetDocument} from '../render/json-schema.ts';
import {describeSheet} from '../reports/project-sheet.ts';
import {describeProjects} from '../reports/projects.ts';
import {parseQuery} from './parse-query.ts';

/** Columns are the same for every period. */
const query = () => parseQuery('costs', [], {groupBy: ['project']}, instant(0));

/** The JSON Schema of `usage projects list`, from its columns. */
export const projectsSchema = (): JsonSchema =>
  reportDocument(
    'usage/projects@1',
    'usage projects: budgets and costs of every project',
    describeProjects(query()),
  );

/** The JSON Schema of `usage projects show`, from the columns of its sections. */
export const projectSchema = (): JsonSchema =>
  sheetDocument('usage/project@1', 'usage projects show: one project', describeSheet(query()));
