import * as z from 'zod/mini';
import {ProviderError} from '../../core/errors.ts';
import {decimalSchema} from '../decimal-schema.ts';
import type {Schema} from '../driver.ts';
import {unwrap} from './unwrap.ts';

/** Empty, null and missing mean that the resource carries no such id. */
const groupId = z.nullish(z.string());
/** Documented as always there, but only the cost is worth failing for: what is missing is "not reported". */
const quantity = z.nullish(decimalSchema);

const rollupSchema = z.object({
  period_start: z.string(),
  period_end: z.string(),
  results: z.array(
    z.object({
      external_user_id: groupId,
      external_project_id: groupId,
      workspace_id: groupId,
      sandbox_seconds: quantity,
      computer_seconds: quantity,
      storage_gb_hours: quantity,
      credit_cents: decimalSchema,
    }),
  ),
});

export type Rollup = z.infer<typeof rollupSchema>;
export type RollupRow = Rollup['results'][number];

/**
 * Reads the answer of `/usage`, bare or in `data`. The docs describe a second contract for the same path, with dollars
 * and line items in a `data` list; taking that for an empty rollup would report no cost, so it is named.
 */
export const rollup: Schema<Rollup> = {
  parse(input) {
    if (isBillingContract(input)) {
      throw new ProviderError('bad_response', 'MIOSA answered /usage by its newer billing contract', {
        provider: 'miosa',
        rule: 'the rollup in credit cents is read; dollars with line items are not supported',
        hint: 'ask MIOSA whether this account can use the usage rollup',
      });
    }
    return rollupSchema.parse(unwrap(input));
  },
};

function isBillingContract(input: unknown): boolean {
  if (typeof input !== 'object' || input === null || !('data' in input) || !Array.isArray(input.data))
    return false;
  if ('currency' in input || 'period' in input) return true;
  return input.data.some(
    (row: unknown) => typeof row === 'object' && row !== null && ('total_usd' in row || 'line_items' in row),
  );
}
