import * as z from 'zod/mini';
import type {LabelDimension} from '../../core/dimension.ts';
import {type Currency, type Decimal, type Money, parseDecimal} from '../../core/money.ts';
import type {Label, Labels, Record} from '../../core/record.ts';
import type {Endpoint} from './endpoints.ts';
import {fieldsOf} from './wire.ts';

type Fields = {readonly [field: string]: unknown};
type LabelFields = readonly (readonly [LabelDimension, string])[];

export type CostsRow = Pick<Record, 'labels' | 'billedFor' | 'payer'> & {readonly cost: Money};
/** Something that is still being put together. */
export type Draft<T> = {-readonly [K in keyof T]: T[K]};
type UsageRow = Required<Pick<Record, 'labels' | 'quantities'>>;

/** Refuses a row: names the field, as an issue of zod does. What it gives stands for the row that is not there. */
type Refuse = (path: readonly string[], message?: string) => never;

/** Looked at whether asked for or not: a label of another type is another shape. */
const COST_LABELS = ['project_id', 'line_item', 'api_key_id'];
const CURRENCY = /^[a-z]{3}$/i;
const WRONG_NUMBER = 'is no plain number within reach';

/**
 * All rows of a bucket, read in one pass by one function: a schema for each field takes four times as long, one for
 * each row twice, which a million rows make felt.
 */
const rowsOf = <Row>(read: (row: unknown, refuse: Refuse) => Row) =>
  z.transform((input: unknown, context): readonly Row[] => {
    let place = 0;
    const refuse: Refuse = (path, message) => {
      context.issues.push({code: 'custom', path: [place, ...path], input, ...(message && {message})});
      return z.NEVER;
    };
    if (!Array.isArray(input)) {
      context.issues.push({code: 'custom', path: [], input});
      return z.NEVER;
    }
    const rows: Row[] = [];
    for (; place < input.length; place++) rows.push(read(input[place], refuse));
    return rows;
  });

/**
 * Rows of costs. Amount and currency are required, although the API's description calls them optional: a row without
 * them would be a smaller total that nobody sees, and a currency must not be guessed. What it was billed for need not
 * be told, but must be a number if it is.
 */
export const costsRows = (split: readonly LabelDimension[]) => {
  const fields = fieldsOf(split);
  const currencies = new Map<string, Currency>();
  return rowsOf((input, refuse): CostsRow => {
    if (!isObject(input)) return refuse([]);
    const {amount, quantity, quantity_unit: unit, organization_id: payer} = input;
    if (!isObject(amount)) return refuse(['amount']);
    const value = readDecimal(amount.value);
    if (value === undefined) return refuse(['amount', 'value'], WRONG_NUMBER);
    if (typeof amount.currency !== 'string') return refuse(['amount', 'currency']);
    let currency = currencies.get(amount.currency);
    if (currency === undefined) {
      if (!CURRENCY.test(amount.currency)) return refuse(['amount', 'currency']);
      currency = amount.currency.toUpperCase();
      currencies.set(amount.currency, currency);
    }
    for (const field of COST_LABELS) if (!isOptionalText(input[field])) return refuse([field]);
    const billed = quantity === null || quantity === undefined ? undefined : readDecimal(quantity);
    if (billed === undefined && quantity !== null && quantity !== undefined)
      return refuse(['quantity'], WRONG_NUMBER);
    // Set one after the other: spreading what may be missing into a literal takes several times as long.
    const row: Draft<CostsRow> = {labels: readLabels(input, fields), cost: {amount: value, currency}};
    if (billed !== undefined)
      row.billedFor = typeof unit === 'string' && unit ? {quantity: billed, unit} : {quantity: billed};
    if (typeof payer === 'string' && payer) row.payer = payer;
    return row;
  });
};

/** Rows of usage: every metric that a row has, those that it must have among them. */
export const usageRows = ({metrics, required, formerly = {}}: Endpoint, split: readonly LabelDimension[]) => {
  const fields = fieldsOf(split);
  const names = metrics.map(({name}) => ({name, former: formerly[name], required: required.includes(name)}));
  return rowsOf((row, refuse): UsageRow => {
    if (!isObject(row)) return refuse([]);
    for (const [, field] of fields) if (!isLabelValue(row[field])) return refuse([field]);
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
