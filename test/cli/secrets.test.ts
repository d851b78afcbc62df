import {readdir, readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {temporary, usage} from '../support/context.ts';
import {ALL, type Behaviour, SECRETS, startProviders, well} from '../support/providers.ts';

// `usage()` itself looks for the keys in all that is said; these runs are made to bring them out.

/** Sends back all that it was sent, as a careless server might. */
const echo =
  (status: number, wrap: (words: string) => unknown): Behaviour =>
  ({headers}) => ({status, body: wrap(`you sent ${JSON.stringify(headers)}`)});

const SHAPES: readonly (readonly [string, (words: string) => unknown])[] = [
  ['nested', words => ({error: {message: words, code: words, type: words}})],
  ['flat', words => ({error: words, message: words, detail: words})],
  ['a list', words => ({errors: [words]})],
  ['text', words => words],
  ['HTML', words => `<html>${words}</html>`],
  ['another shape', words => ({data: words, results: words})],
];

describe('a key', () => {
  it.each(SHAPES)('that the server repeats in its refusal (%s) is not shown', async (_, wrap) => {
    for (const status of [400, 401, 403, 404, 422, 429, 500, 302, 200]) {
      const {env} = await startProviders({
        openai: echo(status, wrap),
        ionq: echo(status, wrap),
        miosa: echo(status, wrap),
      });
      for (const flags of ['--debug --verbose', '--json', '--format ndjson']) {
        const {code, stdout, stderr} = await usage(`costs --group-by project ${flags}`, {env});
        expect([4, 5]).toContain(code);
        expect(stdout).toBe('');
        expect(stderr).not.toBe('');
      }
    }
  });

  it('is not in what a good answer says, nor in a URL', async () => {
    const {env, received} = await startProviders(ALL);
    for (const line of [
      'report --debug --verbose',
      'costs --json',
      'usage --csv',
      'auth status',
      'auth status --json',
      'providers --json',
    ])
      expect((await usage(line, {env})).code).toBe(0);
    for (const name of ['openai', 'ionq', 'miosa'] as const) {
      for (const {path, query, headers} of received(name)) {
        expect(`${path}?${query}`).not.toContain(SECRETS[name]);
        // It goes to its own provider, in one header.
        expect(
          Object.entries(headers)
            .filter(([, value]) => String(value).includes(SECRETS[name]))
            .map(([header]) => header),
        ).toEqual(['authorization']);
        for (const other of Object.values(SECRETS).filter(secret => secret !== SECRETS[name]))
          expect(JSON.stringify(headers)).not.toContain(other);
      }
    }
  });

  it('is not taken from an argument, and not shown if somebody tries', async () => {
    const {stderr, code} = await usage(['auth', 'login', 'miosa', SECRETS.miosa]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: /);
    expect((await usage(['costs', '--api-key-secret', SECRETS.openai])).code).toBe(2);
  });

  it('is in one file only, which its owner alone can read, never beside the settings', async () => {
    const {env} = await startProviders(ALL);
    const directory = join(await temporary(), 'config');
    const urls = Object.fromEntries(Object.entries(env).filter(([name]) => name.endsWith('_BASE_URL')));
    const login = await usage('auth login ionq --organization com.my.org', {
      env: urls,
      directory,
      stdin: `${SECRETS.ionq}\n`,
    });
    expect(login.code).toBe(0);
    const holding: string[] = [];
    for (const file of await readdir(directory)) {
      if ((await readFile(join(directory, file), 'utf8')).includes(SECRETS.ionq)) holding.push(file);
    }
    expect(holding).toEqual(['credentials.json']);
    expect((await stat(join(directory, 'credentials.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect(await readFile(join(directory, 'config.json'), 'utf8')).toContain('com.my.org');
  });

  it('is not in an answer that is written to a file', async () => {
    const {env} = await startProviders(ALL);
    const file = join(await temporary(), 'out.json');
    await usage(['report', '--json', '--debug', '--output', file], {env});
    const text = await readFile(file, 'utf8');
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
  });

  it.each(['sk-LEAK\u0100me', 'sk-LEAK\nx: me', 'sk-LEAK me', 'sk-LEAK\u0000me', 'sk-LEAKé'])(
    'that no header can hold is not sent, nor tried again, nor shown (%j)',
    async key => {
      const {env, received} = await startProviders({openai: well});
      const {code, stdout, stderr} = await usage('costs --debug', {env: {...env, OPENAI_ADMIN_KEY: key}});
      expect([code, stdout]).toEqual([4, '']);
      expect(stderr).toMatch(/^error: OPENAI_ADMIN_KEY holds what/);
      expect(stderr).not.toContain('LEAK');
      expect(received('openai')).toEqual([]);
    },
  );
});
