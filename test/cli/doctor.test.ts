import {chmod, mkdir, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import {run} from '../../src/cli/run.ts';
import {systemClock} from '../../src/clock.ts';
import {instant, MINUTE_MS} from '../../src/core/instant.ts';
import {widthOf} from '../../src/render/layout.ts';
import {contextOf, temporary, usage} from '../support/context.ts';
import {ALL, always, type Behaviour, down, except, SECRETS, startProviders} from '../support/providers.ts';
import {fakeClock, NOW} from '../support/session.ts';

interface Found {
  readonly check: string;
  readonly state: string;
  readonly message: string;
  readonly fix: string | null;
}

interface Account {
  readonly account: string;
  readonly key: string | null;
  readonly identity: string | null;
  readonly proxy: string | null;
  readonly newest_day: string | null;
  readonly clock_skew_seconds: number | null;
  readonly findings: readonly Found[];
  readonly requests: readonly {
    readonly path: string;
    readonly status: number | null;
    readonly milliseconds: number;
  }[];
}

let directory: string;
beforeEach(async () => {
  directory = join(await temporary(), 'config');
});

/** A provider whose clock is so far from ours. */
const at =
  (offset: number, then: Behaviour = () => 'serve'): Behaviour =>
  (received, index, response) => {
    response.setHeader('date', new Date(NOW + offset).toUTCString());
    return then(received, index, response);
  };
const TIMELY = {openai: at(0), ionq: at(0), miosa: at(0)};

async function examined(env: {readonly [name: string]: string}, line = 'doctor --json') {
  const {code, stdout, stderr} = await usage(line, {env, directory});
  const answer = JSON.parse(stdout) as {
    exit_code: number;
    findings: Found[];
    accounts: Account[];
    schema: string;
  };
  expect([stderr, answer.exit_code, answer.schema]).toEqual(['', code, 'usage/doctor@1']);
  const all = [...answer.findings, ...answer.accounts.flatMap(({findings}) => findings)];
  for (const {state, fix} of all) if (state === 'error' || state === 'warning') expect(fix).toBeTruthy();
  return {...answer, all, bad: all.filter(({state}) => state === 'error' || state === 'warning')};
}
const states = (account: Account | undefined) =>
  account?.findings.map(({check, state}) => `${check} ${state}`);

describe('usage doctor', () => {
  it('finds nothing where nothing is wrong, and says what it saw', async () => {
    const {env} = await startProviders(TIMELY);
    const {exit_code, findings, accounts, bad} = await examined(env);
    expect([exit_code, bad]).toEqual([0, []]);
    expect(findings).toMatchObject([{check: 'store', state: 'note'}]);
    expect(accounts.map(({account}) => account)).toEqual(['openai', 'ionq', 'miosa']);
    for (const account of accounts) {
      expect(states(account)).toEqual(['key ok', 'reach ok', 'role ok', 'figures ok', 'clock ok']);
      expect(account).toMatchObject({proxy: null, clock_skew_seconds: 0, newest_day: '2026-11-22'});
      expect(account.requests.length).toBeGreaterThan(1);
      for (const {path, status, milliseconds} of account.requests) {
        expect(path).toMatch(/^\//);
        expect([status, milliseconds >= 0]).toEqual([200, true]);
      }
    }
    expect(accounts.map(({identity}) => identity)).toEqual([
      expect.stringMatching(/organization/),
      'key "ci", organization com.my.org',
      'tenant tenant-1, 1500 credits',
    ]);
    expect(accounts[2]!.key).toBe('msk_u_…6789');
    const text = await usage('doctor', {env, directory});
    expect([text.code, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toMatch(/^openai\n {2}ok {7}key {6}sk-admin-…6789, from OPENAI_ADMIN_KEY: /m);
    expect(text.stdout).toMatch(/^ {11}asked {4}\/whoami 200 in \d+ ms; /m);
    expect(text.stdout).toMatch(/\n\nNothing to mend\.\n$/);
  });

  it('asks only for what was picked', async () => {
    const {env, paths} = await startProviders(TIMELY);
    expect(
      (await examined(env, 'doctor --json --account miosa')).accounts.map(({account}) => account),
    ).toEqual(['miosa']);
    expect(
      (await examined(env, 'doctor --json --provider ionq')).accounts.map(({account}) => account),
    ).toEqual(['ionq']);
    expect(paths('openai')).toEqual([]);
    const wrong = await usage('doctor --account mosa', {env, directory});
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('did you mean miosa?')]);
  });

  it('says that there is no account, and how to get one', async () => {
    const {exit_code, bad} = await examined({});
    expect(exit_code).toBe(4);
    expect(bad).toMatchObject([
      {check: 'account', message: 'no account is set up', fix: expect.stringMatching(/auth login/)},
    ]);
  });

  it('does not say that nobody is logged in where the store cannot be read', async () => {
    await mkdir(directory, {mode: 0o700});
    await writeFile(join(directory, 'config.json'), '{', {mode: 0o600});
    for (const line of ['doctor --json', 'doctor --json --provider miosa', 'doctor --json --account eu']) {
      const {exit_code, bad} = await examined({}, line);
      expect([exit_code, bad.map(({check}) => check)]).toEqual([3, ['store']]);
      expect(bad[0]?.fix).toMatch(/usage config edit/);
      expect(bad[0]?.fix).not.toMatch(/log in/);
    }
  });

  it.each([
    ['{"period":"7x"}', /config\.json: .*7x/, 3],
    ['{"groupBy":["projct"]}', /config\.json: defaults\.group-by "projct" is not known/, 3],
    ['{"account":["gone"]}', /defaults\.account names gone/, 0],
  ])('finds a default that every report would trip over: %s', async (defaults, message, code) => {
    await mkdir(directory, {mode: 0o700});
    const text = `{"version":1,"defaults":${defaults}}`;
    await writeFile(join(directory, 'config.json'), text, {mode: 0o600});
    const {env} = await startProviders(TIMELY);
    const {exit_code, bad} = await examined(env);
    expect(exit_code).toBe(code);
    expect(bad).toMatchObject([{check: 'store', message: expect.stringMatching(message)}]);
  });

  it('gives each request its time-out, and all of them together no less', async () => {
    const slow: Behaviour = (_request, index, response) => {
      if (index > 1) return 'serve';
      const end = response.end.bind(response);
      Object.assign(response, {
        end: (...parts: Parameters<typeof end>) => setTimeout(() => end(...parts), 2_600),
      });
      return 'serve';
    };
    const {env} = await startProviders({miosa: slow});
    const {context, out} = await contextOf('doctor --json --timeout 60', {
      env,
      directory,
      clock: systemClock,
    });
    expect([await run(context), JSON.parse(out.join('')).accounts[0].newest_day]).toEqual([0, '2026-11-22']);
  });

  it('finds a key that is refused', async () => {
    const {env} = await startProviders(TIMELY);
    const {exit_code, bad, accounts} = await examined({
      ...env,
      OPENAI_ADMIN_KEY: 'sk-admin-wrong-key-0123456789',
    });
    expect(exit_code).toBe(4);
    expect(bad).toMatchObject([
      {
        check: 'key',
        message: expect.stringMatching(
          /^sk-admin-…6789, from OPENAI_ADMIN_KEY: OpenAI refused the key \(401/,
        ),
      },
    ]);
    expect(states(accounts[0])).toEqual(['reach ok', 'key error', 'clock ok']);
    expect(states(accounts[1])).toContain('role ok');
  });

  it('finds a key of the wrong kind without asking', async () => {
    const {env, paths} = await startProviders(TIMELY);
    const {exit_code, bad} = await examined({...env, OPENAI_ADMIN_KEY: 'sk-proj-0123456789abcdefghijklmn'});
    expect(exit_code).toBe(4);
    expect(bad).toMatchObject([
      {
        check: 'key',
        message: expect.stringContaining('a project key'),
        fix: expect.stringMatching(/Make one at https:/),
      },
    ]);
    expect(paths('openai')).toEqual([]);
    expect((await examined({...env, OPENAI_ADMIN_KEY: 'Bearer sk-admin-0123456789'})).bad).toMatchObject([
      {check: 'key'},
    ]);
  });

  it('finds a key that may not read what reports are made of', async () => {
    const {env} = await startProviders({
      openai: at(
        0,
        except(/completions/, {status: 403, body: {error: {message: 'Missing scopes: api.usage.read'}}}),
      ),
      ionq: at(0, except(/usage$/, {status: 403, body: {message: 'owners only'}})),
    });
    const {exit_code, accounts} = await examined(env);
    expect(exit_code).toBe(4);
    expect(states(accounts[0])).toEqual([
      'key ok',
      'reach ok',
      'role ok',
      'role error',
      'figures ok',
      'clock ok',
    ]);
    expect(accounts[0]!.findings).toContainEqual(
      expect.objectContaining({
        message: expect.stringMatching(/^usage cannot be read: .*403/),
        fix: expect.stringMatching(/owner of the organization/),
      }),
    );
    expect(states(accounts[1])).toEqual(['key ok', 'reach ok', 'role error', 'clock ok']);
  });

  it('finds a provider that is down, without waiting for minutes', async () => {
    const {env} = await startProviders({...TIMELY, miosa: down});
    const clock = fakeClock();
    const {context, out} = await contextOf('doctor --json', {env, directory, clock});
    expect(await run(context)).toBe(5);
    const {accounts} = JSON.parse(out.join('')) as {accounts: Account[]};
    expect(states(accounts[2])).toEqual(['reach error']);
    expect(accounts[2]!.findings[0]!.message).toMatch(/MIOSA .* broke off the connection/);
    expect(accounts[2]!.requests.every(({status}) => status === null)).toBe(true);
    expect(clock.slept.reduce((a, b) => a + b, 0)).toBeLessThan(10_000);
  });

  it('does not wait as long as a provider asks for', async () => {
    const {env} = await startProviders({
      miosa: at(0, always({status: 429, headers: {'retry-after': '40'}, body: {}})),
    });
    const clock = fakeClock();
    const {context, out} = await contextOf('doctor --json', {env, directory, clock});
    expect(await run(context)).toBe(5);
    expect(clock.slept).toEqual([]);
    const {accounts} = JSON.parse(out.join('')) as {accounts: Account[]};
    expect(accounts[0]!.findings[0]).toMatchObject({check: 'reach', state: 'error'});
  });

  it.each<[string, Behaviour]>([
    ['a server error', always({status: 500, body: {}})],
    ['no such API', always({status: 404, body: {}})],
    ['a page of something else', always({body: '<html>'})],
  ])('finds %s', async (_, behaviour) => {
    const {env} = await startProviders({openai: at(0, behaviour)});
    const {exit_code, bad} = await examined(env);
    expect(exit_code).toBe(5);
    expect(bad).toMatchObject([{check: 'reach', state: 'error'}]);
  });

  it.each<[number, number, RegExp]>([
    [-7, 7 * 60, /this machine is 7 min ahead of 127/],
    [7, -7 * 60, /this machine is 7 min behind 127/],
    [-60 * 26, 26 * 3600, /26 h ahead/],
  ])('finds a clock that is wrong by %d minutes', async (minutes, seconds, message) => {
    const {env} = await startProviders({miosa: at(minutes * MINUTE_MS)});
    const {exit_code, bad, accounts} = await examined(env);
    expect(exit_code).toBe(0);
    expect(bad).toMatchObject([{check: 'clock', state: 'warning', message: expect.stringMatching(message)}]);
    expect(Math.abs((accounts[0]!.clock_skew_seconds ?? 0) - seconds)).toBeLessThanOrEqual(1);
    const text = await usage('doctor', {env, directory});
    expect(text.stdout).toMatch(/\n\n1 should be\.\n$|\n\n1 thing should be mended\.\n$/);
  });

  it('does not judge a clock by less than servers can tell, nor without a Date', async () => {
    const near = await startProviders({miosa: at(-20_000)});
    expect((await examined(near.env)).accounts[0]!.findings.at(-1)).toMatchObject({
      check: 'clock',
      state: 'ok',
      message: expect.stringMatching(/within 20 s/),
    });
    const none = await startProviders({
      miosa: (_received, _index, response) => {
        response.sendDate = false;
        return 'serve';
      },
    });
    const {accounts, exit_code} = await examined(none.env);
    expect([exit_code, accounts[0]!.clock_skew_seconds]).toEqual([0, null]);
    expect(accounts[0]!.findings.at(-1)).toMatchObject({check: 'clock', state: 'note'});
  });

  it('says how new the figures are, and when there are none', async () => {
    const {env} = await startProviders(TIMELY);
    const {context, out} = await contextOf('doctor --json --account miosa', {env, directory});
    const later = {...context, now: () => instant(NOW + 30 * 24 * 60 * MINUTE_MS)};
    expect(await run(later)).toBe(0);
    const [miosa] = (JSON.parse(out.join('')) as {accounts: Account[]}).accounts;
    expect(miosa).toMatchObject({newest_day: null});
    expect(miosa!.findings).toContainEqual(
      expect.objectContaining({
        check: 'figures',
        state: 'note',
        message: 'no costs and usage in the last 7 days',
      }),
    );
  });

  it('says that USAGE_NOW is set', async () => {
    const {env} = await startProviders({miosa: at(0)});
    const {findings} = await examined({...env, USAGE_NOW: '2026-11-22T09:00:00Z'});
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'clock',
        state: 'note',
        message: expect.stringContaining('2026-11-22T09:00:00Z'),
      }),
    );
  });

  it('runs a key command, and says how it failed', async () => {
    const {env} = await startProviders({miosa: at(0)});
    const {MIOSA_API_KEY: _, ...urls} = env;
    await usage(['config', 'set', 'accounts.miosa.key-command', 'no-such-program show'], {
      directory,
      env: urls,
    });
    const {exit_code, bad} = await examined(urls);
    expect(exit_code).toBe(4);
    expect(bad).toMatchObject([
      {check: 'key', message: expect.stringContaining('no-such-program was not found')},
    ]);
  });
});

