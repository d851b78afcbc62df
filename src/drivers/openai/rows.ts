import * as z from 'zod/mini';
import type {LabelDimension} from '../../core/dimension.ts';
import {type Decimal, type Money, parseDecimal} from '../../core/money.ts';
import type {Label, Labels, Record} from '../../core/record.ts';
import {decimalSchema} from '../decimal-schema.ts';
import type {Endpoint} from './endpoints.ts';
import {fieldsOf} from './wire.ts';

type Fields = {readonly [field: string]: unknown};
type LabelFields = readonly (readonly [LabelDimension, string])[];

const optionalText = z.nullish(z.string());

/**
 * A row of costs. Amount and currency are required, although the API's description calls them optional: a row without
 * them would be a smaller total that nobody sees, and a currency must not be guessed.
 */
export const costsRow = (split: readonly LabelDimension[]) => {
  const fields = fieldsOf(split);
  return z.pipe(
    z.object({
      amount: z.object({value: decimalSchema, currency: z.string().check(z.regex(/^[a-z]{3}$/i))}),
      project_id: optionalText,
      line_item: optionalText,
      api_key_id: optionalText,
    }),
    z.transform(({amount, ...row}): {readonly labels: Labels; readonly cost: Money} => ({
      labels: readLabels(row, fields),
      cost: {amount: amount.value, currency: amount.currency.toUpperCase()},
    })),
  );
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
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return refuse([]);
    const row = input as Fields;
    const wrong = fields.find(([, field]) => !isLabelValue(row[field]));
    if (wrong) return refuse([wrong[1]]);
    const quantities: {[metric: string]: Decimal} = {};
    for (const {name, former, required: needed} of names) {
      const value = row[name] ?? (former === undefined ? undefined : row[former]);
      if (value === undefined || value === null) {
        if (needed) return refuse([name]);
        continue;
      }
      const quantity =
        typeof value === 'number' || typeof value === 'string' ? parseDecimal(value) : undefined;
      if (quantity === undefined) return refuse([name], 'is no plain number within reach');
      quantities[name] = quantity;
    }
    return {labels: readLabels(row, fields), quantities};
  });
};

const isLabelValue = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean';

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
