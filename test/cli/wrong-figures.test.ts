import {gzipSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {answered, envelope, usage} from '../support/context.ts';
import type {Received, Reply} from '../support/loopback.ts';
import {billsOf, totalsOf} from '../support/providers/expected.ts';
import {serveIonq} from '../support/providers/ionq.ts';
import {serveMiosa} from '../support/providers/miosa.ts';
import {serveOpenai} from '../support/providers/openai.ts';
import {ALL, type Behaviour, except, type ProviderName, startProviders} from '../support/providers.ts';

// A wrong figure is worse than none: what cannot be whole is an error of that provider, never a smaller total.

const SERVE: {readonly [P in ProviderName]: (request: Received, index: number) => Reply} = {
  openai: serveOpenai,
  ionq: serveIonq,
  miosa: serveMiosa,
};
const FIGURES = {openai: /costs$/, ionq: /\/usage$/, miosa: /\/usage$/} as const;
const others = (name: ProviderName) =>
  totalsOf(billsOf('2026-11-01', '2026-11-22').filter(({provider}) => provider !== name));

const bodyOf = (reply: Reply): string =>
  typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
/** Answers for figures as it should, but with the body changed. */
const changed = (name: ProviderName, change: (text: string, request: Received) => string): Behaviour =>
  except(FIGURES[name], (request, index) => ({body: change(bodyOf(SERVE[name](request, index)), request)}));

/** Cuts the connection in the middle of a body that was announced whole. */
const cut = (name: ProviderName): Behaviour =>
  except(FIGURES[name], (request, index, raw) => {
    const text = bodyOf(SERVE[name](request, index));
    raw.writeHead(200, {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
    });
    raw.write(text.slice(0, text.length / 2), () => raw.destroy());
    return undefined;
  });

const NAMES = ['openai', 'ionq', 'miosa'] as const;
const GENERAL: readonly [string, (name: ProviderName) => Behaviour, string][] = [
  ['is cut', cut, 'unreachable'],
  ['ends too soon', name => changed(name, text => text.slice(0, -20)), 'bad_response'],
  ['is not JSON', name => changed(name, () => '<html>all is well</html>'), 'bad_response'],
  ['is empty', name => changed(name, () => ''), 'bad_response'],
  ['is of another shape', name => changed(name, () => '{"data": {"usage": "plenty"}}'), 'bad_response'],
  ['is a list', name => changed(name, () => '[]'), 'bad_response'],
  ['is null', name => changed(name, () => 'null'), 'bad_response'],
  [
    'has NaN for an amount',
    name => changed(name, text => text.replace(/("value":|"amount":|"credit_cents":)[^,}]+/, '$1"NaN"')),
    'bad_response',
  ],
  [
    'lacks an amount',
    name => changed(name, text => text.replace(/"(value|amount|credit_cents)":[^,}]+,?/, '')),
    'bad_response',
  ],
];

