import type {Command} from 'commander';
import {guide} from '../guide.ts';
import type {Run} from './run.ts';

/** `usage schema [command]`. */
export function addSchema(program: Command, run: Run): void {
  const command = program
    .command('schema [command...]')
    .summary("the JSON Schema of a command's JSON")
    .description(
      'Prints the JSON Schema (draft 2020-12) of what a command prints with --json; "error" is what it says on stderr when it fails. Without a command: which ones have a schema. Later versions may add members; they remove none without a new number behind the @.',
    );
  guide(command, {
    examples: [
      'usage schema',
      'usage schema costs > costs.schema.json',
      'usage schema report | jq \'."$defs".row.properties | keys\'',
    ],
    exitCodes: [0, 2],
    values: {command: async ({words}) => (await import('../print-schema.ts')).nextWords(program, words)},
  });
  command.action(() => {
    const words = command.args;
    run(async context => (await import('../print-schema.ts')).printSchema(program, words, context));
  });
}
