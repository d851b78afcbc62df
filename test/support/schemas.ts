import type {ValidateFunction} from 'ajv/dist/2020.js';
import {Ajv2020} from 'ajv/dist/2020.js';
import {expect} from 'vitest';
import {schemasOf} from '../../src/cli/print-schema.ts';
import {makeProgram} from '../../src/cli/program.ts';
import type {JsonSchema} from '../../src/core/json-schema.ts';

/*
 * Everything that a test lets the tool print as JSON is held against the schema that `usage schema` prints for it. The
 * published schemas let later versions add members; here a member that no schema knows is a mistake.
 */

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

/** The same schema, in which every object has the members that it lists and no others. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in inner && !('additionalProperties' in inner)
    ? {...inner, additionalProperties: false}
    : inner;
}

export function compile(schema: JsonSchema): ValidateFunction {
  const ajv = new Ajv2020({strict: true, allowUnionTypes: true, allErrors: true});
  ajv.addFormat('date-time', RFC3339);
  return ajv.compile(closed(schema) as JsonSchema);
}

interface Known {
  readonly command: string;
  readonly document: ValidateFunction;
  /** A line of NDJSON, if it has rows. */
  readonly row: ValidateFunction | undefined;
}

let known: Promise<ReadonlyMap<string, Known>> | undefined;

/** By what stands in the member `schema`; that of errors is `error`. */
async function load(): Promise<ReadonlyMap<string, Known>> {
  const program = makeProgram('0.0.0');
  const all = await Promise.all(
    [...schemasOf(program)].map(async ([command, schema]): Promise<[string, Known]> => {
      const json = await schema();
      const {properties, $defs} = json as {
        readonly properties: {readonly schema?: {readonly const: string}};
        readonly $defs?: {readonly row?: JsonSchema};
      };
      const row = $defs?.row && compile($defs.row);
      return [properties.schema?.const ?? command, {command, document: compile(json), row}];
    }),
  );
  return new Map(all);
}

const schemas = (): Promise<ReadonlyMap<string, Known>> => {
  known ??= load();
  return known;
};

/** What a format calls JSON on a command line. */
function wanted(argv: readonly string[]): 'json' | 'ndjson' | undefined {
  if (argv.includes('--output') || argv.includes('-o') || ['schema', '__complete'].includes(argv[0] ?? ''))
    return undefined;
  const at = argv.findIndex(word => word === '--format' || word === '-f');
  const format = at < 0 ? undefined : argv[at + 1];
  if (argv.includes('--json') || format === 'json') return 'json';
  // The rows of `focus` are those of the standard, whose schema is `usage focus schema`.
  return format === 'ndjson' && argv[0] !== 'focus' ? 'ndjson' : undefined;
}

/** Fails the test if a run that was asked for JSON printed what its schema does not allow, on stdout or on stderr. */
export async function expectValidJson(
  argv: readonly string[],
  {stdout, stderr}: {readonly stdout: string; readonly stderr: string},
): Promise<void> {
  const format = wanted(argv);
  if (!format) return;
  const all = await schemas();
  const errors = all.get('error')?.document;
  const [failed = ''] = /^\{"error":.*$/m.exec(stderr) ?? [];
  if (failed && errors) expectValid(errors, JSON.parse(failed), 'error');
  if (stdout === '') return;
  if (format === 'json') {
    const document: unknown = JSON.parse(stdout);
    const name = String((document as {readonly schema?: unknown}).schema);
    const schema = all.get(name);
    if (!schema) throw new Error(`${argv.join(' ')}: its JSON says "${name}", of which there is no schema`);
    expectValid(schema.document, document, name);
    return;
  }
  // A group without a word means its list.
  const names = [argv.slice(0, 2).join(' '), argv[0], `${argv[0]} list`];
  const row = names.flatMap(name => [...all.values()].find(({command}) => command === name)?.row ?? [])[0];
  if (!row) throw new Error(`${argv.join(' ')}: there is no schema of its rows`);
  for (const line of stdout.trimEnd().split('\n')) expectValid(row, JSON.parse(line), 'row');
}

function expectValid(validate: ValidateFunction, value: unknown, name: string): void {
  const isValid = validate(value);
  const errors = (validate.errors ?? []).slice(0, 5);
  expect(isValid ? [] : errors, `JSON that is not as its schema ${name} says`).toEqual([]);
}
