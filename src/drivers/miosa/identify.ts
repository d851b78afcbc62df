import * as z from 'zod/mini';
import {ProviderError} from '../../core/errors.ts';
import type {Decimal} from '../../core/money.ts';
import {decimalSchema} from '../decimal-schema.ts';
import type {Schema, Session} from '../driver.ts';
import {unwrap} from './unwrap.ts';

/** The docs and the SDKs disagree on the name of the balance. */
const balanceSchema = z.object({
  tenant_id: z.nullish(z.string()),
  balance_credits: z.nullish(decimalSchema),
  balance: z.nullish(decimalSchema),
});

interface Balance {
  readonly tenant: string | undefined;
  readonly credits: Decimal | undefined;
}

const balance: Schema<Balance> = {
  parse(input) {
    const {tenant_id, balance_credits, balance} = balanceSchema.parse(unwrap(input));
    return {tenant: tenant_id ?? undefined, credits: balance_credits ?? balance ?? undefined};
  },
};

/** The organization of the key and its credits: "tenant 3f2a…, 1500 credits". Credits are not credit cents. */
export async function identify(session: Session): Promise<string> {
  const {tenant, credits} = await session.get('/credits/balance', {schema: balance});
  const known = [tenant && `tenant ${tenant}`, credits && `${credits} credits`].filter(Boolean);
  if (known.length > 0) return known.join(', ');
  throw new ProviderError('bad_response', 'MIOSA answered /credits/balance without tenant and balance', {
    provider: 'miosa',
  });
}
