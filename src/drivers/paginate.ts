import {ProviderError} from '../core/errors.ts';

/** More pages than any honest answer has; a server that never ends must not run us out of time. */
const MAX_PAGES = 10_000;

/** One page as a driver read it, with the cursor of the next one, if there is one. */
export interface Page<T> {
  readonly content: T;
  readonly next: string | undefined;
}

/**
 * Follows cursors until there is none. A cursor that comes twice would give rows twice or never end, so it is an error.
 * @param read gets the page of a cursor; undefined means the first.
 */
export async function* paginate<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    yield page.content;
    cursor = page.next;
    if (cursor !== undefined) {
      if (seen.has(cursor)) throw new ProviderError('repeated_cursor', 'the answer repeats a page cursor');
      if (seen.size >= MAX_PAGES)
        throw new ProviderError('bad_response', `the answer has more than ${MAX_PAGES} pages`);
      seen.add(cursor);
    }
  } while (cursor !== undefined);
}