describe('the store', () => {
  const stored = async (env: {readonly [name: string]: string}) => {
    const {MIOSA_API_KEY: _, ...urls} = env;
    const login = await usage('auth login miosa', {directory, env: urls, stdin: SECRETS.miosa});
    expect(login.code).toBe(0);
    await usage('config set accounts.miosa.tenant t-1', {directory, env: urls});
    return urls;
  };

  it('is fine if nobody else may touch it', async () => {
    const urls = await stored((await startProviders({miosa: at(0)})).env);
    const {exit_code, findings, accounts} = await examined(urls);
    expect(exit_code).toBe(0);
    expect(findings).toMatchObject([
      {check: 'store', state: 'ok', message: `${directory} is sound and yours alone`},
    ]);
    expect(accounts[0]!.findings[0]).toMatchObject({
      check: 'key',
      message: expect.stringMatching(/^msk_u_…6789, stored today: tenant/),
    });
  });

  it.each<[string, number, number, string, RegExp, string]>([
    ['credentials.json', 0o640, 3, 'error', /may read /, '600'],
    ['credentials.json', 0o666, 3, 'error', /may write to /, '600'],
    ['config.json', 0o644, 0, 'warning', /may read /, '600'],
    ['config.json', 0o622, 3, 'error', /may write to /, '600'],
    ['', 0o755, 0, 'warning', /may read /, '700'],
    ['', 0o777, 3, 'error', /may write to /, '700'],
  ])('that lets others at "%s" (%o) is exit %d', async (name, mode, code, state, message, wanted) => {
    const urls = await stored((await startProviders({miosa: at(0)})).env);
    const path = join(directory, name);
    await chmod(path, mode);
    const {exit_code, bad} = await examined(urls);
    expect(exit_code).toBe(code);
    const place = name === '' ? directory : path;
    expect(bad).toEqual([
      {check: 'store', state, message: expect.stringMatching(message), fix: `chmod ${wanted} '${place}'`},
    ]);
    expect(bad[0]!.message).toContain(place);
  });

  it('that is damaged is exit 3, and the accounts of the environment are looked at all the same', async () => {
    const {env} = await startProviders({miosa: at(0)});
    await mkdir(directory, {mode: 0o700});
    await writeFile(join(directory, 'credentials.json'), '{"version": 1, "acc', {mode: 0o600});
    const {exit_code, bad, accounts} = await examined(env);
    expect(exit_code).toBe(3);
    expect(bad).toMatchObject([
      {check: 'store', message: expect.stringContaining('is cut off or is no JSON')},
    ]);
    expect(states(accounts[0])).toContain('key ok');
  });
});

