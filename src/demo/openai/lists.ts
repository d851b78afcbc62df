import {type Instant, SECOND_MS} from '../../core/instant.ts';
import {type DayNumber, midnight} from '../day.ts';
import type {JsonObject} from '../json.ts';
import {badParameter, notFound} from './errors.ts';
import type {Parameters} from './parameters.ts';

/** What all lists can be asked. */
export const LIST_PARAMETERS = ['limit', 'after'] as const;

/** Midnight of a day as the API gives times: Unix seconds. */
export const unixTime = (day: DayNumber): number => midnight(day) / SECOND_MS;
/** Now in Unix seconds. */
export const unixNow = (now: Instant): number => Math.floor(now / SECOND_MS);

/** One page of a list, after the item that `after` names. Items have an `id`. */
export function list(
  parameters: Parameters,
  items: readonly (JsonObject & {readonly id: string})[],
  least = 1,
): JsonObject {
  const limit = parameters.between('limit', least, 100, 20);
  const after = parameters.text('after');
  const previous = after === undefined ? -1 : items.findIndex(({id}) => id === after);
  if (after !== undefined && previous < 0)
    throw badParameter('after', `Invalid 'after': no item with id '${after}'.`);
  const data = items.slice(previous + 1, previous + 1 + limit);
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: previous + 1 + limit < items.length,
  };
}

/** Throws the API's 404 for what is not there. */
export function found<T>(item: T | undefined, what: string): T {
  if (item === undefined) throw notFound(what);
  return item;
}
