import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {instant} from '../../src/core/instant.ts';
import {envelope, temporary, usage} from '../support/context.ts';
import {ALL, always, down, silent, startProviders, well} from '../support/providers.ts';
import {fakeClock, NOW} from '../support/session.ts';

const unauthorized = always({status: 401, body: {error: {message: 'no such key'}}});
const forbidden = always({status: 403, body: {error: {message: 'not yours'}}});
const broken = always({status: 500, body: {error: {message: 'oops'}}});

describe('0: done', () => {
  it('with an answer on stdout', async () => {
    const {env} = await startProviders(ALL);
    const {code, stdout} = await usage('costs --csv', {env});
    expect(code).toBe(0);
    expect(stdout).toMatch(/^provider,account,cost,currency\n(?:\w+,\w+,[\d.]+,\w+\n){3}$/);
  });

  it.each([
    ['json', /"rows": \[\],\n {2}"totals": \[\]/],
    ['ndjson', /^$/],
    ['csv', /^provider,account,cost,currency\n$/],
    ['tsv', /^provider\taccount\tcost\tcurrency\n$/],
    ['table', /Provider +Cost\n[\s\S]*No costs or usage in this period\.\n$/],
    ['markdown', /\| Provider \|[\s\S]*No costs or usage in this period\.\n$/],
  ])('without rows, which in %s is no empty hand', async (format, says) => {
    const {env} = await startProviders(ALL);
    const {code, stdout} = await usage(`costs --period 2025 --format ${format}`, {env});
    expect(code).toBe(0);
    expect(stdout).toMatch(says);
  });

  it('for help and version, without an account', async () => {
    for (const line of ['--help', '-h', 'help', 'help costs', 'costs --help', 'costs -h']) {
      const {code, stdout, stderr} = await usage(line);
      expect([line, code, stderr]).toEqual([line, 0, '']);
      expect(stdout).toMatch(/^Usage: usage/);
    }
    expect(await usage('--version')).toEqual({code: 0, stdout: '1.2.3\n', stderr: ''});
    expect(await usage('-V')).toEqual({code: 0, stdout: '1.2.3\n', stderr: ''});
  });

  it('when nobody reads any more', async () => {
    const {env} = await startProviders(ALL);
    expect(await usage('costs --json', {env, reads: 0})).toEqual({code: 0, stdout: '', stderr: ''});
    expect((await usage('--help', {reads: 0})).code).toBe(0);
  });

  it('for the demo, which needs no account', async () => {
    const {code, stdout, stderr} = await usage('costs --demo --json');
    expect([code, stderr]).toEqual([0, '']);
    expect(envelope({code, stdout, stderr}).sources.map(({status}) => status)).toEqual(['ok', 'ok', 'ok']);
  });
});

describe('1: a bug here', () => {
  it('says so, and how to tell us', async () => {
    const clock = {
      ...fakeClock(),
      now: () => {
        throw new TypeError('unthinkable');
      },
    };
    const {env} = await startProviders(ALL);
    const {code, stdout, stderr} = await usage('costs', {env, clock});
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'error: this is a bug in usage: unthinkable\n  run it again with --debug and report it\n',
    );
    expect((await usage('costs --debug', {env, clock})).stderr).toMatch(
      /bug in usage: TypeError: unthinkable/,
    );
  });
});

describe('3: a store that cannot be read', () => {
  it('is left as it is, and nothing is asked', async () => {
    const {env, paths} = await startProviders(ALL);
    const directory = await temporary();
    await writeFile(join(directory, 'credentials.json'), '{"version": 1, "accounts": ', {mode: 0o600});
    const {code, stdout, stderr} = await usage('costs', {env, directory});
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain(join(directory, 'credentials.json'));
    expect(paths('openai')).toEqual([]);
  });
});

describe('4: a credential is missing or was refused, and nobody else answered', () => {
  it('without an account', async () => {
    const {code, stdout, stderr} = await usage('costs');
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(
      /^error: no account is set up\n {2}valid: set OPENAI_ADMIN_KEY, IONQ_API_KEY, MIOSA_API_KEY, or log in: .*\n.*--demo\n$/,
    );
  });

  it('without the one that is asked for', async () => {
    const {env, paths} = await startProviders({openai: well});
    const {code, stderr} = await usage('costs --provider miosa', {env});
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /^error: MIOSA has no credential\n {2}valid: set MIOSA_API_KEY, or log in: usage auth login miosa\n/,
    );
    expect(paths('openai')).toEqual([]);
  });

  it.each([
    ['401', unauthorized],
    ['403', forbidden],
  ])('%s is not tried again, and says what to do', async (status, behaviour) => {
    const {env, paths} = await startProviders({miosa: behaviour});
    const {code, stdout, stderr} = await usage('costs', {env});
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(
      new RegExp(`^error: MIOSA refused the key \\(${status} on /usage\\).*\n.*Change MIOSA_API_KEY\\.\n$`),
    );
    expect(paths('miosa')).toEqual(['/usage']);
  });

  it('with --json is an object', async () => {
    const {env} = await startProviders({ionq: unauthorized, miosa: forbidden});
    const {code, stdout, stderr} = await usage('costs --json', {env});
    expect([code, stdout]).toEqual([4, '']);
    const {error} = JSON.parse(stderr);
    expect(error).toMatchObject({
      code: 'credential_refused',
      provider: 'ionq',
      message: expect.stringContaining('401'),
      hint: expect.any(String),
    });
    expect(error.errors.map(({provider}: {provider: string}) => provider)).toEqual(['ionq', 'miosa']);
  });
});

describe('5: every provider asked failed', () => {
  it.each([
    ['down', down, /broke off the connection/],
    ['broken', broken, /failed \(500 on \/usage\): oops/],
    [
      'busy',
      always({status: 429, headers: {'retry-after': '3600'}, body: {}}),
      /refuses more requests for now \(429 on \/usage\); it asks to wait until 2026-11-22T10:00:00Z/,
    ],
    ['of another shape', always({body: {hello: 'world'}}), /answered \/usage in another shape: period_start/],
    ['not JSON', always({body: '<html>'}), /answered \/usage with a body that is not whole JSON/],
    [
      'elsewhere',
      always({status: 302, headers: {location: 'https://elsewhere.example'}}),
      /redirects \/usage \(302\)/,
    ],
  ])('when it is %s', async (_, behaviour, says) => {
    const {env} = await startProviders({miosa: behaviour});
    const {code, stdout, stderr} = await usage('costs', {env});
    expect([code, stdout]).toEqual([5, '']);
    expect(stderr).toMatch(/^error: MIOSA/);
    expect(stderr).toMatch(says);
  });

  it('when it does not answer in time', async () => {
    // The run has a few milliseconds left when the request begins.
    let calls = 0;
    const clock = {...fakeClock(), now: () => instant(calls++ === 0 ? NOW : NOW + 299_995)};
    const {env} = await startProviders({miosa: silent});
    const {code, stdout, stderr} = await usage('costs --timeout 7', {env, clock});
    expect([code, stdout]).toEqual([5, '']);
    expect(stderr).toMatch(/^error: MIOSA \(127\.0\.0\.1:\d+\) did not answer within 1 s\n.*--timeout\n$/);
  });

  it('tells of all of them, also when some of them refused the key', async () => {
    const {env} = await startProviders({openai: broken, ionq: unauthorized, miosa: down});
    const {code, stdout, stderr} = await usage('costs', {env});
    expect([code, stdout]).toEqual([5, '']);
    expect(stderr.match(/^error: \w+/gm)).toEqual(['error: OpenAI', 'error: IonQ', 'error: MIOSA']);
  });
});
