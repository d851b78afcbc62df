import type {Command} from 'commander';

/** As program.ts and commander have it, whose own knowledge is private; a test holds this to what they do. */
const DEFAULTS: {readonly [command: string]: string} = {
  usage: 'report',
  projects: 'list',
  budget: 'list',
  accounts: 'list',
  config: 'list',
  focus: 'export',
  auth: 'status',
};

/** The command below one that is meant where flags follow at once. */
export const defaultOf = (command: Command): Command | undefined =>
  command.commands.find(sub => sub.name() === DEFAULTS[command.name()]);
