import {
  COUNT,
  DECIMAL,
  described,
  INSTANT,
  jsonDocument,
  list,
  nullable,
  object,
  TEXT,
} from '../core/json-schema.ts';

/** The JSON of `usage focus import`. */
export const FOCUS_IMPORT_SCHEMA = jsonDocument(
  'usage/focus-import@1',
  'usage focus import: what a file holds',
  {
    source: TEXT,
    account: described('the name that it is kept under', nullable(TEXT)),
    focus_version: TEXT,
    rows: COUNT,
    start: nullable(INSTANT),
    end: nullable(INSTANT),
    providers: list(TEXT),
    totals: list(object({currency: TEXT, cost: DECIMAL, column: described('which cost it is', TEXT)})),
    group_by: list(TEXT),
    complaints: list(object({rule: TEXT, message: TEXT, first: nullable(TEXT)})),
  },
);
