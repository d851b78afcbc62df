import type {Explanation, Refusal} from '../driver.ts';

const REFUSED =
  'either the key is wrong, or it is valid and its user is not an owner of the organization: only owners see its usage. ' +
  'Ask an owner for a key.';
const NOT_FOUND = 'check the organization id (IONQ_ORGANIZATION_ID) and IONQ_BASE_URL';

/**
 * Reads the three shapes of IonQ's errors: `{statusCode, error, message}`, `{code, message}` and
 * `{error: {type, message}}`. Anything else, such as the page of a proxy, gives {}: then the key may well be fine.
 */
export function explain({status, body}: Refusal): Explanation {
  if (!isObject(body)) return {};
  const nested = isObject(body.error) ? body.error : undefined;
  const message = text((nested ?? body).message);
  const code = nested ? text(nested.type) : (text(body.error) ?? text(body.code));
  if (message === undefined && code === undefined) return {};
  return {...(message ? {message} : {}), ...(code ? {code} : {}), ...hintFor(status)};
}

/** IonQ uses 401 and 403 the other way round than HTTP does, so one cannot be told from the other. */
function hintFor(status: number): Pick<Explanation, 'hint' | 'otherKey'> {
  if (status === 401 || status === 403) return {hint: REFUSED, otherKey: true};
  return status === 404 ? {hint: NOT_FOUND} : {};
}

const isObject = (value: unknown): value is {readonly [key: string]: unknown} =>
  typeof value === 'object' && value !== null;

const text = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
};
