import {CredentialError, ProviderError, type ProviderErrorCode, type UsageError} from '../core/errors.ts';
import type {Driver, Refusal} from '../drivers/driver.ts';

interface Meaning {
  readonly code: ProviderErrorCode;
  readonly says: string;
  /** What to do, unless the driver knows better. */
  readonly hint: string;
}

const LATER = 'try again later; its status page may say more';
const SERVER: Meaning = {code: 'server_error', says: 'failed', hint: LATER};
const REQUEST: Meaning = {
  code: 'bad_request',
  says: 'did not accept the request',
  hint: 'the API may have changed: see whether a newer version of usage exists',
};

/** What a status means. A status that is not here is a bad request from 400 on, a server error from 500 on. */
const STATUS: {readonly [status: number]: Meaning} = {
  404: {code: 'not_found', says: 'does not have this', hint: 'check the base URL'},
  408: {code: 'timeout', says: 'gave up waiting', hint: LATER},
  429: {
    code: 'rate_limited',
    says: 'refuses more requests for now',
    hint: 'wait a minute, or ask for less at a time: --concurrency 1, a shorter period',
  },
  504: {code: 'timeout', says: 'had a time-out behind it', hint: LATER},
};

/**
 * The error of an answer that is not 2xx. The provider's own words are kept short, and lose the secret, which some
 * repeat when they refuse it; the URL's query is left out.
 * @param wait how long the provider asks to wait
 * @param renewal how this key is put right, as whoever brought it knows
 */
export function refusalError(
  driver: Driver,
  path: string,
  refusal: Refusal,
  secret: string,
  {wait, renewal}: {readonly wait?: string | undefined; readonly renewal?: string | undefined} = {},
): UsageError {
  const conceal = (text: string | undefined) => text?.replaceAll(secret, '[key]');
  const explanation = driver.explain(refusal);
  const [message, hint] = [conceal(explanation.message), conceal(explanation.hint)];
  const {status} = refusal;
  const words = message ? `: ${clip(message)}` : '';
  const advice = {provider: driver.id, ...(hint ? {hint} : {})};
  if (status === 401 || status === 403) {
    return new CredentialError(
      'credential_refused',
      `${driver.title} refused the key (${status} on ${path})${words}`,
      {
        ...advice,
        hint:
          hint !== undefined && !explanation.otherKey ? hint : both(hint ?? driver.credential.hint, renewal),
      },
    );
  }
  if (status >= 300 && status < 400) {
    return new ProviderError('bad_response', `${driver.title} redirects ${path} (${status})`, {
      ...advice,
      rule: 'redirects are not followed, so that the key stays with the host it is for',
      hint: `check ${driver.baseUrlEnv}`,
    });
  }
  const meaning = STATUS[status] ?? (status >= 500 ? SERVER : REQUEST);
  const later = wait ? `; it asks to wait ${wait}` : '';
  const text = `${driver.title} ${meaning.says} (${status} on ${path})${words}${later}`;
  return new ProviderError(meaning.code, text, {...advice, hint: hint ?? meaning.hint});
}

const both = (hint: string, renewal = ''): string => `${hint} ${renewal}`.trim();

/** The error of a try that brought no answer. */
export function connectionError(
  driver: Driver,
  host: string,
  cause: unknown,
  timedOut: boolean,
  seconds: number,
  secret = '',
): ProviderError {
  if (timedOut) {
    return new ProviderError('timeout', `${driver.title} (${host}) did not answer within ${seconds} s`, {
      provider: driver.id,
      hint: 'try again, or give it longer with --timeout',
      cause,
    });
  }
  // Whatever went wrong went wrong with the key at hand, and its words are not ours.
  const words = secret === '' ? reason(cause) : reason(cause).replaceAll(secret, '[key]');
  return new ProviderError('unreachable', `${driver.title} (${host}) ${whatFailed(cause)}: ${words}`, {
    provider: driver.id,
    hint: isHangUp(cause) ? LATER : 'check the network, HTTPS_PROXY and the base URL',
    cause,
  });
}

/** Whoever hangs up was reached: then neither network nor address are why. */
const HUNG_UP = /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/;

const isHangUp = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && HUNG_UP.test(String(cause.code));

export const whatFailed = (cause: unknown): string =>
  isHangUp(cause) ? 'broke off the connection' : 'cannot be reached';

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown reason';
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  const text = clip(cause.message || code || cause.name);
  return code && !text.includes(code) ? `${text} (${code})` : text;
}

const clip = (text: string): string =>
  (text.length > 300 ? `${text.slice(0, 300)}…` : text).replace(/\s+/g, ' ').trim();
