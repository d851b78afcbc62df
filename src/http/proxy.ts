import {InputError} from '../core/errors.ts';

interface Environment {
  readonly [name: string]: string | undefined;
}

const raw = (env: Environment, name: string) => {
  const lower = name.toLowerCase();
  const variable = env[lower] === undefined ? name : lower;
  return {variable, text: env[variable]?.trim() || undefined};
};

/**
 * What `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` say, in either case; an empty one counts as not set. Throws InputError
 * that names the variable of what is no proxy, and not its text: that may hold a password.
 */
export function proxiesOf(env: Environment) {
  const proxy = (name: string) => {
    const {variable, text} = raw(env, name);
    const url = text === undefined ? undefined : readProxy(text);
    if (url === null)
      throw new InputError(`${variable} is no proxy that can be used`, {
        rule: 'http://host:port, https://host:port, or host:port alone',
        hint: `change it, or unset ${variable}`,
      });
    return url;
  };
  return {
    httpProxy: proxy('HTTP_PROXY'),
    httpsProxy: proxy('HTTPS_PROXY'),
    noProxy: raw(env, 'NO_PROXY').text,
  };
}

/** As curl takes it: without a scheme it is http, and then there must be a port to know it by. Null if it is none. */
function readProxy(text: string): string | null {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  if (!hasScheme && !/:\d{1,5}\/?$/.test(text)) return null;
  const url = hasScheme ? text : `http://${text}`;
  if (!URL.canParse(url) || !/^https?:\/\/[^/]/i.test(url)) return null;
  const {username, password} = new URL(url);
  try {
    decodeURIComponent(username + password); // as the client will
    return url;
  } catch {
    return null;
  }
}

/**
 * The proxy that a request to this URL goes through, for people: without user and password. Undefined if it goes
 * straight. By the same rules as undici's agent, which does the work (http/proxied.ts).
 */
export function proxyFor(url: URL, env: Environment): string | undefined {
  const [httpProxy, httpsProxy] = [raw(env, 'HTTP_PROXY').text, raw(env, 'HTTPS_PROXY').text];
  const noProxy = raw(env, 'NO_PROXY').text ?? '';
  const proxy = url.protocol === 'https:' ? (httpsProxy ?? httpProxy) : httpProxy;
  if (proxy === undefined || noProxy === '*') return undefined;
  const host = url.host.replace(/:\d*$/, '').toLowerCase();
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const excepted = noProxy.split(/[,\s]/).some(entry => {
    const [, name = entry, wanted] = /^(.+):(\d+)$/.exec(entry) ?? [];
    const domain = name.replace(/^\*?\./, '').toLowerCase();
    if (domain === '' || (Number(wanted ?? 0) || port) !== port) return false;
    return host === domain || host.endsWith(`.${domain}`);
  });
  return excepted ? undefined : withoutUser(proxy);
}

function withoutUser(proxy: string): string {
  const url = readProxy(proxy);
  if (url === null) return 'a proxy whose URL cannot be read';
  const {protocol, host} = new URL(url);
  return `${protocol}//${host}`;
}
