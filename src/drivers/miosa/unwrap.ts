import {ProviderError} from '../../core/errors.ts';

/** Single objects come bare or as `{data: {…}}`, depending on the page of the docs. Anything else stays as it is. */
export function unwrap(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('data' in input)) return input;
  const {data} = input;
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? data : input;
}

/** For an answer in which everything may be missing, and all of it is: that is no answer, and not one that says nothing. */
export const shapeless = (what: string): ProviderError =>
  new ProviderError('bad_response', `MIOSA answered something else than ${what}`, {provider: 'miosa'});
