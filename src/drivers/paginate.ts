import {ProviderError} from '../core/errors.ts';

/** More pages than any honest list has: a hundred thousand projects. A server that never ends must not run us out of time. */
const MAX_PAGES = 1_000;

/** One page as a driver read it, with the cursor of the next one, if there is one. */
export interface Page<T> {
  readonly content: T;
  readonly next: string | undefined;
}

/**
 * Follows cursors until there is none. A cursor that comes twice would give rows twice or never end, so it is an error.
 * @param read gets the page of a cursor; undefined means the first.
 * @param most pages that an honest answer may have.
 */
export async function* paginate<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  most = MAX_PAGES,
): AsyncGenerator<T> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    yield page.content;
    cursor = page.next;
    if (cursor !== undefined) {
      if (seen.has(cursor)) throw new ProviderError('repeated_cursor', 'the answer repeats a page cursor');
      seen.add(cursor);
      if (seen.size >= most)
        throw new ProviderError('bad_response', `the answer has more than ${most} pages`);
    }
  } while (cursor !== undefined);
}