const SPECIAL: readonly [string, ProviderName, (text: string) => string, string][] = [
  [
    'repeats a cursor',
    'openai',
    text =>
      text
        .replace(/"has_more":\w+,"next_page":("[^"]*"|null)/, '"has_more":true,"next_page":"page_MQ=="')
        .replace(/"data":\[.*\],"has_more"/s, '"data":[],"has_more"'),
    'repeated_cursor',
  ],
  [
    'has more pages without a cursor',
    'openai',
    text => text.replace(/"has_more":\w+,"next_page":("[^"]*"|null)/, '"has_more":true,"next_page":null'),
    'bad_response',
  ],
  [
    'repeats a bucket',
    'openai',
    text => text.replace(/"data":\[(\{"object":"bucket".*?\})(?=,\{"object":"bucket")/s, '"data":[$1,$1'),
    'repeated_bucket',
  ],
  [
    'lacks a bucket',
    'openai',
    text => text.replace(/"data":\[\{"object":"bucket".*?\},(?=\{"object":"bucket")/s, '"data":['),
    'missing_bucket',
  ],
  [
    'leaves the window',
    'openai',
    text => text.replace(/"start_time":(\d+),"end_time":(\d+)/, '"start_time":1,"end_time":86401'),
    'outside_window',
  ],
  [
    'leaves the window',
    'ionq',
    text => text.replace(/"from":"2026-11-22"/, '"from":"2026-10-22"'),
    'outside_window',
  ],
  [
    'repeats a bucket',
    'ionq',
    text => text.replace(/"from":"2026-11-22"/, '"from":"2026-11-21"'),
    'repeated_bucket',
  ],
  [
    'answers another split',
    'ionq',
    text => text.replace(/"group_type":"\w+"/, '"group_type":"user"'),
    'inconsistent',
  ],
  [
    'answers for another window',
    'miosa',
    text => text.replace(/"period_start":"2026-11-01/, '"period_start":"2026-11-08'),
    'outside_window',
  ],
  [
    'lists a group twice',
    'miosa',
    text => text.replace(/"results":\[(\{.*?\})/s, '"results":[$1,$1'),
    'inconsistent',
  ],
  ['speaks another contract', 'miosa', () => '{"data": [], "period": {}, "currency": "usd"}', 'bad_response'],
];

async function expectMissing(name: ProviderName, behaviour: Behaviour, code: string) {
  const {env} = await startProviders({...ALL, [name]: behaviour});
  const trial = await usage('costs --json', {env});
  expect(trial.code).toBe(6);
  const {totals, sources, rows} = envelope(trial);
  expect(sources.find(({provider}) => provider === name)?.error?.code).toBe(code);
  expect(rows.some(({provider}) => provider === name)).toBe(false);
  expect(Object.fromEntries(totals.map(({currency, cost}) => [currency, cost]).sort())).toEqual(others(name));
  const {error} = JSON.parse(trial.stderr);
  expect(error).toMatchObject({code, provider: name, hint: expect.stringMatching(/./)});
  expect(error.message).toMatch(/OpenAI|IonQ|MIOSA/);
}

describe.each(NAMES)('an answer of %s', name => {
  it.each(GENERAL)('that %s is an error of that provider', (_, behaviour, code) =>
    expectMissing(name, behaviour(name), code),
  );
});

describe('an answer', () => {
  it.each(SPECIAL)('that %s is an error of %s', (_, name, change, code) =>
    expectMissing(name, changed(name, change), code),
  );
});

describe('what is only in the way is tried again', () => {
  const failing = (times: number, reply: Reply | Behaviour): Behaviour => {
    let failures = 0;
    return (request, index, raw) => {
      if (!FIGURES.miosa.test(request.path) || failures++ >= times) return 'serve';
      return typeof reply === 'function' ? reply(request, index, raw) : reply;
    };
  };
  const miosa = totalsOf(billsOf('2026-11-01', '2026-11-22').filter(({provider}) => provider === 'miosa'));

  it.each<[string, Reply | Behaviour]>([
    ...[408, 429, 500, 502, 503, 504].map((status): [string, Reply] => [String(status), {status, body: {}}]),
    ['a closed connection', (_request, _index, raw) => void raw.destroy()],
    ['a body that was cut', {body: '{"period_start": "2026-'}],
    ['a body that is not what it is packed as', {headers: {'content-encoding': 'gzip'}, body: '{}'}],
  ])('%s', async (_, reply) => {
    const {env} = await startProviders({miosa: failing(3, reply)});
    const {totals, sources} = await answered('costs', {env});
    expect(Object.fromEntries(totals.map(({currency, cost}) => [currency, cost]))).toEqual(miosa);
    expect(sources).toMatchObject([{status: 'ok', retries: '3', requests: '1'}]);
  });

  it.each([400, 401, 403, 404, 409, 422])('but not %d, which would say the same again', async status => {
    const {env, paths} = await startProviders({miosa: failing(1, {status, body: {}})});
    expect([4, 5]).toContain((await usage('costs', {env})).code);
    expect(paths('miosa')).toHaveLength(1);
  });

  it('is not tried for ever', async () => {
    const {env, paths} = await startProviders({miosa: failing(99, {status: 503, body: {}})});
    expect((await usage('costs', {env})).code).toBe(5);
    expect(paths('miosa')).toHaveLength(5);
  });

  it('reads what comes packed', async () => {
    const packed: Behaviour = (request, index, raw) => {
      raw.writeHead(200, {'content-encoding': 'gzip'});
      raw.end(gzipSync(bodyOf(serveMiosa(request, index))));
      return undefined;
    };
    const {env} = await startProviders({miosa: packed});
    const {totals} = await answered('costs', {env});
    expect(Object.fromEntries(totals.map(({currency, cost}) => [currency, cost]))).toEqual(miosa);
  });
});
