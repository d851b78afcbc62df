import {describe, expect, onTestFinished, test} from 'vitest';
import {parseInstant} from '../../src/core/instant.ts';
import {startDemo} from '../../src/demo/server.ts';
import {serve} from './providers.ts';
import {type Env, NOW, tempFolder, usage} from './usage.ts';

interface Watched {
  readonly env: Env;
  /** Paths that were asked for, below the base URLs. */
  readonly paths: readonly string[];
  /** How many requests were open at once, at the most. */
  most(): number;
}

/**
 * The demo behind a server that counts. Answers are held back until nobody has asked for a moment, so that whatever may
 * be asked at once is open at once.
 */
async function watched(): Promise<Watched> {
  const demo = await startDemo(parseInstant(NOW)!);
  onTestFinished(() => demo.close());
  const account = demo.accounts.find(({provider}) => provider === 'openai')!;
  const base = new URL(account.baseUrl);
  const paths: string[] = [];
  let held: (() => void)[] = [];
  let most = 0;
  let timer: NodeJS.Timeout | undefined;
  const server = await serve(({path, query, headers}, _index, raw) => {
    paths.push(path);
    held.push(async () => {
      const answer = await fetch(`${base.origin}${path}?${query}`, {
        headers: {authorization: headers.authorization ?? ''},
      });
      raw.writeHead(answer.status, {'content-type': 'application/json'});
      raw.end(await answer.text());
    });
    most = Math.max(most, held.length);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const ready = held;
      held = [];
      for (const send of ready) send();
    }, 100);
    return undefined;
  });
  const env = {OPENAI_ADMIN_KEY: account.secret, OPENAI_BASE_URL: `${server.url}${base.pathname}`};
  return {env, paths, most: () => most};
}

const ask = async (line: string, {env}: Watched) => {
  const {exitCode, stdout} = await usage([...line.split(' '), '--json'], env);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as {readonly sources: readonly {readonly requests: number}[]};
};

describe('requests', () => {
  test('thirty days of bills are one', async () => {
    const server = await watched();
    const {sources} = await ask('costs --period 30d', server);
    expect(server.paths).toHaveLength(1);
    expect(sources[0]?.requests).toBe(1);
  });

  test('a report of a month, and of the month before, is one for each source, and the names', async () => {
    const server = await watched();
    await ask('report --group-by project --period mtd', server);
    const asked = server.paths.map(path => path.replace(/^.*\/organization\//, '')).sort();
    expect(asked).toEqual([
      'costs',
      'costs',
      'projects',
      'usage/audio_speeches',
      'usage/audio_transcriptions',
      'usage/code_interpreter_sessions',
      'usage/completions',
      'usage/embeddings',
      'usage/file_search_calls',
      'usage/images',
      'usage/moderations',
      'usage/vector_stores',
      'usage/web_search_calls',
    ]);
  });

  test.each([
    ['', 8],
    [' --concurrency 32', 32],
  ])('a year of usage by day: 120, as many at once as --concurrency says (%s)', async (flags, width) => {
    const server = await watched();
    await ask(`usage --period 365d --bucket day${flags}`, server);
    expect(server.paths).toHaveLength(120);
    expect(server.most()).toBe(width);
  });

  test('two accounts of one host have room for both: neither waits for the other', async () => {
    const server = await watched();
    const store = {USAGE_CONFIG_DIR: await tempFolder()};
    const login = await usage(
      ['auth', 'login', 'openai', '--name', 'second', '--no-verify'],
      {...store, OPENAI_BASE_URL: server.env.OPENAI_BASE_URL ?? ''},
      server.env.OPENAI_ADMIN_KEY,
    );
    expect(login.exitCode).toBe(0);
    await ask('usage --period 365d --bucket day', {...server, env: {...server.env, ...store}});
    expect(server.paths).toHaveLength(240);
    expect(server.most()).toBe(16);
  });
});
