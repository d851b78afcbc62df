import {describe, expect, test} from 'vitest';
import {demoEnv} from './providers.ts';
import {usage} from './usage.ts';

const COSTS = ['costs', '--demo'];

describe('stdout has the answer, stderr everything else', () => {
  test('notices go to stderr', async () => {
    const {stdout, stderr} = await usage([...COSTS, '--csv']);
    expect(stderr).toContain('provisional');
    expect(stdout).not.toContain('provisional');
    expect(stdout.split('\n')[0]).toMatch(/^\w+(,\w+)+$/);
  });

  test('JSON holds its notices, and stderr is empty', async () => {
    const {stdout, stderr} = await usage([...COSTS, '--json']);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'usage/costs@1',
      generated_at: '2026-11-22T09:00:00Z',
      notices: [{code: 'provisional'}, {code: 'provisional'}, {code: 'provisional'}],
    });
  });

  test('--quiet leaves the answer alone and says nothing', async () => {
    const [loud, quiet] = await Promise.all([usage([...COSTS, '--csv']), usage([...COSTS, '--csv', '-q'])]);
    expect(quiet).toEqual({exitCode: 0, stdout: loud?.stdout, stderr: ''});
  });

  test('--debug lists requests on stderr and changes no byte of the answer', async () => {
    const env = await demoEnv();
    const [plain, debug] = [
      await usage(['costs', '--csv'], env),
      await usage(['costs', '--csv', '--debug'], env),
    ];
    expect(debug.stdout).toBe(plain.stdout);
    expect(debug.stderr).toMatch(/^debug: openai GET \/organization\/costs\?\S+ 200 \d+ ms$/m);
    expect(plain.stderr).not.toContain('debug:');
  });

  test('no rows are an answer', async () => {
    const {exitCode, stdout} = await usage([...COSTS, '--project', 'proj_of_nobody', '--csv']);
    expect({exitCode, lines: stdout.trimEnd().split('\n').length}).toEqual({exitCode: 0, lines: 1});
  });
});

describe('colour', () => {
  const ESCAPE = '\u001b[';

  test.each([
    [{FORCE_COLOR: '1'}, [], true],
    [{FORCE_COLOR: '0'}, [], false],
    [{FORCE_COLOR: '1', NO_COLOR: '1'}, [], false],
    [{FORCE_COLOR: '1'}, ['--no-color'], false],
    [{}, [], false],
  ])('with %j and %j in a pipe: %s', async (env: {[name: string]: string}, flags, colored) => {
    const {stdout} = await usage([...COSTS, ...flags], env);
    expect(stdout.includes(ESCAPE)).toBe(colored);
  });

  test.each(['csv', 'tsv', 'json', 'ndjson', 'markdown'])('%s never has any', async format => {
    const {stdout} = await usage([...COSTS, '--format', format], {FORCE_COLOR: '1'});
    expect(stdout).not.toContain(ESCAPE);
  });
});
