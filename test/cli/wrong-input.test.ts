import {existsSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {temporary, usage} from '../support/context.ts';
import {ALL, startProviders} from '../support/providers.ts';

/** Word by word: what it says of what was given, the rule, and the nearest where one is near. */
const WRONG: readonly [line: string, says: RegExp, rule: RegExp, near?: string][] = [
  [
    'costs --period lastmonth',
    /^"lastmonth" is no period/,
    /today, yesterday, Nd .*mtd, last-month/,
    'last-month',
  ],
  ['costs --period 2026-13', /^"2026-13" is no period/, /YYYY-MM-DD/],
  ['costs --period 0d', /^"0d" is no period/, /Nd/],
  ['costs --period 9999d', /^"9999d" is too long/, /at most 3660d/],
  ['costs --period 2026-11-09..2026-11-01', /ends before it starts/, /first day must not be after the last/],
  ['costs --from 2026-02-30', /--from "2026-02-30" is no date/, /YYYY-MM-DD, or an RFC 3339 instant/],
  ['costs --from 2026-11-01T00:00:30Z', /not on a whole minute/, /seconds must be 00/],
  ['costs --from 2026-11-05 --to 2026-11-04', /ends before it starts/, /first day/],
  ['costs --to 2026-11-04', /--to needs --from/, /a range has a first day/],
  ['costs --period 7d --from 2026-11-04', /--period and --from\/--to exclude each other/, /give one/],
  ['costs --bucket dayly', /--bucket "dayly" is not known/, /one of minute, hour, day, week, month/, 'day'],
  [
    'costs --group-by projct',
    /--group-by "projct" is not known/,
    /one of provider, account, project, /,
    'project',
  ],
  ['costs --group-by ,', /--group-by is empty/, /comma list of provider, account/],
  ['costs --provider opnai', /--provider "opnai" is not known/, /one of openai, ionq, miosa/, 'openai'],
  ['costs --account opnai', /--account "opnai" is not known/, /one of openai, ionq, miosa/, 'openai'],
  ['costs --provider ionq --account openai', /no account is left/, /one in common/],
  ['costs --project ,', /--project is empty/, /ids or names/],
  ['costs --compare lastyear', /"lastyear" is no period/, /YYYY/],
  ['costs --sort csot', /--sort "csot" is not known/, /one of provider, account, cost, currency/, 'cost'],
  ['costs --sort cost:up', /--sort "up" is not known/, /one of asc, desc/],
  ['costs --sort cost:asc:x', /too many parts/, /field:asc or field:desc/],
  ['report --sort quantities', /--sort "quantities" is not known/, /one of .*cost/],
  ['costs --top 0', /--top "0" is no number it takes/, /whole number from 1/],
  ['costs --top=-1', /--top "-1" is no number/, /whole number from 1/],
  ['costs --top 2.5', /--top "2.5" is no number/, /whole number/],
  ['costs --format yaml', /--format "yaml" is not known/, /table, csv, tsv, json, ndjson, markdown/],
  ['costs --format tsv --csv', /--format tsv and csv exclude each other/, /give one format/],
  ['costs --fields cst', /--fields "cst" is not known/, /one of provider, account, cost, currency/, 'cost'],
  ['costs --fields quantity', /--fields "quantity" is not known/, /one of provider/],
  ['costs --fields ,', /--fields is empty/, /some of provider, account, cost, currency/],
  ['costs --timeout 0', /--timeout "0" is no number it takes/, /from 1 to 3600/],
  ['costs --concurrency 65', /--concurrency "65" is no number it takes/, /from 1 to 64/],
  ['usage tokens', /--kind "tokens" is not known/, /one of completions, embeddings, /],
  ['usage --kind completion', /--kind "completion" is not known/, /one of completions/, 'completions'],
  ['usage --compare previous', /--compare is about money/, /usage report and usage costs take it/],
  ['cots', /"cots" is no command/, /report, costs, usage/, 'costs'],
];

/** What commander objects to: the same exit and place, and its words. */
const OBJECTIONS: readonly [string, RegExp][] = [
  ['costs --perod 7d', /--perod is no flag of usage costs[\s\S]*did you mean --period\?/],
  ['costs --wide', /--wide is no flag of usage costs[\s\S]*--wide with usage usage/],
  ['costs --period', /argument missing/],
  ['costs all', /usage costs takes no further words/],
  ['costs --json=1', /--json takes no value/],
  ['help cots', /"cots" is neither a command nor a topic[\s\S]*did you mean costs\?/],
  ['auth statis', /"statis" is no command of usage auth[\s\S]*did you mean status\?/],
];

/** What only the planner can know. */
const IMPOSSIBLE: readonly [string, RegExp, RegExp][] = [
  [
    'costs --bucket minute',
    /no provider here reports costs by the minute/,
    /the finest they have: openai day, ionq day, miosa hour/,
  ],
  [
    'costs --group-by size',
    /no provider here can split costs by size/,
    /openai costs: project, line-item, api-key/,
  ],
  ['costs --batch', /no provider here can filter costs by batch/, /see: usage providers/],
  [
    'usage completions --provider ionq',
    /no provider here answers usage of completions/,
    /see: usage providers/,
  ],
];

const STORE = '{"version":1,"accounts":{}}';

async function refused(line: string) {
  const providers = await startProviders(ALL);
  const folder = await temporary();
  const [output, directory] = [join(folder, 'out.json'), join(folder, 'config')];
  await writeFile(output, 'before');
  const [command = '', ...words] = line.split(' ');
  const takesOutput = ['costs', 'report', 'usage'].includes(command);
  const argv = [command, ...(takesOutput ? ['--output', output] : []), ...words];
  const trial = await usage(argv, {env: providers.env, directory});
  expect(trial.code).toBe(2);
  expect(trial.stdout).toBe('');
  // Nothing is changed, and nobody is asked.
  expect(await readFile(output, 'utf8')).toBe('before');
  expect(existsSync(directory)).toBe(false);
  expect((['openai', 'ionq', 'miosa'] as const).flatMap(name => providers.paths(name))).toEqual([]);
  return trial.stderr;
}

describe('wrong input is one message that says what, the rule and the nearest', () => {
  it.each(WRONG)('%s', async (line, says, rule, near) => {
    const message = await refused(line);
    expect(message).toMatch(/^error: \S.*\n(?: {2}\S.*\n)+$/);
    const [first = '', ...advice] = message.split('\n');
    expect(first.replace('error: ', '')).toMatch(says);
    expect(advice.join('\n')).toMatch(rule);
    if (near) expect(advice[0]).toBe(`  did you mean ${near}?`);
  });

  it.each(OBJECTIONS)('%s', async (line, says) => expect(await refused(line)).toMatch(says));

  it.each(IMPOSSIBLE)('%s', async (line, says, rule) => {
    const message = await refused(line);
    expect(message).toMatch(says);
    expect(message).toMatch(rule);
  });
});

describe('with --json', () => {
  it.each(['costs --period lastmonth', 'cots', 'costs --perod', 'usage tokens', 'costs --bucket minute'])(
    '%s is one object',
    async line => {
      const {env} = await startProviders(ALL);
      for (const json of [['--json'], ['--format', 'json'], ['--format=json'], ['-f', 'json'], ['-fjson']]) {
        const {code, stdout, stderr} = await usage([...line.split(' '), ...json], {env});
        expect([code, stdout]).toEqual([2, '']);
        expect(JSON.parse(stderr)).toEqual({
          error: {
            code: 'input',
            message: expect.any(String),
            provider: null,
            hint: expect.stringMatching(/./),
          },
        });
      }
    },
  );
});

describe('what the environment gives wrong', () => {
  it.each([
    ['http://example.com/v1', /would send the key over plain http:/],
    ['ftp://example.com', /is no URL/],
    ['https://user:pass@example.com', /holds more than a base URL/],
    ['https://example.com/?key=1', /holds more than a base URL/],
  ])(
    'OPENAI_BASE_URL=%s is refused before the key goes anywhere, without repeating it',
    async (url, says) => {
      const {env} = await startProviders(ALL);
      const {code, stdout, stderr} = await usage('costs --provider openai', {
        env: {...env, OPENAI_BASE_URL: url},
      });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^error: OpenAI: OPENAI_BASE_URL/);
      expect(stderr).toMatch(says);
      expect(stderr).not.toContain('pass@');
    },
  );

  it('an organization id that can be none is wrong input, too', async () => {
    const {env} = await startProviders(ALL);
    const {code, stderr} = await usage('costs --provider ionq', {
      env: {...env, IONQ_ORGANIZATION_ID: 'two words'},
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: the organization id of IonQ cannot be an id\n.*valid: 1 to 200 characters/,
    );
  });

  it('more calls than a provider should get are wrong input, and none is made', async () => {
    const {env, paths} = await startProviders(ALL);
    for (const line of [
      'costs --provider miosa --period ytd --bucket hour',
      'costs --provider miosa --period 7d --compare ytd --bucket hour',
    ]) {
      const {code, stdout, stderr} = await usage(line, {env});
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/would take \d+ calls of MIOSA[\s\S]*valid: at most 1000 buckets/);
    }
    expect(paths('miosa')).toEqual([]);
  });
});

it('leaves a store as it is', async () => {
  const folder = await temporary();
  await writeFile(join(folder, 'credentials.json'), STORE, {mode: 0o600});
  expect((await usage('costs --period nonsense', {directory: folder})).code).toBe(2);
  expect(await readFile(join(folder, 'credentials.json'), 'utf8')).toBe(STORE);
});
