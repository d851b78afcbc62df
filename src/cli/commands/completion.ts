import type {Command} from 'commander';
import {guide, widthOf} from '../guide.ts';
import {page, sample} from '../page.ts';
import type {Run} from './run.ts';

const PLACES = page(
  sample('bash, in ~/.bashrc', ['source <(usage completion bash)']),
  sample('zsh, in ~/.zshrc behind compinit', ['source <(usage completion zsh)']),
  sample('zsh, or else into a folder of $fpath', ['usage completion zsh > _usage']),
  sample('fish', ['usage completion fish > ~/.config/fish/completions/usage.fish']),
);

/** `usage completion <shell>`. */
export function addCompletion(program: Command, run: Run): void {
  const command = program
    .command('completion <shell>')
    .summary('Tab completion for bash, zsh or fish')
    .description(
      'Prints a script that teaches a shell to complete commands, flags and values. Accounts, and names of projects and users that reports have shown before, are completed from this machine; the network is never asked.',
    )
    .addHelpText('after', ({command: asked}) => `\n${PLACES(widthOf(asked)).trimEnd()}`);
  guide(command, {
    examples: ['source <(usage completion bash)', 'usage completion zsh > _usage'],
    exitCodes: [0, 2],
    values: {shell: async () => (await import('../completion/scripts.ts')).SHELLS},
    topics: ['environment'],
  });
  command.action(() => {
    const [shell = ''] = command.args;
    run(async context => (await import('../print-completion.ts')).printCompletion(shell, context));
  });
}
