import * as z from 'zod/mini';
import type {LabelDimension} from '../../core/dimension.ts';
import {type Decimal, type Money, parseDecimal} from '../../core/money.ts';
import type {Label, Labels, Record} from '../../core/record.ts';
import type {Endpoint} from './endpoints.ts';
import {fieldsOf} from './wire.ts';

type Fields = {readonly [field: string]: unknown};
type LabelFields = readonly (readonly [LabelDimension, string])[];

type CostsRow = Pick<Record, 'labels' | 'billedFor' | 'payer'> & {readonly cost: Money};

/** Looked at whether asked for or not: a label of another type is another shape. */
const COST_LABELS = ['project_id', 'line_item', 'api_key_id'];
const CURRENCY = /^[a-z]{3}$/i;
const WRONG_NUMBER = 'is no plain number within reach';

/**
 * A row of costs. Amount and currency are required, although the API's description calls them optional: a row without
 * them would be a smaller total that nobody sees, and a currency must not be guessed. What it was billed for need not
 * be told, but must be a number if it is.
 */
export const costsRow = (split: readonly LabelDimension[]) => {
  const fields = fieldsOf(split);
  return z.transform((input: unknown, context): CostsRow => {
    const refuse = (path: string[], message?: string) => {
      context.issues.push({code: 'custom', path, input, ...(message && {message})});
      return z.NEVER;
    };
    if (!isObject(input)) return refuse([]);
    const {amount, quantity, quantity_unit: unit, organization_id: payer} = input;
    if (!isObject(amount)) return refuse(['amount']);
    const value = readDecimal(amount.value);
    if (value === undefined) return refuse(['amount', 'value'], WRONG_NUMBER);
    const {currency} = amount;
    if (typeof currency !== 'string' || !CURRENCY.test(currency)) return refuse(['amount', 'currency']);
    const wrong = COST_LABELS.find(field => !isOptionalText(input[field]));
    if (wrong) return refuse([wrong]);
    const billed = quantity === null || quantity === undefined ? undefined : readDecimal(quantity);
    if (billed === undefined && quantity !== null && quantity !== undefined)
      return refuse(['quantity'], WRONG_NUMBER);
    return {
      labels: readLabels(input, fields),
      cost: {amount: value, currency: currency.toUpperCase()},
      ...(billed !== undefined && {
        billedFor: {quantity: billed, ...(typeof unit === 'string' && unit && {unit})},
      }),
      ...(typeof payer === 'string' && payer && {payer}),
    };
  });
};

/**
 * A row of usage, read in one pass: a schema for each of its two dozen fields takes four times as long, which a
 * million rows make felt. An issue names the field, as those of zod do.
 */
export const usageRow = ({metrics, required, formerly = {}}: Endpoint, split: readonly LabelDimension[]) => {
  const fields = fieldsOf(split);
  const names = metrics.map(({name}) => ({name, former: formerly[name], required: required.includes(name)}));
  return z.transform((input: unknown, context): Required<Pick<Record, 'labels' | 'quantities'>> => {
    const refuse = (path: string[], message?: string) => {
      context.issues.push({code: 'custom', path, input, ...(message && {message})});
      return z.NEVER;
    };
    if (!isObject(input)) return refuse([]);
    const row = input;
    const wrong = fields.find(([, field]) => !isLabelValue(row[field]));
    if (wrong) return refuse([wrong[1]]);
    const quantities: {[metric: string]: Decimal} = {};
    for (const {name, former, required: needed} of names) {
      const value = row[name] ?? (former === undefined ? undefined : row[former]);
      if (value === undefined || value === null) {
        if (needed) return refuse([name]);
        continue;
      }
      const quantity = readDecimal(value);
      if (quantity === undefined) return refuse([name], WRONG_NUMBER);
      quantities[name] = quantity;
    }
    return {labels: readLabels(row, fields), quantities};
  });
};

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readDecimal = (value: unknown): Decimal | undefined =>
  typeof value === 'number' || typeof value === 'string' ? parseDecimal(value) : undefined;

const isOptionalText = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string';
const isLabelValue = (value: unknown): boolean => isOptionalText(value) || typeof value === 'boolean';

/**
 * The labels that were asked for. Others may be filled as well: `group_by=line_item` alone has been seen to split by
 * project. Null and "" mean that the API does not say.
 */
function readLabels(row: Fields, fields: LabelFields): Labels {
  const labels: {[D in LabelDimension]?: Label} = {};
  for (const [dimension, field] of fields) {
    const value = row[field];
    if (typeof value === 'boolean') labels[dimension] = {id: String(value)};
    else if (typeof value === 'string' && value !== '') labels[dimension] = {id: value};
  }
  return labels;
}