describe('a proxy', () => {
  it('is named without its password, and is what the requests go through', async () => {
    const {env, received} = await startProviders({miosa: at(0)});
    let tunnels = 0;
    const proxy = createServer();
    proxy.on('connect', (asked, socket, head) => {
      tunnels++;
      const {hostname, port} = new URL(`http://${asked.url}`);
      void import('node:net').then(({connect}) => {
        const upstream = connect(Number(port), hostname, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          upstream.write(head);
          upstream.pipe(socket).pipe(upstream);
        });
        socket.on('error', () => upstream.destroy());
        upstream.on('error', () => socket.destroy());
      });
    });
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      proxy.closeAllConnections();
      proxy.close();
    });
    const where = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const through = {...env, HTTP_PROXY: `http://me:password-of-mine@${where}`};
    const {exit_code, accounts} = await examined(through);
    expect(exit_code).toBe(0);
    expect(accounts[0]).toMatchObject({proxy: `http://${where}`});
    expect(accounts[0]!.findings[1]!.message).toMatch(
      new RegExp(`answered in \\d+ ms through the proxy http://${where}$`),
    );
    expect(tunnels).toBeGreaterThan(0);
    const before = [tunnels, received('miosa').length];
    const straight = await examined({...through, NO_PROXY: '127.0.0.1'});
    expect([straight.accounts[0]!.proxy, tunnels]).toEqual([null, before[0]]);
    expect(received('miosa').length).toBeGreaterThan(before[1] ?? 0);
    const text = await usage('doctor', {env: through, directory});
    expect(text.stdout + text.stderr).not.toContain('password-of-mine');
  });

  it('that is down is said to be in the way', async () => {
    const {env} = await startProviders({miosa: at(0)});
    const {exit_code, bad} = await examined({...env, HTTP_PROXY: 'http://127.0.0.1:9'});
    expect(exit_code).toBe(5);
    expect(bad).toMatchObject([
      {check: 'reach', message: expect.stringContaining('requests go through the proxy http://127.0.0.1:9')},
    ]);
  });
});

