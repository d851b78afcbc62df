import * as z from 'zod/mini';
import {ProviderError} from '../../core/errors.ts';
import type {Decimal} from '../../core/money.ts';
import type {ProviderBudget} from '../../core/project.ts';
import {decimalSchema} from '../decimal-schema.ts';
import type {ProjectQuery, Schema, Session} from '../driver.ts';
import {ifVisible, type Part} from '../visible.ts';
import {CURRENCY} from './metrics.ts';
import {shapeless, unwrap} from './unwrap.ts';
import {getRollup} from './usage.ts';

/** There is no list of quotas, so each user is asked for: those with the highest cost, and no more than this. */
const MAX_USERS = 200;

const QUOTAS: Part = {
  what: 'quotas of users',
  needs: 'a key of the organization that may read quotas (msk_a_… or msk_p_…)',
};
const USAGE: Part = {...QUOTAS, what: 'users with quotas'};

const caps = {max_credit_cents: z.nullish(decimalSchema)};
const quotaSchema = z.object({
  external_user_id: z.nullish(z.string()),
  limits: z.optional(z.object(caps)),
  max_sandboxes: z.nullish(z.unknown()),
  ...caps,
});

/** The documents nest the limits, the SDKs do not. Null is no cap; undefined is not said. */
const cap: Schema<Decimal | null | undefined> = {
  parse(input) {
    const quota = quotaSchema.parse(unwrap(input));
    const {limits, max_credit_cents} = quota;
    if (Object.keys(quota).length === 0) throw shapeless('a quota');
    return limits ? limits.max_credit_cents : max_credit_cents;
  },
};

/** Users who used something in the window, most first. */
export async function spenders({window, now}: ProjectQuery, session: Session) {
  const {results} = await getRollup(window, {now}, 'external_user_id', session);
  return results.flatMap(({external_user_id: id, credit_cents}) => (id ? [{id, credits: credit_cents}] : []));
}

/** What each user may spend. The API does not say over which time. */
export async function quotas(query: ProjectQuery, session: Session): Promise<ProviderBudget[]> {
  const users = (await ifVisible(session, USAGE, () => spenders(query, session))) ?? [];
  if (users.length > MAX_USERS) {
    const message = `quotas are read of the ${MAX_USERS} users with the highest costs, out of ${users.length}`;
    session.note({level: 'warning', code: 'quotas_cut', message});
  }
  const found = await ifVisible(session, QUOTAS, () =>
    Promise.all(users.slice(0, MAX_USERS).map(({id}) => quotaOf(id, session))),
  );
  return (found ?? []).flat();
}

async function quotaOf(id: string, session: Session): Promise<ProviderBudget[]> {
  const limit = await capOf(id, session);
  if (limit === undefined) return [];
  const amount = limit === null ? ('unlimited' as const) : {amount: limit, currency: CURRENCY};
  return [{scope: {level: 'user', user: {id}}, kind: 'limit', amount, period: 'unknown'}];
}

/** A user without a quota is a 404. */
async function capOf(id: string, session: Session): Promise<Decimal | null | undefined> {
  try {
    return await session.get(`/quotas/external/${encodeURIComponent(id)}`, {schema: cap});
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'not_found') return undefined;
    throw error;
  }
}
