import type {JsonObject} from '../json.ts';
import {COMPANY} from '../organization.ts';
import {opaque} from '../random.ts';
import {notFound} from './errors.ts';

/** Whose budget it is, as the `object` members say. */
export type Scope = 'organization' | 'project';

/** A hard limit, in cents a month. Throws the API's 404 where none is set. */
export function spendLimit(scope: Scope, limit: {cents: number; enforced: boolean} | undefined): JsonObject {
  if (!limit) throw notFound('Spend limit');
  return {
    object: `${scope}.spend_limit`,
    threshold_amount: limit.cents,
    currency: 'USD',
    interval: 'month',
    enforcement: {status: limit.enforced ? 'enforcing' : 'inactive'},
  };
}

/** Mails that are sent when a month's spend passes so many cents. */
export const spendAlerts = (
  scope: Scope,
  owner: string,
  cents: readonly number[],
): (JsonObject & {readonly id: string})[] =>
  cents.map(threshold_amount => ({
    id: `alert_${opaque(`alert ${owner} ${threshold_amount}`, 20)}`,
    object: `${scope}.spend_alert`,
    threshold_amount,
    currency: 'USD',
    interval: 'month',
    notification_channel: {type: 'email', recipients: [`finance@${COMPANY.domain}`], subject_prefix: null},
  }));
