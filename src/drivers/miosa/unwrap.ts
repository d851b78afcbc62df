/** Single objects come bare or as `{data: {…}}`, depending on the page of the docs. Anything else stays as it is. */
export function unwrap(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('data' in input)) return input;
  const {data} = input;
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? data : input;
}
