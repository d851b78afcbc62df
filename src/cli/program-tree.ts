import type {Command} from 'commander';

/** All commands below one, each before those below it. */
export const everyCommand = (parent: Command): Command[] =>
  parent.commands.flatMap(command => [command, ...everyCommand(command)]);

/** As a person types it, without `usage`: `auth login`. */
export function nameOf(command: Command, program: Command): string {
  const {parent} = command;
  return parent === null || parent === program
    ? command.name()
    : `${nameOf(parent, program)} ${command.name()}`;
}
