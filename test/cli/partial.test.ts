import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {envelope, temporary, usage} from '../support/context.ts';
import {billsOf, totalsOf} from '../support/providers/expected.ts';
import {
  ALL,
  always,
  type Behaviour,
  down,
  except,
  type ProviderName,
  startProviders,
  well,
} from '../support/providers.ts';
import {fakeClock} from '../support/session.ts';

const unauthorized = always({status: 401, body: {error: {message: 'no such key'}}});
const broken = always({status: 500, body: {error: {message: 'oops'}}});

describe('6: some failed', () => {
  const cases: readonly [ProviderName, Behaviour, string, RegExp][] = [
    ['openai', unauthorized, 'credential_refused', /^missing: OpenAI refused the key/m],
    ['ionq', broken, 'server_error', /^missing: IonQ failed \(500/m],
    ['miosa', down, 'unreachable', /^missing: MIOSA .*broke off the connection/m],
  ];

  it.each(cases)(
    '%s: what is printed is whole for the others, and says what is missing',
    async (name, behaviour, code, says) => {
      const {env} = await startProviders({...ALL, [name]: behaviour});
      const trial = await usage('costs --group-by project --json', {env});
      expect(trial.code).toBe(6);
      const {rows, totals, sources} = envelope(trial);
      expect(rows.some(row => row.provider === name)).toBe(false);
      const others = billsOf('2026-11-01', '2026-11-22').filter(({provider}) => provider !== name);
      expect(Object.fromEntries(totals.map(({currency, cost}) => [currency, cost]).sort())).toEqual(
        totalsOf(others),
      );
      expect(sources.find(({provider}) => provider === name)).toMatchObject({
        status: 'failed',
        error: {code, message: expect.any(String)},
      });
      expect(sources.filter(({status}) => status === 'ok')).toHaveLength(2);
      expect(JSON.parse(trial.stderr)).toEqual({
        error: {code, message: expect.any(String), provider: name, hint: expect.any(String)},
      });
      const table = await usage('costs', {env});
      expect(table.code).toBe(6);
      expect(table.stdout).toContain(`! without ${name}, which failed: the totals are not whole`);
      expect(table.stdout.replace(/^!.*$/m, '')).not.toContain(name);
      expect(table.stderr).toMatch(says);
    },
  );

  it('line by line the failure shows in the exit code and on stderr only', async () => {
    const {env} = await startProviders({...ALL, ionq: broken});
    const {code, stdout, stderr} = await usage('costs --format ndjson', {env});
    expect(code).toBe(6);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line).provider),
    ).toEqual(['openai', 'miosa']);
    expect(stderr).toMatch(/^missing: IonQ failed/m);
  });

  it('two failures are one object on stderr as well', async () => {
    const {env} = await startProviders({...ALL, ionq: broken, miosa: down});
    const {code, stderr} = await usage('costs --json', {env});
    expect(code).toBe(6);
    const {error} = JSON.parse(stderr);
    expect(error.errors.map(({provider}: {provider: string}) => provider)).toEqual(['ionq', 'miosa']);
  });

  it('a provider that was asked for and has no credential is missing, too', async () => {
    const {env} = await startProviders({openai: well});
    const trial = await usage('costs --provider openai,ionq --json', {env});
    expect(trial.code).toBe(6);
    expect(envelope(trial).sources).toMatchObject([
      {provider: 'openai', status: 'ok'},
      {provider: 'ionq', status: 'failed', error: {code: 'credential_missing'}},
    ]);
    // Without being named it is not missed.
    expect((await usage('costs --json', {env})).code).toBe(0);
  });

  it('a part of one provider counts as all of it', async () => {
    const {env} = await startProviders({...ALL, openai: except(/embeddings/, {status: 500, body: {}})});
    const trial = await usage('report --json --compare none', {env});
    expect(trial.code).toBe(6);
    expect(envelope(trial).rows.map(row => row.provider)).toEqual(['ionq', 'miosa']);
  });
});

describe('--strict', () => {
  it.each([
    ['a failure', {...ALL, ionq: broken}, 5],
    ['a refused key', {...ALL, openai: unauthorized}, 4],
  ])('prints nothing at %s', async (_, behaviours, expected) => {
    const {env} = await startProviders(behaviours);
    for (const format of ['table', 'csv', 'json', 'ndjson']) {
      const {code, stdout, stderr} = await usage(`costs --strict --format ${format}`, {env});
      expect([code, stdout]).toEqual([expected, '']);
      expect(stderr).not.toBe('');
    }
  });

  it('counts a provider without a credential, and changes nothing when all is well', async () => {
    const {env} = await startProviders({openai: well});
    expect(await usage('costs --strict --provider openai,ionq', {env})).toMatchObject({code: 4, stdout: ''});
    const [loose, strict] = [await usage('costs --csv', {env}), await usage('costs --csv --strict', {env})];
    expect(strict).toEqual(loose);
    expect(strict.code).toBe(0);
  });
});

describe('130: interrupted', () => {
  it.each(['table', 'json', 'csv'])(
    'while requests are under way: nothing is printed as %s',
    async format => {
      const controller = new AbortController();
      const interrupting: Behaviour = () => {
        controller.abort();
        return undefined;
      };
      const {env} = await startProviders({...ALL, ionq: interrupting});
      expect(await usage(`costs --format ${format}`, {env, signal: controller.signal})).toEqual({
        code: 130,
        stdout: '',
        stderr: '',
      });
    },
  );

  it('while waiting to try again', async () => {
    const controller = new AbortController();
    const clock = {
      ...fakeClock(),
      sleep: async (_: number, signal: AbortSignal) => {
        controller.abort();
        signal.throwIfAborted();
      },
    };
    const {env} = await startProviders({miosa: broken});
    expect((await usage('costs', {env, signal: controller.signal, clock})).code).toBe(130);
  });

  it('leaves the output file as it was', async () => {
    const controller = new AbortController();
    controller.abort();
    const {env} = await startProviders(ALL);
    const output = join(await temporary(), 'out.json');
    await writeFile(output, 'before');
    expect((await usage(['costs', '--output', output], {env, signal: controller.signal})).code).toBe(130);
    expect(await readFile(output, 'utf8')).toBe('before');
  });
});
