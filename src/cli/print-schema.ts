import type {Command} from 'commander';
import {InputError} from '../core/errors.ts';
import type {JsonSchema} from '../core/json-schema.ts';
import type {Context} from './context.ts';
import {ERROR_SCHEMA} from './error-schema.ts';
import {type Guide, guideOf, meantBy} from './guide.ts';
import {everyCommand, nameOf} from './program-tree.ts';

type Load = NonNullable<Guide['json']>;

/** The schema of every command that prints JSON, by its name (`auth status`), and that of errors. */
export function schemasOf(program: Command): ReadonlyMap<string, Load> {
  const found = everyCommand(program).flatMap((command): [string, Load][] => {
    const load = guideOf(command)?.json;
    return load ? [[nameOf(command, program), load]] : [];
  });
  return new Map<string, Load>([...found, ['error', async (): Promise<JsonSchema> => ERROR_SCHEMA]]);
}

/** For completion: what may follow the first words of a name. */
export const nextWords = (program: Command, words: readonly string[]): string[] =>
  [...schemasOf(program).keys()]
    .map(name => name.split(' '))
    .filter(name => words.every((word, index) => name[index] === word))
    .flatMap(name => name[words.length] ?? []);

/** Prints the schema of a command; without words, which commands have one. Throws InputError for another. */
export async function printSchema(
  program: Command,
  words: readonly string[],
  {stdout}: Context,
): Promise<number> {
  const schemas = schemasOf(program);
  const names = [...schemas.keys()];
  if (words.length === 0) {
    await stdout.write(names.map(name => `${name}\n`).join(''));
    return 0;
  }
  const name = words.join(' ').replace(/^usage (?=.)/, '');
  const load = schemas.get(name) ?? meantLoad(name, program);
  if (!load) throw without(name, names, program);
  await stdout.write(`${JSON.stringify(await load(), null, 2)}\n`);
  return 0;
}

const commandNamed = (name: string, program: Command): Command | undefined =>
  everyCommand(program).find(command => nameOf(command, program) === name);

/** `usage projects --json` is `usage projects list --json`, and so is its schema. */
function meantLoad(name: string, program: Command): Load | undefined {
  const group = commandNamed(name, program);
  const meant = group && meantBy(group);
  return meant && guideOf(meant)?.json;
}

function without(name: string, names: readonly string[], program: Command): InputError {
  const group = commandNamed(name, program);
  const below = names.filter(other => other.startsWith(`${name} `));
  if (group && below.length > 0)
    return new InputError(`"${name}" alone has no JSON`, {rule: below.join(', ')});
  return new InputError(`"${name}" has no JSON`, {
    rule: `one of ${names.join(', ')}`,
    ...(!group && {nearest: [name, [...names, ...program.commands.map(command => command.name())]]}),
  });
}
