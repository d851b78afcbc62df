interface Environment {
  readonly [name: string]: string | undefined;
}

/** What `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` say, in either case; an empty one counts as not set. */
export function proxiesOf(env: Environment) {
  const variable = (name: string) => (env[name.toLowerCase()] ?? env[name]) || undefined;
  return {
    httpProxy: variable('HTTP_PROXY'),
    httpsProxy: variable('HTTPS_PROXY'),
    noProxy: variable('NO_PROXY'),
  };
}

/**
 * The proxy that a request to this URL goes through, for people: without user and password. Undefined if it goes
 * straight. By the same rules as undici's agent, which does the work (http/proxied.ts).
 */
export function proxyFor(url: URL, env: Environment): string | undefined {
  const {httpProxy, httpsProxy, noProxy = ''} = proxiesOf(env);
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
  if (!URL.canParse(proxy)) return 'a proxy whose URL cannot be read';
  const {protocol, host} = new URL(proxy);
  return `${protocol}//${host}`;
}
