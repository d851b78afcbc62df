import * as z from 'zod/mini';
import {type Decimal, parseDecimal} from '../core/money.ts';

/** A number or the text of one, as providers send them; gives the exact decimal. NaN, "" and " 1" are refused. */
export const decimalSchema = z.pipe(
  z.union([z.number(), z.string()]),
  z.transform((input, context): Decimal => {
    const value = parseDecimal(input);
    if (value !== undefined) return value;
    context.issues.push({code: 'custom', message: 'is no plain number within reach', input});
    return z.NEVER;
  }),
);
