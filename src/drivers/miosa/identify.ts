import {ProviderError} from '../../core/errors.ts';
import type {Session} from '../driver.ts';
import {balance} from './balance.ts';

/** The organization of the key and its credits: "tenant 3f2a…, 1500 credits". Credits are not credit cents. */
export async function identify(session: Session): Promise<string> {
  const {tenant, credits} = await session.get('/credits/balance', {schema: balance});
  const known = [tenant && `tenant ${tenant}`, credits && `${credits} credits`].filter(Boolean);
  if (known.length > 0) return known.join(', ');
  throw new ProviderError('bad_response', 'MIOSA answered /credits/balance without tenant and balance', {
    provider: 'miosa',
  });
}
