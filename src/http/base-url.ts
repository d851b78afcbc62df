import {InputError} from '../core/errors.ts';

/**
 * Reads a base URL from environment or settings. Keys travel over TLS only, so plain `http:` is for loopback; the URL
 * may hold no user, query or fragment. Throws InputError naming where it came from.
 */
export function parseBaseUrl(text: string, origin: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new InputError(`${origin} is no URL`, {rule: 'an https: URL such as https://api.example.com/v1'});
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new InputError(`${origin} would send the key over plain http:`, {
      rule: 'https:, or http: on loopback only',
    });
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(`${origin} holds more than a base URL`, {
      rule: 'no user, password, query or fragment',
    });
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
