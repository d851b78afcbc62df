import {formatInstant} from '../core/instant.ts';
import type {Decimal} from '../core/money.ts';
import type {Cell, QuantitiesByKind} from '../core/report.ts';

// Legal in JSON, but live on a terminal: DEL and the C1 controls, line separators, bidi controls.
const LIVE = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const NOTHING_TO_ESCAPE = /^[ !#-[\]-~]*$/;
const unicodeEscape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A JSON string that holds exactly this text and in which nothing is live on a terminal. */
export const jsonString = (text: string): string =>
  NOTHING_TO_ESCAPE.test(text) ? `"${text}"` : JSON.stringify(text).replace(LIVE, unicodeEscape);

/** How compound values are spaced: `jq -c` style for lines and cells, airy for documents that people open. */
export interface Spacing {
  readonly comma: string;
  readonly colon: string;
}

export const DENSE: Spacing = {comma: ',', colon: ':'};
export const AIRY: Spacing = {comma: ', ', colon: ': '};

/** The exact value of a cell as JSON text. A figure is a number whose text is the exact decimal, without exponent. */
export function jsonOf(cell: Cell, spacing: Spacing = DENSE): string {
  switch (cell.type) {
    case 'none':
    case 'bound':
      return 'null';
    case 'text':
      return cell.value === null ? 'null' : jsonString(cell.value);
    case 'money':
      return cell.amount;
    case 'quantity':
    case 'share':
    case 'change':
    case 'percent':
    case 'bar':
      return cell.value;
    case 'state':
      return jsonString(cell.value);
    case 'instant':
      return `"${formatInstant(cell.value)}"`;
    case 'flag':
      return String(cell.value);
    case 'series':
      return `[${cell.values.map(value => value ?? 'null').join(spacing.comma)}]`;
    case 'quantities':
      return quantitiesJson(cell.values, spacing);
  }
}

/** The members of an object as JSON text; the values are JSON text already. */
export const jsonObject = (members: Iterable<readonly [string, string]>, spacing: Spacing): string =>
  `{${Array.from(members, ([key, json]) => jsonString(key) + spacing.colon + json).join(spacing.comma)}}`;

// Built as text, so that no key, `__proto__` included, is ever set on an object.
function quantitiesJson(values: QuantitiesByKind, spacing: Spacing): string {
  const metrics = (kind: {readonly [metric: string]: Decimal}): string =>
    jsonObject(Object.entries(kind), spacing);
  return jsonObject(
    Object.entries(values).map(([kind, amounts]) => [kind, metrics(amounts)] as const),
    spacing,
  );
}

// A spreadsheet runs a cell that starts with one of these. An apostrophe before one is taken for ours when it is read
// back, so it gets another.
const FORMULA = /^'*[=+\-@\t\r]/;
const defused = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/**
 * The exact value of a cell as CSV text, not yet quoted. Only text can be a formula: a figure keeps its minus sign.
 * `clean` sees the text first, where it must not reach its reader as it is.
 */
export function csvOf(cell: Cell, clean: (text: string) => string = text => text): string {
  switch (cell.type) {
    case 'none':
    case 'bound':
      return '';
    case 'state':
      return cell.value;
    case 'text':
      return cell.value === null ? '' : defused(clean(cell.value));
    case 'instant':
      return formatInstant(cell.value);
    default:
      return jsonOf(cell);
  }
}
