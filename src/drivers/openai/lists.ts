import * as z from 'zod/mini';
import {ProviderError} from '../../core/errors.ts';
import type {QueryParams, Session} from '../driver.ts';
import {paginate} from '../paginate.ts';

/** The most that one page of a list may hold. */
const PAGE_SIZE = 100;

/**
 * Follows one of the admin lists, page by page. `last_id` is optional there and may be null; the id of the last item
 * is the same cursor. Throws ProviderError for a cursor that repeats, or that is missing while there is more.
 */
export const listPages = <Item extends {readonly id: string}>(
  session: Session,
  path: string,
  item: z.ZodMiniType<Item>,
  params: QueryParams = {},
): AsyncGenerator<readonly Item[]> => {
  const schema = z.object({data: z.array(item), has_more: z.boolean(), last_id: z.nullish(z.string())});
  return paginate(async after => {
    const {data, has_more, last_id} = await session.get(path, {
      query: {limit: PAGE_SIZE, ...params, after},
      schema,
    });
    const next = has_more ? last_id || data.at(-1)?.id : undefined;
    if (has_more && !next) {
      throw new ProviderError(
        'bad_response',
        `OpenAI answered ${path} with more pages to come, but does not say which`,
        {
          provider: 'openai',
        },
      );
    }
    return {content: data, next};
  });
};
