import * as z from 'zod/mini';
import {type Instant, parseDate, parseInstant, startOfDay} from '../../core/instant.ts';
import type {Currency} from '../../core/money.ts';
import {decimalSchema} from '../decimal-schema.ts';

/*
 * `GET /organizations/{id}/usage`, both published versions at once: May 2026 (one `amount`, in USD or `usage_unit`) and
 * September 2026 (`amount_unit` and `amounts[]` as well). IonQ's own schema requires properties that no answer has, and
 * its example breaks its rules, so only what figures are made of is required here.
 */

const UNIT = /^[A-Z][A-Z_]{0,31}$/;

/** A unit in the spelling that all amounts of it share: IonQ writes `usd` and `USD`, and credits in several ways. */
function readUnit(text: string): Currency | undefined {
  const unit = text.trim().toUpperCase().replace(/[ -]/g, '_');
  if (!UNIT.test(unit)) return undefined;
  return unit === 'CREDIT' ? 'CREDITS' : unit;
}

export const unitSchema = z.pipe(
  z.string(),
  z.transform((input, context): Currency => {
    const unit = readUnit(input);
    if (unit !== undefined) return unit;
    context.issues.push({code: 'custom', message: 'is no unit of money', input});
    return z.NEVER;
  }),
);

/** A blank unit says nothing, and is not the name of one. */
export const optionalUnit = z.nullish(
  z.union([
    unitSchema,
    z.pipe(
      z.string().check(z.regex(/^\s*$/)),
      z.transform(() => undefined),
    ),
  ]),
);

/** A calendar day as `YYYY-MM-DD`, or as the instant that begins it. */
const daySchema = z.pipe(
  z.string(),
  z.transform((input, context): Instant => {
    const day = parseDate(input) ?? parseInstant(input);
    if (day !== undefined && startOfDay(day) === day) return day;
    context.issues.push({code: 'custom', message: 'is no calendar day', input});
    return z.NEVER;
  }),
);

const amountsSchema = z.nullish(z.array(z.object({amount: decimalSchema, unit: unitSchema})));

const groupSchema = z.object({
  group_id: z.nullish(z.string()),
  group_name: z.nullish(z.string()),
  job_count: z.nullish(decimalSchema),
  /** Microseconds, with a fraction. */
  time_us: z.nullish(decimalSchema),
  amount: z.nullish(decimalSchema),
  amount_unit: optionalUnit,
  amounts: amountsSchema,
});

const bucketSchema = z.object({
  from: daySchema,
  job_count: decimalSchema,
  time_us: decimalSchema,
  amount: decimalSchema,
  amount_unit: optionalUnit,
  amounts: amountsSchema,
  /** The five largest by cost. */
  group_usages: z.array(groupSchema),
});

export const usagesSchema = z.object({
  group_type: z.string(),
  modality: z.string(),
  usage_from: z.nullish(z.string()),
  usage_to: z.nullish(z.string()),
  amount_total: z.nullish(decimalSchema),
  time_us_total: z.nullish(decimalSchema),
  job_count: z.nullish(decimalSchema),
  usage_unit: optionalUnit,
  amount_totals: amountsSchema,
  usage_data: z.array(bucketSchema),
});

export type Usages = z.infer<typeof usagesSchema>;
/** A day, week or month. Its figures are those of all groups, listed or not. */
export type Bucket = z.infer<typeof bucketSchema>;
export type Group = z.infer<typeof groupSchema>;