it('usage doctor --demo looks at the demo, and at nothing of this machine', async () => {
  await mkdir(directory, {mode: 0o700});
  await writeFile(join(directory, 'credentials.json'), 'damaged', {mode: 0o600});
  const {context, out} = await contextOf('doctor --demo --json', {directory});
  const real = {...context, clock: {...context.clock, now: () => instant(Date.now())}};
  expect(await run(real)).toBe(0);
  const {findings, accounts} = JSON.parse(out.join('')) as {findings: Found[]; accounts: Account[]};
  expect(findings).toEqual([]);
  expect(accounts.map(({account, newest_day}) => [account, newest_day !== null])).toEqual([
    ['openai', true],
    ['ionq', true],
    ['miosa', true],
  ]);
});

describe('on a terminal', () => {
  const shown = async (columns?: number) => {
    const {env} = await startProviders(ALL);
    const {stdout} = await usage('doctor --no-color', {
      env: {...env, TERM: 'xterm'},
      directory,
      ...(columns === undefined ? {} : {columns}),
    });
    return stdout;
  };
  // Ports and times are not the same twice.
  const words = (text: string) =>
    text
      .split(/\s+/)
      .filter(Boolean)
      .map(word => word.replace(/\d+/g, '0'))
      .join(' ')
      .replaceAll('0 to 0', '0');

  it.each([20, 40, 80])('nothing is wider than %d columns', async columns => {
    const text = await shown(columns);
    expect(text.split('\n').filter(line => widthOf(line) > columns)).toEqual([]);
  });

  it('at 80 no word is broken; in a pipe no line is', async () => {
    const [narrow, whole] = [await shown(80), await shown()];
    expect(words(narrow)).toEqual(words(whole));
    expect(whole).toMatch(/^ {2}ok {7}key {6}\S.{50,}$/m);
    expect(narrow).toMatch(/^ {2}ok {7}key {6}\S.*\n {20}\S/m);
  });
});
