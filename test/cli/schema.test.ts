import {Ajv2020} from 'ajv/dist/2020.js';
import {describe, expect, it} from 'vitest';
import {schemasOf} from '../../src/cli/print-schema.ts';
import {makeProgram} from '../../src/cli/program.ts';
import {exactJson, usage} from '../support/context.ts';
import {ALL, startProviders} from '../support/providers.ts';
import {compile} from '../support/schemas.ts';

const names = [...schemasOf(makeProgram('0.0.0')).keys()];

describe.each(names)('usage schema %s', name => {
  it('is a JSON Schema of draft 2020-12', async () => {
    const {code, stdout, stderr} = await usage(`schema ${name}`);
    expect([code, stderr]).toEqual([0, '']);
    const schema = JSON.parse(stdout);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    const ajv = new Ajv2020({strict: true, allowUnionTypes: true, formats: {'date-time': true}});
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  it('refuses what is none of it', async () => {
    const {stdout} = await usage(`schema ${name}`);
    const validate = compile(JSON.parse(stdout));
    for (const wrong of [{}, [], null, {schema: 'usage/else@1'}, {error: 'text'}])
      expect(validate(wrong)).toBe(false);
  });
});

it('without a command it lists those that have one', async () => {
  const {code, stdout} = await usage('schema');
  expect([code, stdout.trimEnd().split('\n')]).toEqual([0, names]);
  expect(names).toEqual(
    expect.arrayContaining(['report', 'costs', 'usage', 'providers', 'auth status', 'error']),
  );
});

it.each([
  ['projects', 'projects list'],
  ['budget', 'budget list'],
  ['accounts', 'accounts list'],
  ['config', 'config list'],
  ['auth', 'auth status'],
])('usage schema %s is that of usage %s, which is what it means', async (group, meant) => {
  const {code, stdout, stderr} = await usage(`schema ${group}`);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe((await usage(`schema ${meant}`)).stdout);
});

it.each([
  ['schema focus', /"focus" alone has no JSON\n {2}valid: focus import\n/],
  ['schema projcts', /"projcts" has no JSON[\s\S]*did you mean projects\?/],
  ['schema cots', /"cots" has no JSON[\s\S]*did you mean costs\?/],
  ['schema auth login', /"auth login" has no JSON/],
  ['schema __proto__', /has no JSON/],
])('usage %s is wrong input', async (line, says) => {
  const {code, stdout, stderr} = await usage(line);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
});

it('what is asked for with the command in front is understood', async () => {
  expect((await usage('schema usage costs')).stdout).toBe((await usage('schema costs')).stdout);
});

it.each(['report', 'costs', 'usage'])(
  'the JSON of %s stands up to its schema, and a changed one does not',
  async kind => {
    const {env} = await startProviders(ALL);
    const {stdout} = await usage(`${kind} --group-by project --bucket day --period 7d --json`, {env});
    const {stdout: schema} = await usage(`schema ${kind}`);
    const validate = compile(JSON.parse(schema));
    const document = JSON.parse(stdout);
    expect(validate(document)).toBe(true);
    const row = document.rows[0];
    const broken = [
      {...document, rows: [{...row, provider: 1}]},
      {...document, rows: [{...row, bucket_start: 'yesterday'}]},
      {...document, rows: [{...row, unheard_of: 1}]},
      {...document, totals: [{currency: 'USD', cost: '1.5'}]},
      {...document, generated_at: 'now'},
      {...document, bucket: 'fortnight'},
      {...document, sources: [{...document.sources[0], status: 'fine'}]},
      Object.fromEntries(Object.entries(document).filter(([key]) => key !== 'notices')),
    ];
    for (const wrong of broken) expect(validate(wrong)).toBe(false);
  },
);

it('every column that a row can have is in the schema, with what it means', async () => {
  const {stdout} = await usage('schema report');
  const {properties} = JSON.parse(stdout).$defs.row;
  expect(Object.keys(properties)).toEqual(
    expect.arrayContaining([
      'provider',
      'project_id',
      'project_name',
      'bucket_start',
      'cost',
      'share',
      'trend',
    ]),
  );
  for (const member of Object.values(properties))
    expect(member).toMatchObject({description: expect.any(String)});
  expect(properties.cost.type).toEqual(['number', 'null']);
});

it('an error is as its schema says', async () => {
  const {stderr} = await usage('costs --period nope --json');
  expect(exactJson(stderr)).toMatchObject({error: {code: 'input'}});
  const validate = compile(JSON.parse((await usage('schema error')).stdout));
  expect(validate(JSON.parse(stderr))).toBe(true);
});
