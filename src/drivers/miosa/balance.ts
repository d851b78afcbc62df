import * as z from 'zod/mini';
import {type Instant, parseInstant} from '../../core/instant.ts';
import type {Decimal} from '../../core/money.ts';
import {decimalSchema} from '../decimal-schema.ts';
import type {Schema} from '../driver.ts';
import {unwrap} from './unwrap.ts';

const amount = z.nullish(decimalSchema);
const text = z.nullish(z.string());

/** The docs and the SDKs disagree on the name of the balance. */
const balanceSchema = z.object({
  tenant_id: text,
  balance_credits: amount,
  balance: amount,
  lifetime_earned: amount,
  lifetime_spent: amount,
  credit_expiry_at: text,
  expires_at: text,
});

interface Balance {
  readonly tenant: string | undefined;
  /** Credits, all of them; credits are not credit cents. */
  readonly credits: Decimal | undefined;
  readonly earned: Decimal | undefined;
  readonly spent: Decimal | undefined;
  readonly expires: Instant | undefined;
}

/** The answer of `/credits/balance`. */
export const balance: Schema<Balance> = {
  parse(input) {
    const {tenant_id, lifetime_earned, lifetime_spent, ...answer} = balanceSchema.parse(unwrap(input));
    const expiry = answer.credit_expiry_at ?? answer.expires_at;
    return {
      tenant: tenant_id ?? undefined,
      credits: answer.balance_credits ?? answer.balance ?? undefined,
      earned: lifetime_earned ?? undefined,
      spent: lifetime_spent ?? undefined,
      expires: expiry ? parseInstant(expiry) : undefined,
    };
  },
};
