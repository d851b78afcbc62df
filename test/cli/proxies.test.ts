import {describe, expect, it} from 'vitest';
import {proxiesOf} from '../../src/http/proxy.ts';
import {usage} from '../support/context.ts';
import {ALL, startProviders} from '../support/providers.ts';

describe('proxies of the environment', () => {
  it.each([
    ['127.0.0.1:9', 'http://127.0.0.1:9'],
    ['proxy.corp:3128', 'http://proxy.corp:3128'],
    ['localhost:80/', 'http://localhost:80/'],
    ['me:pass@proxy.corp:3128', 'http://me:pass@proxy.corp:3128'],
    ['[::1]:3128', 'http://[::1]:3128'],
    [' https://p ', 'https://p'],
    ['', undefined],
  ])('%s is read as curl reads it', (text, url) => {
    expect(proxiesOf({HTTPS_PROXY: text}).httpsProxy).toBe(url);
    expect(proxiesOf({http_proxy: text}).httpProxy).toBe(url);
  });

  it.each([
    'notaproxy',
    'ftp://x:1',
    'socks5://x:1',
    'http:///x',
    'http://x:99999',
    ':3128x',
    'http://a%zz:b@x:1',
  ])('%s is wrong input that names the variable and not what it holds', async text => {
    const {env} = await startProviders({miosa: ALL.miosa});
    for (const variable of ['HTTPS_PROXY', 'http_proxy']) {
      const {code, stderr} = await usage('costs', {env: {...env, [variable]: text}});
      expect(code).toBe(2);
      expect(stderr).toMatch(new RegExp(`^error: ${variable} is no proxy that can be used\n.*host:port`));
      expect(stderr).not.toContain(text);
    }
  });

  it('doctor finds it', async () => {
    const {env} = await startProviders({miosa: ALL.miosa});
    const {code, stdout} = await usage('doctor', {env: {...env, HTTPS_PROXY: 'me:hidden@'}});
    expect(code).toBe(5);
    expect(stdout).toMatch(/ERROR +reach .*HTTPS_PROXY is no proxy/);
    expect(stdout).not.toContain('hidden');
  });
});
