import type {Command} from 'commander';
import {guide} from '../guide.ts';
import type {Run} from './run.ts';

/** `usage providers`: what each driver says of itself. */
export function addProviders(program: Command, run: Run): void {
  const command = program
    .command('providers')
    .summary('what each provider can report, and which key it needs')
    .description('What each provider can report: kinds, groupings, filters, granularities, credential.')
    .option('--json', 'as JSON');
  guide(command, {
    examples: ['usage providers', "usage providers --json | jq -r '.providers[].id'"],
    exitCodes: [0, 2],
    json: async () => (await import('../list-providers.ts')).PROVIDERS_SCHEMA,
  });
  command.action(() => {
    const {json} = command.opts<{json?: boolean}>();
    run(async context => {
      const {listProviders} = await import('../list-providers.ts');
      const {isTerminal, columns} = context.stdout;
      await context.stdout.write(listProviders(json ?? false, isTerminal ? columns || 80 : undefined));
      return 0;
    });
  });
}
